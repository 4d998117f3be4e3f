import { mkdtempDisposable, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../../source/gateways/machine/files.ts';

test('a folder is made with those above it, for its owner alone, and may be there already', async () => {
	await using place = await mkdtempDisposable(join(tmpdir(), 'pxpair-folder-'));
	const folder = join(place.path, 'a', 'b', 'c');
	makeFolder(folder);
	makeFolder(folder);
	const modes = await Promise.all(
		[folder, join(folder, '..'), join(folder, '../..')].map(async each => (await stat(each)).mode & 0o777),
	);
	expect(modes).toEqual([0o700, 0o700, 0o700]);
});

test('a file in its place, or above it, is left', async () => {
	await using place = await mkdtempDisposable(join(tmpdir(), 'pxpair-folder-'));
	const file = join(place.path, 'file');
	await writeFile(file, 'text');
	expect(() => makeFolder(file)).toThrow(expect.objectContaining({ code: 'EEXIST' }));
	expect(() => makeFolder(join(file, 'below'))).toThrow(expect.objectContaining({ code: 'ENOTDIR' }));
});

test.runIf(process.platform === 'linux')(
	'where the system says that what is above is missing although it is there, there is an end',
	() => {
		expect(() => makeFolder('/proc/1/none/below')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
	},
);
