import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { attempt } from '../../pairing/words/json.ts';
import { systemCode } from './file-error.ts';

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
