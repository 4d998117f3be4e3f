// Bundles the program into dist/. With --if-stale, only when a source is newer than the bundle.
import { readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import packageJson from './package.json' with { type: 'json' };

const root = fileURLToPath(new URL('.', import.meta.url));
const bundle = join(root, 'dist', 'pxpair.js');

if (!process.argv.includes('--if-stale') || isStale()) {
	await rm(join(root, 'dist'), { recursive: true, force: true });
	await build({
		entryPoints: { pxpair: join(root, 'cli.tsx') },
		outdir: join(root, 'dist'),
		bundle: true,
		splitting: true,
		format: 'esm',
		platform: 'node',
		target: 'node22.19',
		jsx: 'automatic',
		minify: true,
		legalComments: 'none',
		chunkNames: 'chunks/[name]-[hash]',
		define: {
			'process.env.NODE_ENV': '"production"',
			'process.env.PXPAIR_VERSION': JSON.stringify(packageJson.version),
		},
		// Ink asks for its devtools only when DEV=true.
		external: ['react-devtools-core'],
		// Some packages inside still call require().
		banner: {
			js: "import{createRequire as pxpairRequire}from'node:module';const require=pxpairRequire(import.meta.url);",
		},
	});
}

function isStale() {
	const built = modified(bundle);
	return ['cli.tsx', 'package.json', 'package-lock.json', 'build.js', ...sources()].some(
		file => modified(join(root, file)) > built,
	);
}

function sources() {
	return readdirSync(join(root, 'source'), { recursive: true }).map(file => join('source', String(file)));
}

function modified(file) {
	return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
