import type { Command, CompoundCommand, CompoundList, Word } from 'unbash';
import { SystemError } from '../files.ts';
import { Exit, type Process, say, startProcess } from '../process.ts';
import { findProgram, missingWords, waitFor, wordsOf } from '../run.ts';
import { builtins } from './builtins.ts';
import type { AnyCommand, Language } from './language.ts';
import { redirect, redirectOrWarn } from './redirect.ts';
import { assign, exported, Leave, Return, type Shell, ShellError, type Variable, warn } from './state.ts';

const mostCalls = 200;

export async function expandAll(language: Language, shell: Shell, words: readonly Word[]): Promise<string[]> {
	const all: string[] = [];
	for (const word of words) all.push(...(await language.expand.fields(shell, word)));
	return all;
}

/** The words of a command: `export a=b` keeps its assignments whole. */
async function wordsIn(language: Language, shell: Shell, { name, args }: Command): Promise<string[]> {
	const words = name ? await language.expand.fields(shell, name) : [];
	for (const argument of args) {
		if (argument.type === 'Word') words.push(...(await language.expand.fields(shell, argument)));
		else words.push(`${argument.name}=${await assigned(language, shell, argument)}`);
	}
	return words;
}

type AssignmentNode = Extract<Command['prefix'][number], { type: 'Assignment' }>;

async function assigned(
	language: Language,
	shell: Shell,
	{ name, value, append, index, text }: AssignmentNode,
): Promise<string> {
	if (value.type === 'ArrayValue' || index)
		throw new ShellError(`${text}: arrays are not known to the shell of the practice pods`, 2);
	const after = await language.expand.text(shell, value);
	return append ? `${shell.variables.get(name)?.value ?? ''}${after}` : after;
}

/** As those before a command are. */
async function assignExported(language: Language, shell: Shell, node: AssignmentNode): Promise<void> {
	assign(shell, node.name, await assigned(language, shell, node));
	const variable = shell.variables.get(node.name);
	if (variable) variable.exported = true;
}

/** One command: its words, its assignments, its redirections, then what it names. */
export async function runCommand(language: Language, shell: Shell, node: Command): Promise<number> {
	shell.position = node.pos;
	shell.substituted = 0;
	const words = await wordsIn(language, shell, node);
	const assignments = node.prefix.filter(part => part.type === 'Assignment');
	if (shell.options.has('xtrace') && words.length > 0) await say(shell.process, `+ ${words.join(' ')}\n`, 2);
	if (words.length === 0) {
		for (const each of assignments) assign(shell, each.name, await assigned(language, shell, each));
		const restore = await redirectOrWarn(shell, () => redirect(shell, node.redirects, language.expand));
		restore?.restore();
		return restore ? shell.substituted : 1;
	}
	if (words[0] === 'exec') return execute(language, shell, node, words.slice(1));
	const restore = await redirectOrWarn(shell, () => redirect(shell, node.redirects, language.expand));
	if (!restore) return 1;
	const before = new Map<string, Variable | undefined>();
	try {
		for (const each of assignments) {
			const found = shell.variables.get(each.name);
			before.set(each.name, found && { ...found });
			await assignExported(language, shell, each);
		}
		return await call(language, shell, words);
	} finally {
		for (const [name, variable] of before) {
			if (variable) shell.variables.set(name, variable);
			else shell.variables.delete(name);
		}
		restore.restore();
	}
}

/** A function, a builtin or a program, in this order. */
async function call(language: Language, shell: Shell, words: readonly string[]): Promise<number> {
	const [name = '', ...args] = words;
	const body = shell.functions.get(name);
	if (body) return callFunction(language, shell, body, args);
	const builtin = Object.hasOwn(builtins, name) ? builtins[name] : undefined;
	if (builtin) {
		try {
			return await builtin(shell, args);
		} catch (error) {
			if (
				!(error instanceof Exit || error instanceof SystemError) ||
				(error instanceof SystemError && error.code === 'EPIPE')
			)
				throw error;
			if (error.message !== '') await warn(shell, `${name}: ${error.message}`);
			return error instanceof Exit ? error.status : 1;
		}
	}
	const child = await startExternal(shell, words);
	return typeof child === 'number' ? child : waitFor(shell.process, child);
}

async function startExternal(shell: Shell, words: readonly string[]): Promise<Process | number> {
	const [name = ''] = words;
	const environment = exported(shell);
	const found = findProgram({ ...shell.process, environment }, name);
	if (found.kind === 'missing') {
		await warn(shell, `${name}: ${missingWords[found.reason]}`);
		return found.reason.startsWith('no-') ? 127 : 126;
	}
	try {
		return startProcess(shell.process, { words: wordsOf(found, words), environment }, found.program);
	} catch (error) {
		if (!(error instanceof SystemError)) throw error;
		throw new ShellError(`fork: ${error.message}`, 254);
	}
}

async function callFunction(
	language: Language,
	shell: Shell,
	body: CompoundCommand | AnyCommand | CompoundList,
	args: readonly string[],
): Promise<number> {
	if (shell.depth >= mostCalls) throw new ShellError('maximum function nesting level exceeded');
	const { words, loops } = shell;
	const hidden = new Map<string, Variable | undefined>();
	shell.hidden.push(hidden);
	shell.depth += 1;
	shell.words = args;
	shell.loops = 0;
	try {
		return body.type === 'CompoundList'
			? await language.statements(shell, body.commands)
			: await language.any(shell, body);
	} catch (error) {
		if (error instanceof Return) return error.status;
		throw error;
	} finally {
		shell.hidden.pop();
		for (const [name, variable] of hidden) {
			if (variable) shell.variables.set(name, variable);
			else shell.variables.delete(name);
		}
		shell.depth -= 1;
		shell.words = words;
		shell.loops = loops;
	}
}

/** `exec`: the process goes on as that program, or with those descriptors. */
async function execute(
	language: Language,
	shell: Shell,
	node: Command,
	words: readonly string[],
): Promise<number> {
	const redirected = await redirectOrWarn(shell, () => redirect(shell, node.redirects, language.expand));
	if (!redirected) throw new Leave(1);
	redirected.keep();
	const [name] = words;
	if (name === undefined) return 0;
	for (const part of node.prefix) {
		if (part.type === 'Assignment') await assignExported(language, shell, part);
	}
	const { process } = shell;
	process.environment = exported(shell);
	const found = findProgram(process, name);
	if (found.kind === 'missing') {
		await warn(
			shell,
			`exec: ${name}: ${found.reason === 'no-command' ? 'not found' : missingWords[found.reason]}`,
		);
		throw new Leave(found.reason.startsWith('no-') ? 127 : 126);
	}
	shell.traps.clear();
	process.handlers.clear();
	process.words = wordsOf(found, words);
	throw new Leave(await found.program(process, process.words.slice(1)));
}
