import type { CommonOptions } from '../../../source/commands/line/options.ts';
import { parseCommandLine } from '../../../source/commands/line/parse.ts';

type Told = Readonly<{ command: string; message?: string; common?: CommonOptions }>;

/** What a command line asks for, with what its command is given beside its name. */
export function askedFor(words: readonly string[]): Told {
	const line = parseCommandLine(words);
	return line.command === 'asked' ? { command: line.name, ...line.request } : line;
}
