import { pasteable } from '../../pairing/words/command.ts';
import type { Environment } from '../../pairing/words/environment.ts';
import { outsideText } from '../../pairing/words/outside-text.ts';
import { refuse } from '../../pairing/words/problem.ts';
import type { ProblemId } from '../../pairing/words/problem-ids.ts';
import { Secret } from '../../pairing/words/secret.ts';
import { command, type Remedy, thenRetry } from '../../pairing/words/way.ts';
import { findProgram } from './find-program.ts';
import { redact } from './redact.ts';
import { type ProgramResult, runProgram } from './run-program.ts';
import { asksForInput, type Terminal } from './terminal.ts';

export type SecretPrograms = Readonly<{
	/** Without the variables that hold secrets of this pairing. */
	environment: Environment;
	signal: AbortSignal;
	/** Says that one is waited for. */
	during?: <T>(program: string, work: Promise<T>) => Promise<T>;
	/** Where there is one: for a program that asks something. */
	terminal?: Terminal | undefined;
	/** How long each may take; as long as a password manager needs when absent. */
	seconds?: number;
}>;

type Surroundings = SecretPrograms & Readonly<{ folder: string; known: readonly Secret[] }>;

const patience = 60;
/** Characters. No credential is near it. */
const most = 64 * 1024;

/**
 * What a program prints, such as a password manager. It is started as the list says, without a shell.
 * @throws PairingError that quotes neither its output nor a secret
 */
export async function secretFromCommand(
	argv: readonly string[],
	field: string,
	surroundings: Surroundings,
): Promise<string> {
	const { seconds = patience, known } = surroundings;
	const [program = ''] = argv;
	const result = await run(argv, field, surroundings, seconds);
	if (result.kind === 'done' && result.stdout.trim() !== '') {
		return result.stdout;
	}
	const { id, evidence, remedies } = explain(result, program, seconds, known);
	refuse({
		id,
		title: id === 'cancelled' ? 'Stopped before all secrets were read' : `No value for ${field}`,
		evidence,
		remedies: [...remedies, inShell(argv)],
	});
}

/** What asks without getting an answer is run once more, with the terminal: what it says there is not ours to search for values. */
async function run(
	[program = '', ...args]: readonly string[],
	field: string,
	{ environment, folder, signal, terminal, during = (_, work) => work }: Surroundings,
	seconds: number,
): Promise<ProgramResult> {
	const found = await findProgram(program, folder, environment);
	if ('code' in found) {
		return found;
	}
	const given = { file: found.path, args, environment, folder, seconds, most, signal };
	const first = await during(program, runProgram({ ...given, ...(terminal && { terminal: 'none' }) }));
	return terminal && wantsTerminal(first)
		? terminal.lend({ who: `${outsideText(program, 60)} for ${field}`, seconds }, () =>
				runProgram({ ...given, terminal: 'lent' }),
			)
		: first;
}

const wantsTerminal = (result: ProgramResult): boolean =>
	(result.kind === 'done' && result.stdout.trim() === '') ||
	(result.kind === 'failed' &&
		result.killedBy === undefined &&
		(result.stderr.trim() === '' || asksForInput(result.stderr)));

type Explanation = Readonly<{ id: ProblemId; evidence: string; remedies: readonly [Remedy, ...Remedy[]] }>;

function explain(
	result: ProgramResult,
	program: string,
	seconds: number,
	known: readonly Secret[],
): Explanation {
	switch (result.kind) {
		case 'done':
			return {
				id: 'secret-command-failed',
				evidence: `${program} printed nothing${saidOf(result.stderr, known)}`,
				remedies: [thenRetry('Make it print the secret on its standard output')],
			};
		case 'failed':
			if (result.killedBy === 'SIGINT') {
				return explain({ kind: 'cancelled' }, program, seconds, known);
			}
			return {
				id: 'secret-command-failed',
				evidence: `${howItEnded(program, result)}${saidOf(result.stderr, [...known, new Secret(result.stdout.trim())])}`,
				remedies: [thenRetry('Sign in to the password manager or fix its arguments')],
			};
		case 'too-late':
			return {
				id: 'secret-command-timeout',
				evidence: `${program} did not finish within ${seconds} s`,
				remedies: [thenRetry('Sign in to the password manager first: the program may be waiting for input')],
			};
		case 'too-much':
			return {
				id: 'secret-command-failed',
				evidence: `${program} printed more than ${most / 1024} KiB`,
				remedies: [thenRetry('Make it print the secret alone')],
			};
		case 'not-started':
			return {
				id: 'secret-command-not-started',
				evidence: `${program}: ${notStarted[result.code] ?? result.code}`,
				remedies: [
					result.code === 'ENOENT'
						? thenRetry('Install it, or give its full path')
						: thenRetry('Check that it is executable and built for this machine'),
				],
			};
		case 'cancelled':
			return {
				id: 'cancelled',
				evidence: `${program} was ended`,
				remedies: [thenRetry('Nothing was changed')],
			};
	}
}

const howItEnded = (
	program: string,
	{ exitCode, killedBy }: Extract<ProgramResult, Readonly<{ kind: 'failed' }>>,
): string =>
	exitCode === undefined
		? `${program} was killed${killedBy ? ` by ${killedBy}` : ''}`
		: `${program} exited with status ${exitCode}`;

const notStarted: Readonly<Record<string, string>> = {
	ENOENT: 'no such program',
	EACCES: 'it is not an executable file',
	ERR_INVALID_ARG_VALUE: 'NUL character in a word',
	ENOEXEC: 'it is neither a program for this machine nor a script that begins with #!',
};

/** Its last words. What has the looks of a key is not among them, whether or not it is known. */
function saidOf(stderr: string, known: readonly Secret[]): string {
	const lines = redact(stderr, known)
		.replaceAll(/[\w+/=~.-]{16,}/g, word => (looksLikeKey(word) ? '••••••••' : word))
		.split('\n')
		.map(line => outsideText(line, 200))
		.filter(Boolean)
		.slice(-3);
	return lines.length === 0 ? '' : `; it said:\n${lines.join('\n')}`;
}

/** Of words that are as long as an access key ID. */
const looksLikeKey = (word: string): boolean => /\d/.test(word) && /[A-Za-z]/.test(word);

function inShell(argv: readonly string[]): Remedy {
	const line = pasteable(argv);
	return line === undefined
		? 'Run it in a shell to see what it says.'
		: command('Run it in a shell (it prints the secret)', line);
}
