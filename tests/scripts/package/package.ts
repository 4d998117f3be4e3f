// `npm run package`: pxpair as one executable that needs no Node.js, in an archive for each platform. Without names, for Linux on both
// architectures. What is for the machine that this runs on is unpacked and tried; the others can only be made here.
import { createHash } from 'node:crypto';
import {
	copyFile,
	mkdir,
	mkdtemp,
	readdir,
	readFile,
	realpath,
	rm,
	symlink,
	writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import packageJson from '../../../package.json' with { type: 'json' };
import { makeExecutable } from './make-executable.ts';
import { isPlatform, type Platform, runtimeOf, runtimes } from './runtimes.ts';
import { tryArchive } from './try-archive.ts';

const root = join(import.meta.dirname, '../../..');
const dist = join(root, 'dist');
const out = join(root, 'out');
const here = `${process.platform}-${process.arch}`;
const asked = process.argv.slice(2);
const platforms: readonly Platform[] =
	asked.length > 0 ? asked.filter(isPlatform) : ['linux-x64', 'linux-arm64'];
if (process.platform !== 'linux' || platforms.length < asked.length) {
	throw new Error(`Archives are made on Linux, for ${Object.keys(runtimes).join(', ')}.`);
}

const nameOf = (platform: Platform) => `pxpair-${packageJson.version}-${platform}`;
const folder = await mkdtemp(join(tmpdir(), 'pxpair-package-'));
try {
	await execa('node', ['build.js', '--if-stale'], { cwd: root, stderr: 'inherit' });
	await rm(out, { recursive: true, force: true });
	await mkdir(out);
	for (const platform of platforms) {
		await makeArchive(platform);
	}
	await copyFile(join(dist, 'pxpair.cdx.json'), join(out, 'pxpair.cdx.json'));
	await copyFile(join(dist, 'THIRD-PARTY-NOTICES'), join(out, 'THIRD-PARTY-NOTICES'));
	await writeFile(
		join(out, 'SHA256SUMS'),
		(await Promise.all((await readdir(out)).sort().map(hashLine))).join(''),
	);
	for (const platform of platforms) {
		if (platform === here) {
			await tryArchive({ out, name: nameOf(platform) }, folder);
		}
		const end =
			platform === here ? 'pairs the practice clusters where PATH has no Node.js' : 'was made, and not tried';
		process.stdout.write(`out/${nameOf(platform)}.tar.xz ${end}.\n`);
	}
} finally {
	await rm(folder, { recursive: true, force: true });
}

async function makeArchive(platform: Platform): Promise<void> {
	const name = nameOf(platform);
	const contents = join(folder, name);
	await mkdir(contents);
	const node = await runtimeOf(platform, { root, folder });
	const isWindows = platform.startsWith('win');
	await makeExecutable({ node, dist, folder, output: join(contents, isWindows ? 'pxpair.exe' : 'pxpair') });
	if (!isWindows) {
		// Under this name kubectl finds it as a plugin of its own: `kubectl pxpair`.
		await symlink('pxpair', join(contents, 'kubectl-pxpair'));
	}
	await copyFile(join(root, 'LICENSE'), join(contents, 'LICENSE'));
	await copyFile(join(dist, 'pxpair.cdx.json'), join(contents, 'pxpair.cdx.json'));
	await writeFile(join(contents, 'THIRD-PARTY-NOTICES'), await notices());
	// The second is the one that krew reads.
	for (const [ending, way] of [
		['tar.xz', '-cJf'],
		['tar.gz', '-czf'],
	] as const) {
		const file = join(out, `${name}.${ending}`);
		await execa('tar', [way, file, '--owner=0', '--group=0', '-C', folder, name], { env: { XZ_OPT: '-T0' } });
	}
}

/** Node is in it as well, with all that Node contains. */
async function notices(): Promise<string> {
	const ours = await readFile(join(dist, 'THIRD-PARTY-NOTICES'), 'utf8');
	// Of one version for all platforms.
	const license = join(dirname(await realpath(process.execPath)), '../LICENSE');
	return `${ours}\n${'-'.repeat(80)}\n\nNode.js ${process.version}\n\n${await readFile(license, 'utf8')}`;
}

async function hashLine(file: string): Promise<string> {
	const hash = createHash('sha256').update(await readFile(join(out, file)));
	return `${hash.digest('hex')}  ${file}\n`;
}
