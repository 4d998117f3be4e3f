import { SystemError } from '../files.ts';
import { complain, descriptor, Exit, openPath, type Process, readAll } from '../process.ts';

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
	const put = (letter: string, value: string) => found.set(letter, [...(found.get(letter) ?? []), value]);
	const takesValue = (letter: string) => letters.includes(`${letter}:`);
	const isKnown = (letter: string) => /[\w]/.test(letter) && letters.includes(letter);
	const rest: string[] = [];
	const left = [...args];
	for (let word = left.shift(); word !== undefined; word = left.shift()) {
		const [, name, given] = /^--([\w-]+)(?:=(.*))?$/s.exec(word) ?? [];
		if (word === '--') {
			rest.push(...left);
			break;
		} else if (name !== undefined) {
			const letter = long[name];
			if (letter === undefined) throw new Exit(2, `unrecognized option '--${name}'`);
			put(letter, takesValue(letter) ? (given ?? left.shift() ?? '') : '');
		} else if (!word.startsWith('-') || word === '-') {
			rest.push(word);
		} else {
			for (let at = 1; at < word.length; at += 1) {
				const letter = word.charAt(at);
				if (!isKnown(letter)) throw new Exit(2, `invalid option -- '${letter}'`);
				if (!takesValue(letter)) {
					put(letter, '');
					continue;
				}
				const value = word.slice(at + 1) || left.shift();
				if (value === undefined) throw new Exit(2, `option requires an argument -- '${letter}'`);
				put(letter, value);
				break;
			}
		}
	}
	return {
		has: letter => found.has(letter),
		value: letter => found.get(letter)?.at(-1),
		values: letter => found.get(letter) ?? [],
		rest,
	};
}

/** Does something with each of the named files, or with standard input; what can't be read is complained of. */
export async function eachInput(
	process: Process,
	names: readonly string[],
	work: (bytes: Buffer, name: string) => Promise<void>,
): Promise<number> {
	let status = 0;
	for (const name of names.length > 0 ? names : ['-']) {
		try {
			await work(await inputOf(process, name), name);
		} catch (error) {
			if (!isAboutFile(error)) throw error;
			await complain(process, `${name}: ${error.message}`);
			status = 1;
		}
	}
	return status;
}

export async function inputOf(process: Process, name: string): Promise<Buffer> {
	if (name === '-') return readAll(process, descriptor(process, 0));
	const file = openPath(process, name, 'read');
	try {
		return await readAll(process, file);
	} finally {
		file.release();
	}
}

/** Whether a failure is of one file, and another may do. */
export const isAboutFile = (error: unknown): error is Error =>
	error instanceof SystemError && error.code !== 'EPIPE';

/** Lines without their breaks. */
export const linesOf = (bytes: Buffer | string): string[] => {
	const lines = bytes.toString().split('\n');
	if (lines.at(-1) === '') lines.pop();
	return lines;
};
