// Bundles the program into dist/, with the licenses and a list of all that is bundled. With --if-stale, only when a source is newer.
import { readdirSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import packageJson from './package.json' with { type: 'json' };
import { helpText } from './source/commands/line/commands.ts';
import { billOfMaterials } from './tests/scripts/build/bill-of-materials.ts';
import { lazyBuiltins } from './tests/scripts/build/builtins.ts';
import { bundledPackages } from './tests/scripts/build/bundled-packages.ts';
import { noticesOf } from './tests/scripts/build/notices.ts';
import { bundleOptions } from './tests/scripts/build/options.ts';
import { takeShortcuts } from './tests/scripts/build/shortcuts.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const bundle = join(root, 'dist', 'pxpair.js');

const onlyIfStale = process.argv.includes('--if-stale');
if (!onlyIfStale || isStale()) {
	if (onlyIfStale) {
		process.stderr.write(modified(bundle) === 0 ? 'Building (first start only)…\n' : 'Building…\n');
	}
	const { outputFiles, metafile } = await build({
		...bundleOptions,
		absWorkingDir: root,
		write: false,
		metafile: true,
		entryPoints: { pxpair: 'cli.tsx' },
		outdir: 'dist',
		minify: true,
		chunkNames: 'chunks/[name]-[hash]',
		plugins: [lazyBuiltins(root), takeShortcuts],
		// Node 22 knows them all; written as constructors they would be made anew at each use.
		supported: { 'regexp-set-notation': true, 'regexp-unicode-property-escapes': true },
		define: {
			...bundleOptions.define,
			'process.env.PXPAIR_VERSION': JSON.stringify(packageJson.version),
			'process.env.PXPAIR_HELP': JSON.stringify(helpText(undefined)),
		},
	});
	const packages = await bundledPackages(metafile, root);
	await rm(join(root, 'dist'), { recursive: true, force: true });
	for (const { path, contents } of outputFiles) {
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, contents, { mode: path === bundle ? 0o755 : 0o644 });
	}
	await writeFile(join(root, 'dist', 'THIRD-PARTY-NOTICES'), noticesOf(packages));
	await writeFile(join(root, 'dist', 'pxpair.cdx.json'), billOfMaterials(packageJson, packages));
}

function isStale() {
	const built = modified(bundle);
	return [
		...['cli.tsx', 'package.json', 'package-lock.json', 'build.js'],
		...filesIn('source'),
		...filesIn('tests/scripts/build'),
	].some(file => modified(join(root, file)) > built);
}

function filesIn(folder) {
	return readdirSync(join(root, folder), { recursive: true }).map(file => join(folder, String(file)));
}

function modified(file) {
	return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
