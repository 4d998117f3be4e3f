import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { lazyBuiltins } from '../../scripts/build/builtins.ts';
import { bundleOptions } from '../../scripts/build/options.ts';

/** Makes a TSX file of this repository into one that plain Node runs. `remove` it in the end. */
export async function bundleFixture(url: URL): Promise<{ file: string; remove: () => Promise<void> }> {
	const folder = await mkdtemp(join(tmpdir(), 'pxpair-fixture-'));
	const entry = fileURLToPath(url);
	const name = basename(entry).replace(/\.tsx?$/, '');
	await build({
		...bundleOptions,
		entryPoints: { [name]: entry },
		outdir: folder,
		outExtension: { '.js': '.mjs' },
		plugins: [lazyBuiltins(process.cwd())],
	});
	return { file: join(folder, `${name}.mjs`), remove: () => rm(folder, { recursive: true, force: true }) };
}
