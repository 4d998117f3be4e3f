import type {
	AndOr,
	Case,
	Command,
	CompoundCommand,
	CompoundList,
	For,
	If,
	Pipeline,
	PipelineNode,
	Script,
	Statement,
	While,
	Word,
} from 'unbash';
import { SystemError } from '../files.ts';
import { Exit, type Process, say, startProcess } from '../process.ts';
import { findProgram, missingWords, wordsOf } from '../run.ts';
import { breathe, createPipe, type OpenFile } from '../streams.ts';
import { calculate } from './arithmetic.ts';
import { builtins } from './builtins.ts';
import { evaluateCondition } from './condition.ts';
import { expansions } from './expand.ts';
import { matches } from './pattern.ts';
import { redirect } from './redirect.ts';
import {
	assign,
	exported,
	fork,
	Jump,
	Leave,
	Return,
	type Shell,
	ShellError,
	type Variable,
	warn,
} from './state.ts';

const mostCalls = 200;
type AnyCommand = Command | Pipeline | CompoundCommand | Exclude<PipelineNode, Pipeline>;

/** Runs statements one after the other; the answer is the status of the last. */
export async function runStatements(shell: Shell, statements: readonly Statement[]): Promise<number> {
	for (const { command, background } of statements) {
		if (background) startInBackground(shell, command);
		else await runGuardedly(shell, command);
		await runTraps(shell);
	}
	return shell.status;
}

/** To its end, also when it leaves. */
export async function runScript(shell: Shell, { commands }: Pick<Script, 'commands'>): Promise<number> {
	return untilItLeaves(shell, () => runStatements(shell, commands));
}

export async function untilItLeaves(shell: Shell, work: () => Promise<number>): Promise<number> {
	try {
		shell.status = await work();
	} catch (error) {
		if (error instanceof ShellError) {
			await warn(shell, error.message);
			shell.status = error.status;
		} else if (error instanceof Leave) shell.status = error.status;
		else if (!(error instanceof Jump)) throw error;
	}
	const last = shell.traps.get('EXIT');
	if (last === undefined) return shell.status;
	shell.traps.delete('EXIT');
	const { status } = shell;
	try {
		await shell.evaluate(shell, last);
	} catch (error) {
		if (!(error instanceof Leave)) throw error;
		return error.status;
	}
	return status;
}

const expand = expansions(runScript);

async function runTraps(shell: Shell): Promise<void> {
	for (let name = shell.caught.shift(); name; name = shell.caught.shift()) {
		const { status } = shell;
		await shell.evaluate(shell, shell.traps.get(name) ?? '');
		shell.status = status;
	}
}

function startInBackground(shell: Shell, command: Statement['command']): void {
	const child = fork(shell, undefined, inner => untilItLeaves(inner, () => runAny(inner, command)));
	shell.jobs.set(child.pid, child);
	shell.background = child.pid;
	shell.status = 0;
}

/** `set -e` looks at what nothing else looks at. */
async function runGuardedly(shell: Shell, command: Statement['command']): Promise<void> {
	shell.status = await runAny(shell, command);
	const isLookedAt = command.type === 'AndOr' || (command.type === 'Pipeline' && isNegated(command));
	if (shell.status !== 0 && shell.options.has('errexit') && shell.guarded === 0 && !isLookedAt)
		throw new Leave(shell.status);
}

const isNegated = ({ prefixes }: Pipeline): boolean =>
	prefixes.filter(({ type }) => type === 'Negation').length % 2 === 1;

async function runAny(shell: Shell, node: AnyCommand | AndOr): Promise<number> {
	await breathe(shell.process);
	switch (node.type) {
		case 'Command':
			return runCommand(shell, node);
		case 'Pipeline':
			return runPipeline(shell, node);
		case 'AndOr':
			return runAndOr(shell, node);
		case 'Redirected': {
			const restore = await redirectOrWarn(shell, () => redirect(shell, node.redirects, expand));
			if (!restore) return 1;
			try {
				return await runAny(shell, node.command);
			} finally {
				restore.restore();
			}
		}
		case 'Function':
			shell.functions.set(node.name.value, node.body);
			return 0;
		case 'Coproc':
		case 'Select':
			throw new ShellError(`${node.type.toLowerCase()}: not known to the shell of the practice pods`, 2);
		default:
			return runCompound(shell, node);
	}
}

