import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** A package of which code is in the bundle. */
export type BundledPackage = Readonly<{
	name: string;
	version: string;
	/** An SPDX expression. */
	license: string;
	/** Where its source is, as its author says. */
	repository: string | undefined;
	/** The texts of its license and notice files; the package may have none. */
	texts: readonly string[];
	/** What its main file says first, where there is no such text: who holds the copyright. */
	firstComment: string | undefined;
	/** The hash of its archive, `sha512-` and base64, from the lock file. */
	integrity: string | undefined;
}>;

/** Those of which the bundler kept at least one byte, by name. */
export async function bundledPackages(metafile: Metafile, root: string): Promise<BundledPackage[]> {
	const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
	const folders = new Set(
		Object.values(metafile.outputs)
			.flatMap(({ inputs }) => Object.entries(inputs))
			.filter(([, { bytesInOutput }]) => bytesInOutput > 0)
			.map(([file]) => folderOf(file))
			.filter(folder => folder !== undefined),
	);
	const packages = await Promise.all(
		[...folders].map(folder => readPackage(root, folder, lock.packages[folder]?.integrity)),
	);
	// The same version may be there twice, below two packages.
	const once = new Map(packages.map(it => [`${it.name} ${it.version}`, it]));
	return [...once.values()].toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
}

/** Also of a package inside a package: `node_modules/a/node_modules/@b/c` of its `index.js`. */
const folderOf = (file: string): string | undefined =>
	/^(?:[^:]*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];

async function readPackage(
	root: string,
	folder: string,
	integrity: string | undefined,
): Promise<BundledPackage> {
	const { name, version, license, repository, main } = JSON.parse(
		await readFile(join(root, folder, 'package.json'), 'utf8'),
	);
	if (typeof license !== 'string') {
		throw new Error(`${folder}/package.json names no license: find out under which it may be shipped.`);
	}
	const files = (await readdir(join(root, folder))).filter(file =>
		/^(?:licen[cs]e|copying|notice)/i.test(file),
	);
	const texts = await Promise.all(files.toSorted().map(file => readFile(join(root, folder, file), 'utf8')));
	return {
		name,
		version,
		license,
		repository: typeof repository === 'string' ? repository : repository?.url,
		texts,
		firstComment:
			texts.length === 0 ? commentIn(await readFile(join(root, folder, main), 'utf8')) : undefined,
		integrity,
	};
}

const commentIn = (code: string): string | undefined =>
	/^\s*\/\*+(.*?)\*\//s
		.exec(code)?.[1]
		?.replace(/^\s*\*? ?/gm, '')
		.trim();
