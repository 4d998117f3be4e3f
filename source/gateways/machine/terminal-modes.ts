import type { Environment } from '../../pairing/words/environment.ts';
import { runProgram } from './run-program.ts';

/** A program that is ended while it reads a password leaves the terminal without an echo: whatever happens, it is as it was. */
export async function keepingModes<T>(environment: Environment, use: () => Promise<T>): Promise<T> {
	const stty = (word: string) =>
		runProgram({
			file: 'stty',
			args: [word],
			environment,
			seconds: 2,
			terminal: 'lent',
			signal: new AbortController().signal,
		});
	const before = await stty('-g');
	try {
		return await use();
	} finally {
		// Where there is no stty, as on Windows, there is nothing to restore.
		if (before.kind === 'done') {
			await stty(before.stdout.trim());
		}
	}
}
