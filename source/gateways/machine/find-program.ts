import { access, constants, open } from 'node:fs/promises';
import { platform } from 'node:os';
import { delimiter, isAbsolute, join, resolve, sep } from 'node:path';
import type { Environment } from '../../pairing/words/environment.ts';
import { systemCode } from './file-error.ts';
import type { ProgramResult } from './run-program.ts';

export type NotStarted = Extract<ProgramResult, Readonly<{ kind: 'not-started' }>>;

/**
 * A name is looked for in PATH as Go does (os/exec, LookPath): what can't be run there is passed over, and a hit in a relative folder is
 * refused. A relative path starts at `folder`.
 */
export async function findProgram(
	command: string,
	folder: string,
	environment: Environment,
): Promise<Readonly<{ path: string }> | NotStarted> {
	const named =
		command.includes('/') || command.includes(sep)
			? [resolve(folder, command)]
			: (environment.PATH ?? '').split(delimiter).map(place => join(place || '.', command));
	let why = 'ENOENT';
	for (const path of named) {
		const code = await startable(path);
		if (code === undefined) {
			return isAbsolute(path) ? { path } : { kind: 'not-started', code: 'ENOENT' };
		}
		if (code === 'ENOEXEC') {
			return { kind: 'not-started', code };
		}
		why = code === 'ENOENT' || code === 'ENOTDIR' || !isAbsolute(path) ? why : code;
	}
	return { kind: 'not-started', code: why };
}

/** Node would hand a text without `#!` to a shell; neither kubectl nor this program does. @returns why not */
async function startable(path: string): Promise<string | undefined> {
	try {
		await access(path, constants.X_OK);
		// Opening a pipe would wait for its writer.
		const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
		try {
			if (!(await file.stat()).isFile()) {
				return 'EACCES';
			}
			const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
			const text = buffer.subarray(0, bytesRead).toString('latin1');
			return platform() !== 'win32' && !text.startsWith('#!') && /^[\t\n\r\x20-\x7e]*$/.test(text)
				? 'ENOEXEC'
				: undefined;
		} finally {
			await file.close();
		}
	} catch (error) {
		const code = systemCode(error);
		// A program that may be run but not read.
		return code === 'EACCES' &&
			(await access(path, constants.X_OK).then(
				() => true,
				() => false,
			))
			? undefined
			: (code ?? 'unreadable');
	}
}
