import { parseArgs } from 'node:util';
import { SystemError } from '../files.ts';
import { complain, descriptor, Exit, openPath, type Process, readAll } from '../process.ts';
import type { OpenFile } from '../streams.ts';

/** What a command was asked for: its options by their letters, and the rest. */
export type Options = Readonly<{
	has(letter: string): boolean;
	/** Of an option that takes a value; the last one counts. */
	value(letter: string): string | undefined;
	values(letter: string): readonly string[];
	rest: readonly string[];
}>;

/**
 * `letters` as for getopt: a colon behind those that take a value. `long` are the names of options in full. What is not known
 * is refused, so that no one takes an option for effective that is not.
 */
export function optionsIn(
	args: readonly string[],
	letters: string,
	long: Readonly<Record<string, string>> = {},
): Options {
	const found = new Map<string, string[]>();
	const takesValue = (letter: string) => letters.includes(`${letter}:`);
	const typeOf = (letter: string) => ({ type: takesValue(letter) ? 'string' : 'boolean' }) as const;
	const short = [...letters.matchAll(/\w/g)].map(([letter]) => [
		letter,
		{ ...typeOf(letter), short: letter },
	]);
	const options = {
		...Object.fromEntries(short),
		...Object.fromEntries(Object.entries(long).map(([name, letter]) => [name, typeOf(letter)])),
	};
	const { tokens, positionals } = parseArgs({ args: [...args], options, strict: false, tokens: true });
	for (const token of tokens) {
		if (token.kind !== 'option') continue;
		const { name, rawName, value } = token;
		const isLong = rawName.startsWith('--');
		const letter = isLong ? long[name] : name;
		if (letter === undefined) throw new Exit(2, `unrecognized option '--${name}'`);
		if (!(name in options)) throw new Exit(2, `invalid option -- '${letter}'`);
		if (takesValue(letter) && value === undefined)
			throw new Exit(2, `option requires an argument -- '${letter}'`);
		found.set(letter, [...(found.get(letter) ?? []), value ?? '']);
	}
	return {
		has: letter => found.has(letter),
		value: letter => found.get(letter)?.at(-1),
		values: letter => found.get(letter) ?? [],
		rest: positionals,
	};
}

/** Does something with each of the named files, or with standard input; what can't be read is complained of. */
export async function eachFile(
	process: Process,
	names: readonly string[],
	work: (file: OpenFile, name: string) => Promise<void>,
	words = (name: string, why: string) => `${name}: ${why}`,
): Promise<number> {
	let status = 0;
	for (const name of names.length > 0 ? names : ['-']) {
		try {
			const file = inputNamed(process, name);
			await work(file, name).finally(() => file.release());
		} catch (error) {
			if (!isAboutFile(error)) throw error;
			await complain(process, words(name, error.message));
			status = 1;
		}
	}
	return status;
}

export const eachInput = (
	process: Process,
	names: readonly string[],
	work: (bytes: Buffer, name: string) => Promise<void>,
): Promise<number> =>
	eachFile(process, names, async (file, name) => work(await readAll(process, file), name));

/** `-` is standard input. */
export const inputNamed = (process: Process, name: string): OpenFile =>
	name === '-' ? descriptor(process, 0).share() : openPath(process, name, 'read');

/** Whether a failure is of one file, and another may do. */
export const isAboutFile = (error: unknown): error is Error =>
	error instanceof SystemError && error.code !== 'EPIPE';

/** Lines without their breaks. */
export const linesOf = (bytes: Buffer | string): string[] => {
	const lines = bytes.toString().split('\n');
	if (lines.at(-1) === '') lines.pop();
	return lines;
};
