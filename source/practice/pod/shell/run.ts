import type { AndOr, CompoundCommand, Pipeline, Script, Statement } from 'unbash';
import { waitFor } from '../run.ts';
import { breathe } from '../streams.ts';
import { calculate } from './arithmetic.ts';
import { runCommand } from './command.ts';
import { evaluateCondition } from './condition.ts';
import { runCase, runFor, runIf, runWhile } from './control.ts';
import { expansions } from './expand.ts';
import { type AnyCommand, guarded, type Language, runTraps } from './language.ts';
import { runParts } from './pipeline.ts';
import { redirect, redirectOrWarn } from './redirect.ts';
import { fork, Jump, Leave, type Shell, ShellError, warn } from './state.ts';

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
const language: Language = { statements: runStatements, any: runAny, untilItLeaves, expand };

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
			return runCommand(language, shell, node);
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
		case 'ArithmeticFor':
			throw new ShellError(`${node.type.toLowerCase()}: not known to the shell of the practice pods`, 2);
		default:
			return runCompound(shell, node);
	}
}

async function runCompound(
	shell: Shell,
	node: Exclude<CompoundCommand, { type: 'Select' | 'ArithmeticFor' }>,
): Promise<number> {
	switch (node.type) {
		case 'BraceGroup':
			return runStatements(shell, node.body.commands);
		case 'Subshell':
			return waitFor(
				shell.process,
				fork(shell, undefined, inner => runScript(inner, node.body)),
			);
		case 'If':
			return runIf(language, shell, node);
		case 'For':
			return runFor(language, shell, node);
		case 'While':
			return runWhile(language, shell, node);
		case 'Case':
			return runCase(language, shell, node);
		case 'ArithmeticCommand':
			return node.expression && (await number(shell, node.expression)) !== 0 ? 0 : 1;
		case 'TestCommand':
			return (await evaluateCondition(shell, node.expression, expand)) ? 0 : 1;
	}
}

const number = (shell: Shell, expression: Parameters<typeof calculate>[1]) =>
	calculate(shell, expression, word => expand.text(shell, word));

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
	const work = () => runParts(language, shell, pipeline);
	const status = await (negated ? guarded(shell, work) : work());
	return negated ? Number(status === 0) : status;
}
