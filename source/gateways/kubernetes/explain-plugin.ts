import { shell } from '../../pairing/words/command.ts';
import { shortLine } from '../../pairing/words/outside-text.ts';
import { clusterError, type PairingError, type Problem } from '../../pairing/words/problem.ts';
import type { ProblemId } from '../../pairing/words/problem-ids.ts';
import { command, thenRetry } from '../../pairing/words/way.ts';
import type { ProgramResult } from '../machine/run-program.ts';
import { asksForInput } from '../machine/terminal.ts';
import type { Asked } from './explain.ts';

/** What came of a login plugin in place of a login. */
type PluginFailure =
	| Readonly<{ kind: 'invalid' }>
	| Readonly<{ kind: 'nonsense' | 'nothing' | 'no-terminal'; command: string }>
	| Readonly<{ kind: 'version'; command: string; apiVersion: string }>
	| (Exclude<ProgramResult, Readonly<{ kind: 'done' | 'cancelled' }>> &
			Readonly<{
				command: string;
				seconds: number;
				installHint?: string | undefined;
				/** Its section in the kubeconfig says that it can't do without someone to answer it. */
				asks: boolean;
				/** It had the terminal, so it could ask. */
				isLent: boolean;
			}>);

/** Its command and how it ended are told. What it was given and what it printed may hold secrets: they are not. */
export function explainPlugin(asked: Asked, failure: PluginFailure): PairingError {
	const { id, why, evidence, remedies } = explanationOf(failure);
	return clusterError({
		id,
		side: asked.side,
		title: `Logging in to the ${asked.side} cluster (${asked.context}) failed: ${why}`,
		evidence,
		remedies: [...remedies, command('See what it says', shell`kubectl --context ${asked.context} version`)],
	});
}

type Explanation = Readonly<{ id: ProblemId; why: string; evidence: string; remedies: Problem['remedies'] }>;

function explanationOf(failure: PluginFailure): Explanation {
	switch (failure.kind) {
		case 'invalid':
			return {
				id: 'plugin-invalid',
				why: 'the kubeconfig does not say how to run its login plugin',
				evidence: 'its exec section has no command',
				remedies: ['Fix the exec section of the user in the kubeconfig, or choose another context.'],
			};
		case 'nonsense':
			return {
				id: 'plugin-nonsense',
				why: 'the login plugin printed something unexpected',
				evidence: `${failure.command} printed something that is not an ExecCredential`,
				remedies: ['Check command and args in the exec section of the user in the kubeconfig.'],
			};
		case 'nothing':
			return {
				id: 'plugin-nonsense',
				why: 'the login plugin returned no credentials',
				evidence: `${failure.command} printed neither a token nor a certificate with its key`,
				remedies: [thenRetry('Log in again in a shell with the tool it belongs to')],
			};
		case 'version':
			return {
				id: 'plugin-nonsense',
				why: 'the login plugin uses another API version',
				evidence: `the kubeconfig asks ${failure.command} for ${failure.apiVersion}; kubectl and Stork refuse any other`,
				remedies: ['Set the API version of the plugin in the exec section of the user in the kubeconfig.'],
			};
		case 'no-terminal':
			return {
				...prompting,
				evidence: `interactiveMode of ${failure.command} is Always, and it would get no terminal here`,
			};
		case 'not-started':
			return {
				...(failure.code === 'ENOENT' ? missing(failure) : notStarted(failure.command)),
				evidence: `${failure.command}: ${failure.code}`,
			};
		case 'too-late':
			return {
				id: 'plugin-hangs',
				why: 'the login plugin timed out',
				evidence: `${failure.command} ${failure.isLent ? 'had the terminal, and ' : ''}did not finish within ${failure.seconds} s`,
				remedies: [
					thenRetry('It may be waiting for a password or a browser: log in with it in a shell first'),
				],
			};
		case 'too-much':
			return { ...failing, evidence: `${failure.command} printed more than an ExecCredential can have` };
		case 'failed':
			return {
				...(!failure.isLent && (failure.asks || asksForInput(failure.stderr)) ? prompting : failing),
				evidence: `${failure.command} exited with status ${failure.exitCode ?? 'unknown'}`,
			};
	}
}

const missing = ({
	command,
	installHint,
}: Readonly<{ command: string; installHint?: string | undefined }>): Omit<Explanation, 'evidence'> => ({
	id: 'plugin-missing',
	why: 'the login plugin is not installed',
	remedies: [
		`Install ${command}, or use a context that needs no login plugin.`,
		...(installHint ? [`The kubeconfig says how: ${shortLine(installHint)}`] : []),
	],
});

const notStarted = (command: string): Omit<Explanation, 'evidence'> => ({
	id: 'plugin-not-started',
	why: 'the login plugin could not be started',
	remedies: [`Check that ${command} is executable and built for this machine.`],
});

const prompting: Omit<Explanation, 'evidence'> = {
	id: 'plugin-prompts',
	why: 'the login plugin needs input',
	remedies: ['Log in with it in a shell, then run this again: it has no terminal here.'],
};

const failing: Omit<Explanation, 'evidence'> = {
	id: 'plugin-failed',
	why: 'the login plugin failed',
	remedies: [
		thenRetry('Log in again in a shell with the tool it belongs to'),
		'It gets the environment without the variables that hold secrets of this pairing: if it needs one of those, give it under a second name.',
	],
};
