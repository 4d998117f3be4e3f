import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { access, chmod, lstat, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { refuse } from '../../pairing/words/problem.ts';
import { fileTrouble } from './file-error.ts';
import { makeFolder } from './files.ts';
import { folderNotOnesOwn } from './not-ones-own.ts';

/**
 * Writes a file that others may read, whole or not at all: a reader sees the old text or the new one.
 * @throws PairingError when the folder does not take it, or something else than a regular file has that name
 */
export async function replaceFileAtomically(path: string, text: string): Promise<void> {
	await refuseUnlessReplaceable(path);
	const draft = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.tmp`);
	try {
		await writeFile(draft, text, { flag: 'wx' });
		// Whatever the umask: who reads it is another user.
		await chmod(draft, 0o644);
		await rename(draft, path);
	} catch (error) {
		await rm(draft, { force: true });
		notWritten(path, fileTrouble(error));
	}
}

/** What replacing a file takes, before there is anything to write. */
export async function refuseUnlessReplaceable(path: string): Promise<void> {
	try {
		await access(dirname(path), constants.W_OK);
	} catch (error) {
		notWritten(path, `its folder: ${fileTrouble(error)}`);
	}
	const found = await lstat(path).catch(() => undefined);
	if (found && !found.isFile()) {
		// It would be gone, and a file in its place.
		notWritten(path, kindOf(found));
	}
}

function kindOf(found: Stats): string {
	if (found.isDirectory()) {
		return 'it is a directory';
	}
	return found.isSymbolicLink() ? 'it is a symbolic link' : 'it is a pipe or a device, not a regular file';
}

const notWritten = (path: string, evidence: string): never =>
	refuse({
		id: 'metrics-file-not-written',
		title: `The file ${path} can't be written`,
		evidence,
		remedies: ['Name a file in a folder that exists and that you may write to.'],
	});

/** A file that only its owner may read, whole or not at all. @returns why it could not be written, if so */
export async function replacePrivateFile(
	folder: string,
	path: string,
	text: string,
): Promise<string | undefined> {
	try {
		makeFolder(folder);
		const foreign = folderNotOnesOwn(folder);
		if (foreign !== undefined) {
			return `${folder}: ${foreign}`;
		}
		await writeFile(`${path}.new`, `${text}\n`, { mode: 0o600 });
		await rename(`${path}.new`, path);
		return undefined;
	} catch (error) {
		// Half a text would only take the room that is missing.
		await rm(`${path}.new`, { force: true }).catch(() => undefined);
		return `${path}: ${fileTrouble(error)}`;
	}
}
