import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quote } from '../../../source/pairing/words/command.ts';

/** The built program; another file, or an executable that needs no Node.js, by `PXPAIR_UNDER_TEST`. */
const program = process.env.PXPAIR_UNDER_TEST ?? join(import.meta.dirname, '../../../dist/pxpair.js');

export const isExecutable = !program.endsWith('.js');

/** An executable ignores NODE_OPTIONS, but for the one that `npm run packaged` makes for tests of what no one expects. */
export const takesNodeOptions = !isExecutable || process.env.PXPAIR_TAKES_NODE_OPTIONS === 'yes';

/** @returns file and arguments of a process that is the program; with that Node.js, where it needs one */
export const programStart = (args: readonly string[], node = process.execPath): [string, string[]] =>
	isExecutable ? [program, [...args]] : [node, [program, ...args]];

/** The same as words of a line for a shell. */
export const programInShell = (args: readonly string[]): string =>
	programStart(args).flat().map(quote).join(' ');

/**
 * Where Node keeps what it has compiled of the program: with a folder of its own, each test would have all of it compiled again.
 * Each build has one, since each run looks at all the files that are there.
 */
export const sharedCache = join(tmpdir(), 'pxpair-tests-cache', buildOf(program));

function buildOf(file: string): string {
	const built = statSync(file, { throwIfNoEntry: false });
	return built ? `${built.ino}-${Math.round(built.mtimeMs)}` : 'none';
}
