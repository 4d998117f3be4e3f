// Bundles the program into dist/. With --if-stale, only when a source is newer than the bundle.
import { readdirSync, statSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import packageJson from './package.json' with { type: 'json' };
import { oneCellEach } from './source/ui/text/one-cell-each.ts';

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

/** As the bundler writes them: `import*as a from"fs";`, `import b,{c as d}from"node:util";`. */
const importOfNode = new RegExp(
	String.raw`\bimport(?:\s*\*\s*as ([\w$]+)|\s*([\w$]+))?,?\s*(?:\{([^}]*)\})?\s*(?:from)?\s*"(?:node:)?(${builtinModules.join('|')})";`,
	'g',
);

const root = fileURLToPath(new URL('.', import.meta.url));
const bundle = join(root, 'dist', 'pxpair.js');

if (!process.argv.includes('--if-stale') || isStale()) {
	await rm(join(root, 'dist'), { recursive: true, force: true });
	const { outputFiles } = await build({
		write: false,
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
		plugins: [takeShortcuts],
		// Node 22 knows them all; written as constructors they would be made anew at each use.
		supported: { 'regexp-set-notation': true, 'regexp-unicode-property-escapes': true },
		define: {
			'process.env.NODE_ENV': '"production"',
			'process.env.PXPAIR_VERSION': JSON.stringify(packageJson.version),
		},
		// Ink asks for its devtools only when DEV=true.
		external: ['react-devtools-core'],
	});
	for (const { path, text } of outputFiles) {
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, finished(text), { mode: path === bundle ? 0o755 : 0o644 });
	}
}

/** One file of the bundle, with what Node itself has to give it at its head. */
function finished(text) {
	const [, shebang = '', code = ''] = /^(#!.*\n)?(.*)$/s.exec(text) ?? [];
	const { asked, rest } = withoutImportsOfNode(code);
	return [
		shebang,
		// Some packages inside still call require(). A Node too old for all else has to come as far as the sentence that says so.
		/\brequire\b/.test(rest)
			? "import{createRequire as pxpairRequire}from'node:module';const require=pxpairRequire(import.meta.url);"
			: '',
		asked.length > 0 ? `const ${asked.join(',')};` : '',
		rest,
	].join('');
}

/**
 * An `import` of one of Node's own modules reads every property of it, and with that undici is loaded for `http`, and the
 * standard streams for `util`: a tenth of the time to the first frame. Here only what is used is read.
 */
function withoutImportsOfNode(code) {
	const asked = [];
	const rest = code.replace(importOfNode, (_, namespace, standard, names, module) => {
		const itself = `process.getBuiltinModule("${module}")`;
		const variable = namespace ?? standard;
		if (variable) {
			asked.push(`${variable}=${itself}`);
		}
		if (names) {
			asked.push(`{${names.replaceAll(' as ', ':')}}=${itself}`);
		}
		return '';
	});
	return { asked, rest };
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
