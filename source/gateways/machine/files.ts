import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { attempt } from '../../pairing/words/json.ts';
import type { Secret } from '../../pairing/words/secret.ts';
import { fileTrouble, systemCode } from './file-error.ts';
import { readSecretFile } from './read-secret-file.ts';

const most = 100;

/** Paths that begin like this one; folders end in a slash. Hidden ones only when a dot was typed. */
export function completePath(start: string, folder: string): readonly string[] {
	const typedFolder = start.endsWith('/') ? start : start.includes('/') ? `${dirname(start)}/` : '';
	const begin = start.endsWith('/') ? '' : basename(start);
	try {
		return readdirSync(absolute(typedFolder || '.', folder), { withFileTypes: true })
			.filter(({ name }) => name.startsWith(begin) && (begin.startsWith('.') || !name.startsWith('.')))
			.slice(0, most)
			.map(
				entry => `${typedFolder === '//' ? '/' : typedFolder}${entry.name}${entry.isDirectory() ? '/' : ''}`,
			)
			.sort();
	} catch {
		return [];
	}
}

export async function readSecretText(
	path: string,
	folder: string,
): Promise<Readonly<{ kind: 'text'; text: Secret } | { kind: 'mistake'; text: string }>> {
	try {
		return { kind: 'text', text: await readSecretFile(absolute(path, folder)) };
	} catch (error) {
		const why = fileTrouble(error);
		return { kind: 'mistake', text: `${why.charAt(0).toUpperCase()}${why.slice(1)}.` };
	}
}

/** Writes a file that is not there yet, for its owner alone. @returns the path it got */
export async function writeNewFile(
	folder: string,
	name: string,
	extension: string,
	text: string,
): Promise<string> {
	for (let count = 1; ; count++) {
		const path = join(folder, `${name}${count === 1 ? '' : `-${count}`}.${extension}`);
		try {
			writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
			return path;
		} catch (error) {
			if (systemCode(error) !== 'EEXIST') {
				throw error;
			}
		}
	}
}

/**
 * A folder for its owner alone, with those above it. Node's own recursive way never ends where the system says that the folder
 * above is missing although it is there: below /proc, and where homes are mounted once they are asked for.
 *
 * @throws an error with a `code`
 */
export function makeFolder(folder: string): void {
	const above = dirname(folder);
	try {
		make(folder);
	} catch (error) {
		if (systemCode(error) !== 'ENOENT' || above === folder) {
			throw error;
		}
		makeFolder(above);
		make(folder);
	}
}

function make(folder: string): void {
	try {
		mkdirSync(folder, { mode: 0o700 });
	} catch (error) {
		if (attempt(() => statSync(folder))?.isDirectory() !== true) {
			throw error;
		}
	}
}

/** `~` is the home folder, as in a shell. */
export const absolute = (path: string, folder: string): string =>
	path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : resolve(folder, path);
