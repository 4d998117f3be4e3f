import { tooLarge } from './read-bounded-file.ts';

/** Why a file could not be read or written, in words; Node's own message would name the path a second time. */
export function fileTrouble(error: unknown): string {
	const code = systemCode(error) ?? 'unreadable';
	return words[code] ?? code;
}

/** The system's own code for a failure, such as ENOENT. */
export const systemCode = (error: unknown): string | undefined =>
	error instanceof Error && 'code' in error ? String(error.code) : undefined;

const words: Readonly<Record<string, string>> = {
	ENOENT: 'no such file',
	ENOTDIR: 'part of its path is not a directory',
	EISDIR: 'it is a directory',
	EACCES: 'permission denied',
	ENOTFILE: 'it is a pipe or a device, not a regular file',
	EFBIG: tooLarge,
	ENXIO: 'it is a socket or a device, not a regular file',
	ERR_INVALID_ARG_VALUE: 'its name has a NUL character',
	ELOOP: 'it is a symbolic link to itself, or one of too many',
	EIO: 'the system could not read it (EIO)',
	EEXIST: 'the file already exists, and is not overwritten',
};
