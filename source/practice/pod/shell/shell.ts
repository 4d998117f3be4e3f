import { parse } from 'unbash';
import { contentOf } from '../files.ts';
import { complain, descriptor, Exit, nodeIfAny, type Process, type Program, say } from '../process.ts';
import { pathOf } from '../run.ts';
import { runStatements, untilItLeaves } from './run.ts';
import { createShell, Leave, optionLetters, type Shell, ShellError, shellValue, warn } from './state.ts';

/** `sh` or `bash`. */
export const shellProgram =
	(isBash: boolean): Program =>
	async (process, args) => {
		const { script, zero, words, letters } = await invocation(process, args, isBash ? 'bash' : 'sh');
		const shell = createShell(process, { isBash, zero, words, evaluate });
		for (const letter of letters) {
			const option = optionLetters[letter as keyof typeof optionLetters];
			if (option) shell.options.add(option);
		}
		if (script !== undefined) return untilItLeaves(shell, () => evaluate(shell, script));
		return fromInput(shell, letters.includes('i') || descriptor(process, 0).isTerminal);
	};

type Invocation = Readonly<{
	script: string | undefined;
	zero: string;
	words: readonly string[];
	letters: string;
}>;

async function invocation(process: Process, args: readonly string[], name: string): Promise<Invocation> {
	const left = [...args];
	let letters = '';
	while (/^[-+]/.test(left[0] ?? '')) {
		const word = left.shift() ?? '';
		if (word === '--') break;
		if (word === '--version') {
			await say(process, 'GNU bash, version 5.1.8(1)-release, as a practice pod pretends it\n');
			throw new Exit(0);
		}
		if (!word.startsWith('--')) letters += word.slice(1);
		if (letters.endsWith('o')) left.shift();
	}
	if (letters.includes('c')) {
		const [script, zero = name, ...words] = left;
		if (script === undefined) throw new Exit(2, '-c: option requires an argument');
		return { script, zero, words, letters };
	}
	const [path, ...words] = left;
	if (path === undefined || letters.includes('s'))
		return { script: undefined, zero: name, words: left, letters };
	const found = nodeIfAny(process, path) ? path : (pathOf(process, path) ?? path);
	const node = nodeIfAny(process, found);
	if (!node) throw new Exit(127, `${path}: No such file or directory`);
	if (node.kind !== 'file') throw new Exit(126, `${path}: Is a directory`);
	if (node.program !== undefined) throw new Exit(126, `${path}: cannot execute binary file`);
	return { script: contentOf(node).toString(), zero: path, words, letters };
}

const longestScript = 1024 * 1024;

async function evaluate(shell: Shell, text: string): Promise<number> {
	if (text.length > longestScript) throw new ShellError('script is too long', 126);
	const script = parse(text);
	const [error] = script.errors ?? [];
	const { text: before, position } = shell;
	shell.text = text;
	if (error) {
		shell.position = error.pos;
		await warn(shell, `syntax error: ${error.message}`);
		throw new Leave(2);
	}
	if (script.commands.length === 0) return 0;
	try {
		return await runStatements(shell, script.commands);
	} finally {
		shell.text = before;
		shell.position = position;
	}
}

/** Commands from standard input, one after the other as they come; at a terminal with a prompt. */
async function fromInput(shell: Shell, isInteractive: boolean): Promise<number> {
	const { process } = shell;
	const { terminal } = process.session;
	const input = descriptor(process, 0);
	const calm = process.signal;
	let typed = '';
	for (;;) {
		const interrupted = new AbortController();
		if (isInteractive) {
			process.handlers.set('INT', () => interrupted.abort(new ShellError('', 130)));
			process.signal = AbortSignal.any([calm, interrupted.signal]);
		}
		try {
			if (isInteractive) await say(process, typed === '' ? prompt(shell) : '> ', 2);
			const line = (await input.readLine(process.signal)).toString();
			if (line === '' && typed === '') break;
			typed += line;
			if (line !== '' && !isComplete(typed)) continue;
			const text = typed;
			typed = '';
			shell.status = await runLine(shell, text, isInteractive);
		} catch (error) {
			if (error instanceof Leave) {
				shell.status = error.status;
				break;
			}
			if (!interrupted.signal.aborted || calm.aborted) throw error;
			process.signal = calm;
			shell.status = 130;
			typed = '';
		}
	}
	process.signal = calm;
	if (isInteractive && terminal) await say(process, 'exit\n', 2);
	return untilItLeaves(shell, async () => shell.status);
}

async function runLine(shell: Shell, text: string, isInteractive: boolean): Promise<number> {
	try {
		return await evaluate(shell, text);
	} catch (error) {
		if (error instanceof ShellError && (isInteractive || error.message === '')) {
			if (error.message !== '') await complain(shell.process, error.message);
			return error.status;
		}
		if (error instanceof ShellError) {
			await warn(shell, error.message);
			return error.status;
		}
		if (error instanceof Leave) {
			// A mistake in writing ends a script, and at a prompt the line alone.
			if (isInteractive && parse(text).errors) return error.status;
		}
		throw error;
	}
}

const prompt = (shell: Shell): string => shellValue(shell, 'PS1') ?? `${shell.name}-5.1# `;

/** A mistake at its very end may be cured by what comes. */
function isComplete(text: string): boolean {
	const script = parse(text);
	const opens = script.errors?.some(
		({ message, pos }) => pos >= text.trimEnd().length || /^unterminated/.test(message),
	);
	return !opens && !/\\\n$/.test(text) && !hasOpenDocument(text);
}

const hasOpenDocument = (text: string): boolean => {
	const [, delimiter] = /<<-?\s*['"\\]?(\w+)/.exec(text) ?? [];
	return delimiter !== undefined && !new RegExp(`^\\t*${delimiter}$`, 'm').test(text);
};
