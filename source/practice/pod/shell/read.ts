import { descriptor, Exit, say } from '../process.ts';
import { during } from '../streams.ts';
import { assign, type Shell, shellValue } from './state.ts';

/** `read`: takes one line from a descriptor and leaves what comes after it. */
export async function read(shell: Shell, args: readonly string[]): Promise<number> {
	const options = optionsIn(args);
	const { process } = shell;
	if (options.prompt !== undefined && descriptor(process, 0).isTerminal)
		await say(process, options.prompt, 2);
	const input = descriptor(process, options.number);
	const timeout = options.seconds === undefined ? undefined : AbortSignal.timeout(options.seconds * 1000);
	const signal = timeout ? AbortSignal.any([process.signal, timeout]) : process.signal;
	let line: string;
	let isWhole: boolean;
	try {
		const text = (await during(signal, lines(input.readLine.bind(input), signal, options.raw))).replaceAll(
			'\0',
			'',
		);
		isWhole = text.endsWith('\n');
		line = isWhole ? text.slice(0, -1) : text;
	} catch (error) {
		if (process.signal.aborted || !timeout?.aborted) throw error;
		return 142;
	}
	const names = options.names.length > 0 ? options.names : ['REPLY'];
	for (const [index, value] of split(
		line,
		names.length,
		shellValue(shell, 'IFS') ?? ' \t\n',
		options,
	).entries()) {
		assign(shell, names[index] ?? 'REPLY', value);
	}
	return isWhole ? 0 : 1;
}

type Options = {
	raw: boolean;
	number: number;
	prompt: string | undefined;
	seconds: number | undefined;
	names: string[];
};

function optionsIn(args: readonly string[]): Options {
	const options: Options = { raw: false, number: 0, prompt: undefined, seconds: undefined, names: [] };
	const left = [...args];
	for (let word = left.shift(); word !== undefined; word = left.shift()) {
		if (!word.startsWith('-') || word === '-') {
			options.names.push(word);
			continue;
		}
		for (const [index, letter] of [...word.slice(1)].entries()) {
			const value = () => word.slice(index + 2) || left.shift() || '';
			if (letter === 'r') options.raw = true;
			else if (letter === 's') continue;
			else if (letter === 'u') options.number = Number(value());
			else if (letter === 'p') options.prompt = value();
			else if (letter === 't') options.seconds = Number(value());
			else throw new Exit(2, `-${letter}: invalid option`);
			if (/[upt]/.test(letter)) break;
		}
	}
	return options;
}

/** Without `-r` a line goes on behind a backslash at its end. */
async function lines(
	next: (signal: AbortSignal) => Promise<Buffer>,
	signal: AbortSignal,
	raw: boolean,
): Promise<string> {
	let text = (await next(signal)).toString();
	while (!raw && /(?<!\\)(?:\\\\)*\\\n$/.test(text))
		text = text.slice(0, -2) + (await next(signal)).toString();
	return text;
}

function split(line: string, count: number, blanks: string, { raw }: Options): string[] {
	const spaces = [...blanks].filter(character => /\s/.test(character)).join('');
	const isBlank = (character: string) => character !== '' && blanks.includes(character);
	const isSpace = (character: string) => character !== '' && spaces.includes(character);
	let at = 0;
	const values: string[] = [];
	const skip = () => {
		while (isSpace(line.charAt(at))) at += 1;
	};
	skip();
	while (values.length < count - 1) {
		let value = '';
		while (at < line.length && !isBlank(line.charAt(at))) {
			if (!raw && line.charAt(at) === '\\') at += 1;
			value += line.charAt(at);
			at += 1;
		}
		values.push(value);
		skip();
		if (isBlank(line.charAt(at))) {
			at += 1;
			skip();
		}
	}
	let end = line.length;
	while (end > at && isSpace(line.charAt(end - 1))) end -= 1;
	const rest = line.slice(at, end);
	values.push(raw ? rest : rest.replaceAll(/\\(.)/gs, '$1'));
	return values;
}
