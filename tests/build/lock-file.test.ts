import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

type Locked = Readonly<{ version?: string; resolved?: string; integrity?: string; link?: boolean }>;

const root = new URL('../../', import.meta.url);
const lock = await readFile(new URL('package-lock.json', root), 'utf8');
const packages = Object.entries(JSON.parse(lock).packages as Record<string, Locked>).filter(([folder]) =>
	folder.startsWith('node_modules/'),
);

test('npm ci checks a hash of every package', () => {
	const unchecked = packages
		.filter(([, { link, integrity = '' }]) => !link && !/^sha512-[\w+/]{86}==$/.test(integrity))
		.map(([folder]) => folder);
	// npm leaves out the hashes of what is installed when it writes the file over a node_modules folder: remove both, `npm install`.
	expect(unchecked).toEqual([]);
	expect(packages.length).toBeGreaterThan(300);
});

test('every package comes from the registry that the reader uses, or from this repository', () => {
	expect(packages.filter(([, { link, resolved }]) => resolved && !link)).toEqual([]);
	expect(lock).not.toContain('"resolved": "http');
});
