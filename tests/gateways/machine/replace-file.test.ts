import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { replaceFileAtomically } from '../../../source/gateways/machine/replace-file.ts';
import { problemFrom } from '../../helpers/problem-from.ts';
import { temporaryFolder } from '../../helpers/program/temporary-folder.ts';

test('a file that others may read is replaced by another file, and nothing else is left beside it', async () => {
	const folder = await temporaryFolder();
	const file = join(folder.path, 'pairs.prom');
	await writeFile(file, 'old', { mode: 0o600 });
	const before = await stat(file);
	await replaceFileAtomically(file, 'new');
	const after = await stat(file);
	expect(await readFile(file, 'utf8')).toBe('new');
	expect(after.ino).not.toBe(before.ino);
	expect(after.mode & 0o777).toBe(0o644);
	expect(await readdir(folder.path)).toEqual(['pairs.prom']);
});

test.each<[string, (file: string) => Promise<unknown> | unknown, string]>([
	['a directory', file => mkdir(file), 'it is a directory'],
	['a symbolic link', file => symlink('/dev/null', file), 'it is a symbolic link'],
	['a pipe', file => execFileSync('mkfifo', [file]), 'it is a pipe or a device, not a regular file'],
])('%s of that name stays what it is', async (_title, make, because) => {
	const folder = await temporaryFolder();
	const file = join(folder.path, 'pairs.prom');
	await make(file);
	const problem = await problemFrom(() => replaceFileAtomically(file, 'new'));
	expect(problem).toMatchObject({ id: 'metrics-file-not-written', evidence: because });
	expect((await stat(file)).isFile()).toBe(false);
	expect(await readlink(file).catch(() => '/dev/null')).toBe('/dev/null');
	expect(await readdir(folder.path)).toEqual(['pairs.prom']);
});

test('a folder that does not exist is said to be missing', async () => {
	const folder = await temporaryFolder();
	const problem = await problemFrom(() => replaceFileAtomically(join(folder.path, 'none/pairs.prom'), 'new'));
	expect(problem).toMatchObject({ evidence: 'its folder: no such file' });
});