async function runCompound(
	shell: Shell,
	node: Exclude<CompoundCommand, { type: 'Select' }>,
): Promise<number> {
	switch (node.type) {
		case 'BraceGroup':
			return runStatements(shell, node.body.commands);
		case 'Subshell':
			return waitFor(
				shell,
				fork(shell, undefined, inner => runScript(inner, node.body)),
			);
		case 'If':
			return runIf(shell, node);
		case 'For':
			return runFor(shell, node);
		case 'While':
			return runWhile(shell, node);
		case 'Case':
			return runCase(shell, node);
		case 'ArithmeticCommand':
			return node.expression && (await number(shell, node.expression)) !== 0 ? 0 : 1;
		case 'TestCommand':
			return (await evaluateCondition(shell, node.expression, expand)) ? 0 : 1;
		case 'ArithmeticFor':
			if (node.initialize) await number(shell, node.initialize);
			return loop(
				shell,
				async () => !node.test || (await number(shell, node.test)) !== 0,
				node.body,
				async () => {
					if (node.update) await number(shell, node.update);
				},
			);
	}
}

const number = (shell: Shell, expression: Parameters<typeof calculate>[1]) =>
	calculate(shell, expression, word => expand.text(shell, word));

async function redirectOrWarn<T>(shell: Shell, work: () => Promise<T>): Promise<T | undefined> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof ShellError)) throw error;
		await warn(shell, error.message);
		return undefined;
	}
}

async function guarded(shell: Shell, work: () => Promise<number>): Promise<number> {
	shell.guarded += 1;
	try {
		return await work();
	} finally {
		shell.guarded -= 1;
	}
}

async function runAndOr(shell: Shell, { commands, operators }: AndOr): Promise<number> {
	for (const [index, command] of commands.entries()) {
		const operator = operators[index - 1];
		if ((operator === '&&' && shell.status !== 0) || (operator === '||' && shell.status === 0)) continue;
		const isLast = index === commands.length - 1;
		shell.status = await (isLast ? runAny(shell, command) : guarded(shell, () => runAny(shell, command)));
		if (isLast && shell.status !== 0 && shell.options.has('errexit') && shell.guarded === 0)
			throw new Leave(shell.status);
	}
	return shell.status;
}

async function runPipeline(shell: Shell, pipeline: Pipeline): Promise<number> {
	const negated = isNegated(pipeline);
	const work = () => runParts(shell, pipeline);
	const status = await (negated ? guarded(shell, work) : work());
	return negated ? Number(status === 0) : status;
}

async function runParts(shell: Shell, { commands, operators }: Pipeline): Promise<number> {
	const [only] = commands;
	if (commands.length === 1 && only) return runAny(shell, only);
	const children: Process[] = [];
	let input: OpenFile | undefined;
	for (const [index, command] of commands.entries()) {
		const pipe = index < commands.length - 1 ? createPipe() : undefined;
		const open = new Map([...shell.process.open].map(([at, file]) => [at, file.share()]));
		const put = (at: number, file: OpenFile) => {
			open.get(at)?.release();
			open.set(at, file);
		};
		if (input) put(0, input);
		if (pipe) put(1, pipe.writer);
		if (pipe && operators[index] === '|&') put(2, pipe.writer.share());
		children.push(fork(shell, open, inner => untilItLeaves(inner, () => runAny(inner, command))));
		input = pipe?.reader;
	}
	const statuses: number[] = [];
	for (const child of children) statuses.push(await waitFor(shell, child));
	const failed = shell.options.has('pipefail') ? statuses.findLast(status => status !== 0) : undefined;
	return failed ?? statuses.at(-1) ?? 0;
}

/** What stops the shell while it waits stops what it waits for: nothing else would. */
async function waitFor({ process }: Shell, child: Process): Promise<number> {
	const stop = () => child.kill('KILL');
	process.signal.addEventListener('abort', stop, { once: true });
	try {
		const status = await child.done;
		process.signal.throwIfAborted();
		return status;
	} finally {
		process.signal.removeEventListener('abort', stop);
	}
}

async function runIf(shell: Shell, node: If): Promise<number> {
	for (const { clause, then } of [node, ...node.elif]) {
		if ((await guarded(shell, () => runStatements(shell, clause.commands))) === 0)
			return runBody(shell, then);
	}
	return node.else ? runBody(shell, node.else) : 0;
}

function runBody(shell: Shell, { commands }: CompoundList): Promise<number> {
	shell.status = 0;
	return runStatements(shell, commands);
}

async function runFor(shell: Shell, { name, wordlist, body }: For): Promise<number> {
	const words = wordlist ? await expandAll(shell, wordlist) : [...shell.words];
	return loop(
		shell,
		async () => {
			const word = words.shift();
			if (word !== undefined) assign(shell, name.value, word);
			return word !== undefined;
		},
		body,
	);
}

function runWhile(shell: Shell, { kind, clause, body }: While): Promise<number> {
	const test = async () =>
		((await guarded(shell, () => runStatements(shell, clause.commands))) === 0) === (kind === 'while');
	return loop(shell, test, body);
}

