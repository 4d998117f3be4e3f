// Bundles the program into dist/. With --if-stale, only when a source is newer than the bundle.
import { readdirSync, statSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import packageJson from './package.json' with { type: 'json' };
import { oneCellEach } from './source/ui/one-cell-each.ts';

/**
 * What an `import` of one of Node's own modules costs beyond `require`: every property is read, and with that undici is
 * loaded for `http`, and much else for `util`. The bundle asks for them by `require`.
 */
const builtinsByRequire = {
	name: 'builtins-by-require',
	setup({ onResolve, onLoad }) {
		onResolve({ filter: new RegExp(`^(node:)?(${builtinModules.join('|')})$`) }, ({ kind, path }) =>
			kind === 'import-statement' ? { path: path.replace('node:', ''), namespace: 'builtin' } : undefined,
		);
		onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
			contents: `module.exports = require('node:${path}')`,
		}));
	},
};

/** Work that packages do before the first frame, and that no frame needs. */
const shortcuts = [
	{
		// It fetches its own code from a `data:` address, and with fetch comes undici.
		file: /yoga-layout\/dist\/binaries\/yoga-wasm-base64-esm\.js$/,
		from: '"function"!=typeof fetch',
		to: 'true',
	},
	{
		// What it does without fetch, without a loop over 95,000 characters.
		file: /yoga-layout\/dist\/binaries\/yoga-wasm-base64-esm\.js$/,
		from: 'var b=xa(a.slice(37)),c=new Uint8Array(b.length);for(a=0;a<b.length;++a)c[a]=b.charCodeAt(a);var d=c',
		to: "var d=Buffer.from(a.slice(37),'base64')",
	},
	{
		// Beyond ASCII it asks a regular expression of all emoji, which takes 20 ms to compile. Our own signs are none.
		file: /string-width\/index\.js$/,
		from: String.raw`/^[\u0020-\u007E]*$/`,
		to: String(oneCellEach),
	},
	{
		file: /string-width\/index\.js$/,
		from: String.raw`const rgiEmojiRegex = /^\p{RGI_Emoji}$/v;`,
		to: String.raw`const rgiEmojiRegex = {test: text => /^\p{RGI_Emoji}$/v.test(text)};`,
	},
];

const takeShortcuts = {
	name: 'take-shortcuts',
	setup({ onLoad }) {
		for (const file of new Set(shortcuts.map(shortcut => shortcut.file.source))) {
			onLoad({ filter: new RegExp(file) }, async ({ path }) => {
				let contents = await readFile(path, 'utf8');
				for (const { from, to } of shortcuts.filter(shortcut => shortcut.file.source === file)) {
					if (!contents.includes(from)) {
						throw new Error(`${path} has changed: what is left out of it has to be looked at again.`);
					}
					contents = contents.replaceAll(from, to);
				}
				return { contents, loader: 'js' };
			});
		}
	},
};

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
		plugins: [builtinsByRequire, takeShortcuts],
		// Node 22 knows them all; written as constructors they would be made anew at each use.
		supported: { 'regexp-set-notation': true, 'regexp-unicode-property-escapes': true },
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
