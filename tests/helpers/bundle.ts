import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Makes a TSX file of this repository into one that plain Node runs. `remove` it in the end. */
export async function bundleFixture(url: URL): Promise<{ file: string; remove: () => Promise<void> }> {
	const folder = await mkdtemp(join(tmpdir(), 'pxpair-fixture-'));
	const entry = fileURLToPath(url);
	const name = basename(entry).replace(/\.tsx?$/, '');
	await build({
		entryPoints: { [name]: entry },
		outdir: folder,
		outExtension: { '.js': '.mjs' },
		bundle: true,
		// Keeps Ink's import of its devtools, which are not installed, out of the way until it is run.
		splitting: true,
		format: 'esm',
		platform: 'node',
		target: 'node22.19',
		jsx: 'automatic',
		external: ['react-devtools-core'],
		define: { 'process.env.NODE_ENV': '"production"' },
		banner: {
			js: "import{createRequire as fixtureRequire}from'node:module';const require=fixtureRequire(import.meta.url);",
		},
	});
	return { file: join(folder, `${name}.mjs`), remove: () => rm(folder, { recursive: true, force: true }) };
}