async function loop(
	shell: Shell,
	test: () => Promise<boolean>,
	body: CompoundList,
	after = async () => {},
): Promise<number> {
	let status = 0;
	shell.loops += 1;
	try {
		for (;;) {
			await breathe(shell.process);
			await runTraps(shell);
			try {
				if (!(await test())) return status;
				status = await runBody(shell, body);
			} catch (error) {
				if (!(error instanceof Jump)) throw error;
				if (error.count > 1 && shell.loops > 1) throw new Jump(error.kind, error.count - 1);
				status = 0;
				if (error.kind === 'break') return status;
			}
			await after();
		}
	} finally {
		shell.loops -= 1;
	}
}

async function runCase(shell: Shell, { word, items }: Case): Promise<number> {
	const text = await expand.text(shell, word);
	let falls = false;
	let status = 0;
	for (const { pattern, body, terminator } of items) {
		for (const each of falls ? [] : pattern) {
			if (matches(await expand.pattern(shell, each), text)) falls = true;
			if (falls) break;
		}
		if (!falls) continue;
		status = await runBody(shell, body);
		if (terminator === ';;&') falls = false;
		else if (terminator !== ';&') return status;
	}
	return status;
}

async function expandAll(shell: Shell, words: readonly Word[]): Promise<string[]> {
	const all: string[] = [];
	for (const word of words) all.push(...(await expand.fields(shell, word)));
	return all;
}

/** The words of a command: `export a=b` keeps its assignments whole. */
async function wordsIn(shell: Shell, { name, args }: Command): Promise<string[]> {
	const words = name ? await expand.fields(shell, name) : [];
	for (const argument of args) {
		if (argument.type === 'Word') words.push(...(await expand.fields(shell, argument)));
		else words.push(`${argument.name}=${await assigned(shell, argument)}`);
	}
	return words;
}

type AssignmentNode = Extract<Command['prefix'][number], { type: 'Assignment' }>;

async function assigned(shell: Shell, { name, value, append, index, text }: AssignmentNode): Promise<string> {
	if (value.type === 'ArrayValue' || index)
		throw new ShellError(`${text}: arrays are not known to the shell of the practice pods`, 2);
	const after = await expand.text(shell, value);
	return append ? `${shell.variables.get(name)?.value ?? ''}${after}` : after;
}

async function runCommand(shell: Shell, node: Command): Promise<number> {
	shell.position = node.pos;
	shell.substituted = 0;
	const words = await wordsIn(shell, node);
	const assignments = node.prefix.filter(part => part.type === 'Assignment');
	if (shell.options.has('xtrace') && words.length > 0) await say(shell.process, `+ ${words.join(' ')}\n`, 2);
	if (words.length === 0) {
		for (const each of assignments) assign(shell, each.name, await assigned(shell, each));
		const restore = await redirectOrWarn(shell, () => redirect(shell, node.redirects, expand));
		restore?.restore();
		return restore ? shell.substituted : 1;
	}
	if (words[0] === 'exec') return execute(shell, node, words.slice(1));
	const restore = await redirectOrWarn(shell, () => redirect(shell, node.redirects, expand));
	if (!restore) return 1;
	const before = new Map<string, Variable | undefined>();
	try {
		for (const each of assignments) {
			const found = shell.variables.get(each.name);
			before.set(each.name, found && { ...found });
			assign(shell, each.name, await assigned(shell, each));
			const variable = shell.variables.get(each.name);
			if (variable) variable.exported = true;
		}
		return await call(shell, words);
	} finally {
		for (const [name, variable] of before) {
			if (variable) shell.variables.set(name, variable);
			else shell.variables.delete(name);
		}
		restore.restore();
	}
}

/** A function, a builtin or a program, in this order. */
async function call(shell: Shell, words: readonly string[]): Promise<number> {
	const [name = '', ...args] = words;
	const body = shell.functions.get(name);
	if (body) return callFunction(shell, body, args);
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
	return typeof child === 'number' ? child : waitFor(shell, child);
}

export async function startExternal(shell: Shell, words: readonly string[]): Promise<Process | number> {
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
	shell: Shell,
	body: CompoundCommand | Parameters<typeof runAny>[1] | CompoundList,
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
			? await runStatements(shell, body.commands)
			: await runAny(shell, body);
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
async function execute(shell: Shell, node: Command, words: readonly string[]): Promise<number> {
	const redirected = await redirectOrWarn(shell, () => redirect(shell, node.redirects, expand));
	if (!redirected) throw new Leave(1);
	redirected.keep();
	const [name] = words;
	if (name === undefined) return 0;
	for (const part of node.prefix) {
		if (part.type !== 'Assignment') continue;
		assign(shell, part.name, await assigned(shell, part));
		const variable = shell.variables.get(part.name);
		if (variable) variable.exported = true;
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
