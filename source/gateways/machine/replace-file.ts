import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { inputProblem, PairingError } from '../../pairing/words/problem.ts';
import { fileTrouble } from './file-error.ts';

/**
 * Writes a file that others may read, whole or not at all: a reader sees the old text or the new one.
 * @throws PairingError when the folder does not take it
 */
export async function replaceFileAtomically(path: string, text: string): Promise<void> {
	const draft = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.tmp`);
	try {
		await writeFile(draft, text, { mode: 0o644 });
		await rename(draft, path);
	} catch (error) {
		await rm(draft, { force: true });
		throw new PairingError(
			inputProblem({
				id: 'metrics-file-not-written',
				title: `The file ${path} can't be written`,
				evidence: fileTrouble(error),
				remedies: ['Name a file in a folder that exists and that you may write to.'],
			}),
		);
	}
}
