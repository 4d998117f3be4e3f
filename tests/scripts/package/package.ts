// `npm run package`: pxpair as one executable that needs no Node.js, in an archive for the platform that this runs on. It ends by
// unpacking the archive and pairing the practice clusters with what is in it.
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
import { build } from 'esbuild';
import { execa } from 'execa';
import packageJson from '../../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '../../..');
const dist = join(root, 'dist');
const out = join(root, 'out');
const name = `pxpair-${packageJson.version}-${process.platform}-${process.arch}`;
const archive = `${name}.tar.xz`;

if (process.platform !== 'linux') {
	throw new Error('The executable is made for Linux only, on Linux: elsewhere it has not been tried.');
}
const folder = await mkdtemp(join(tmpdir(), 'pxpair-package-'));
try {
	await execa('node', ['build.js', '--if-stale'], { cwd: root, stderr: 'inherit' });
	const contents = join(folder, name);
	await mkdir(contents);
	await makeExecutable(join(contents, 'pxpair'));
	// Under this name kubectl finds it as a plugin of its own: `kubectl pxpair`.
	await symlink('pxpair', join(contents, 'kubectl-pxpair'));
	await copyFile(join(root, 'LICENSE'), join(contents, 'LICENSE'));
	await copyFile(join(dist, 'pxpair.cdx.json'), join(contents, 'pxpair.cdx.json'));
	await writeFile(join(contents, 'THIRD-PARTY-NOTICES'), await notices());
	await rm(out, { recursive: true, force: true });
	await mkdir(out);
	await execa('tar', ['-cJf', join(out, archive), '--owner=0', '--group=0', '-C', folder, name]);
	const hash = createHash('sha256').update(await readFile(join(out, archive)));
	await writeFile(join(out, 'SHA256SUMS'), `${hash.digest('hex')}  ${archive}\n`);
	await tryArchive();
	process.stdout.write(`out/${archive} pairs the practice clusters where PATH has no Node.js.\n`);
} finally {
	await rm(folder, { recursive: true, force: true });
}

async function makeExecutable(output: string): Promise<void> {
	const main = join(folder, 'main.cjs');
	await build({
		entryPoints: [join(import.meta.dirname, 'executable.ts')],
		outfile: main,
		bundle: true,
		format: 'cjs',
		platform: 'node',
		target: 'node26',
		minify: true,
	});
	const node = join(folder, 'node');
	await copyFile(await realpath(process.execPath), node);
	// Before what is ours is in it: stripped afterwards, it would lose that.
	await execa('strip', [node]);
	const config = join(folder, 'executable.json');
	await writeFile(
		config,
		JSON.stringify({
			main,
			output,
			executable: node,
			disableExperimentalSEAWarning: true,
			execArgv: ['--disable-warning=ExperimentalWarning', '--disable-sigusr1'],
			// NODE_OPTIONS is for another Node.
			execArgvExtension: 'none',
			assets: Object.fromEntries(
				['pxpair.js', ...(await readdir(join(dist, 'chunks'))).map(file => `chunks/${file}`)].map(file => [
					file,
					join(dist, file),
				]),
			),
		}),
	);
	await execa('node', ['--build-sea', config]);
}

/** Node is in it as well, with all that Node contains. */
async function notices(): Promise<string> {
	const ours = await readFile(join(dist, 'THIRD-PARTY-NOTICES'), 'utf8');
	const license = join(dirname(await realpath(process.execPath)), '../LICENSE');
	return `${ours}\n${'-'.repeat(80)}\n\nNode.js ${process.version}\n\n${await readFile(license, 'utf8')}`;
}

async function tryArchive(): Promise<void> {
	const unpacked = join(folder, 'unpacked');
	await mkdir(join(unpacked, 'bin'), { recursive: true });
	await execa('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: out });
	await execa('tar', ['-xJf', join(out, archive), '-C', unpacked]);
	// What the practice pods need of a machine, and no Node.js.
	for (const tool of ['sh', 'bash', 'cat', 'date', 'env', 'head', 'mkdir', 'rm', 'sleep', 'timeout', 'tr']) {
		const { stdout } = await execa('sh', ['-c', `command -v ${tool}`], { reject: false });
		if (stdout) await symlink(stdout, join(unpacked, 'bin', tool));
	}
	const env = { PATH: join(unpacked, 'bin'), HOME: unpacked };
	for (const program of ['pxpair', 'kubectl-pxpair']) {
		const options = { env, extendEnv: false, stdin: 'ignore', timeout: 60_000 } as const;
		const { stdout } = await execa(join(unpacked, name, program), ['--practice'], options);
		if (!stdout.includes('Done. 5 changes were made.')) {
			throw new Error(`${program} of the archive did not pair:\n${stdout}`);
		}
	}
}
