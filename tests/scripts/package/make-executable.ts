import { copyFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { execa } from 'execa';

type Made = Readonly<{
	/** A Node.js for the platform that the executable is for. */
	node: string;
	/** What the build made. */
	dist: string;
	/** For what is made in between. */
	folder: string;
	output: string;
	/** What is given away ignores them: they are for another Node. */
	nodeOptions?: 'ignored' | 'taken';
}>;

/** One executable: a Node.js with the bundle's files inside. The host's own Node.js puts it together, for whatever platform. */
export async function makeExecutable({
	node,
	dist,
	folder,
	output,
	nodeOptions = 'ignored',
}: Made): Promise<void> {
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
	const bare = join(folder, 'node');
	await copyFile(node, bare);
	// Before what is ours is in it: stripped afterwards, it would lose that.
	await strip(bare);
	const config = join(folder, 'executable.json');
	const files = ['pxpair.js', ...(await readdir(join(dist, 'chunks'))).map(file => `chunks/${file}`)];
	await writeFile(
		config,
		JSON.stringify({
			main,
			output,
			executable: bare,
			disableExperimentalSEAWarning: true,
			// With room for what is young, in MiB, memory is not cleared up before the first frame.
			execArgv: ['--disable-warning=ExperimentalWarning', '--disable-sigusr1', '--min-semi-space-size=16'],
			execArgvExtension: nodeOptions === 'taken' ? 'env' : 'none',
			assets: Object.fromEntries(files.map(file => [file, join(dist, file)])),
		}),
	);
	await execa('node', ['--build-sea', config]);
}

/** By the first that knows the format. A third larger, it works as well. */
async function strip(file: string): Promise<void> {
	for (const tool of ['strip', 'llvm-strip', 'aarch64-linux-gnu-strip']) {
		const { failed } = await execa(tool, [file], { reject: false });
		if (!failed) {
			return;
		}
	}
	process.stderr.write('No tool here strips that Node.js: the executable is larger by its debug symbols.\n');
}
