import { descriptor, say } from '../process.ts';
import { during } from '../streams.ts';
import { optionsIn } from '../tools/options.ts';
import { assign, type Shell, shellValue } from './state.ts';

/** `read`: takes one line from a descriptor and leaves what comes after it. */
export async function read(shell: Shell, args: readonly string[]): Promise<number> {
	const { has, value, rest } = optionsIn(args, 'rsu:p:t:');
	const { process } = shell;
	const raw = has('r');
	const seconds = value('t');
	const prompt = value('p');
	if (prompt !== undefined && descriptor(process, 0).isTerminal) await say(process, prompt, 2);
	const input = descriptor(process, Number(value('u') ?? 0));
	const timeout = seconds === undefined ? undefined : AbortSignal.timeout(Number(seconds) * 1000);
	const signal = timeout ? AbortSignal.any([process.signal, timeout]) : process.signal;
	let line: string;
	let isWhole: boolean;
	try {
		const text = (await during(signal, lines(input.readLine.bind(input), signal, raw))).replaceAll('\0', '');
		isWhole = text.endsWith('\n');
		line = isWhole ? text.slice(0, -1) : text;
	} catch (error) {
		if (process.signal.aborted || !timeout?.aborted) throw error;
		return 142;
	}
	const names = rest.length > 0 ? rest : ['REPLY'];
	for (const [index, value] of split(
		line,
		names.length,
		shellValue(shell, 'IFS') ?? ' \t\n',
		raw,
	).entries()) {
		assign(shell, names[index] ?? 'REPLY', value);
	}
	return isWhole ? 0 : 1;
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

function split(line: string, count: number, blanks: string, raw: boolean): string[] {
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
