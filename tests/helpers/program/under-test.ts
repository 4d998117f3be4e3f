import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The built program; another file, or an executable that needs no Node.js, by `PXPAIR_UNDER_TEST`. */
const program = process.env.PXPAIR_UNDER_TEST ?? join(import.meta.dirname, '../../../dist/pxpair.js');

/** @returns file and arguments of a process that is the program; with that Node.js, where it needs one */
export const programStart = (args: readonly string[], node = process.execPath): [string, string[]] =>
	program.endsWith('.js') ? [node, [program, ...args]] : [program, [...args]];

/** Where Node keeps what it has compiled of the program: with a folder of its own, each test would have all of it compiled again. */
export const sharedCache = join(tmpdir(), 'pxpair-tests-cache');
