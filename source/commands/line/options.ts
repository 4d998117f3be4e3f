import { type Policy, policies } from '../../pairing/answers/answers.ts';
import { isServer, serverRule } from '../../pairing/answers/well-formed.ts';
import { didYouMean } from '../../pairing/words/did-you-mean.ts';
import { type Flags, Mistake, type Values, valuesOf } from './flags.ts';

/** Flags that several commands know. */

export const json = { type: 'boolean', does: 'print JSON' } as const;
export const jsonLines = { type: 'boolean', does: 'print one JSON object per line' } as const;

export const practice = {
	practice: { type: 'boolean', joins: 'scenario', does: 'on the practice clusters' },
	scenario: { type: 'string', value: 'NAME', suggest: 'scenarios', isUnlisted: true },
} as const satisfies Flags;

export const kubeconfig = {
	kubeconfig: { type: 'string', value: 'FILE' },
} as const satisfies Flags;

/** How a command exits that was stopped. */
export const whenStopped = '130 stopped (143 by SIGTERM)';
/** Of what asks before it begins. */
export const whenStoppedOrNo = `${whenStopped}, or not confirmed`;

/** Which clusters. */
export const clusters = {
	...kubeconfig,
	source: { type: 'string', value: 'CONTEXT', suggest: 'contexts' },
	destination: { type: 'string', value: 'CONTEXT', suggest: 'contexts' },
} as const satisfies Flags;

export const storkctl = {
	storkctl: {
		type: 'string',
		value: 'PATH|none',
		suggest: ['none'],
		does: 'path of storkctl; none: built-in generator',
	},
} as const satisfies Flags;

export const bothWays = { type: 'boolean', does: 'pair destination → source as well' } as const;

const policy = {
	type: 'string',
	value: 'POLICY',
	suggest: policies,
	does: 'if it differs: stop, keep or replace',
} as const;

/** All that a run can be told besides its answers; checks and plans take the same. */
export const runFlags = {
	'service-account': { type: 'boolean', does: 'use a ServiceAccount for the pair' },
	'both-ways': bothWays,
	server: {
		type: 'string',
		value: 'URL',
		does: 'API server address that the pair uses',
		read: (text: string) => (isServer(text) ? text : new Mistake(`--server takes ${serverRule}`)),
	},
	ignore: {
		type: 'string',
		value: 'ID,ID',
		does: 'treat these problems as warnings',
		read: (text: string): readonly string[] => text.split(',').filter(Boolean),
	},
	...practice,
	'existing-credential': { ...policy, read: (text: string) => policyNamed('credential', text) },
	'existing-pair': { ...policy, read: (text: string) => policyNamed('pair', text) },
	timeout: {
		type: 'string',
		value: 'SECONDS',
		does: 'how long to wait for Ready (600)',
		read: secondsOf,
	},
	...storkctl,
	...clusters,
} as const satisfies Flags;

function policyNamed(subject: 'credential' | 'pair', text: string): Policy | Mistake {
	const takes = `--existing-${subject} takes ${policies.join(', ')}, not "${text}"`;
	return policies.find(name => name === text) ?? new Mistake(`${takes}${didYouMean(text, policies)}`);
}

function secondsOf(text: string): number | Mistake {
	const seconds = /^\d{1,5}$/.test(text) ? Number(text) : 0;
	return seconds > 0 && seconds <= 86_400
		? seconds
		: new Mistake(`--timeout takes whole seconds from 1 to 86400, not "${text}"`);
}

type RunValues = Values<typeof runFlags>;

/** What the commands are given of them. */
export type CommonOptions = Readonly<
	Omit<RunValues, 'practice' | 'scenario' | 'timeout' | 'ignore'> & {
		/** undefined: real clusters. */
		practice: Readonly<{ scenario: string | undefined }> | undefined;
		patienceSeconds: number | undefined;
		/** Ids of problems to warn of only. */
		ignore: readonly string[];
	}
>;

/** Of a command that knows some of them. A flag that is none of them is the command's own, and refused by the compiler. */
export function commonOf<Given extends Partial<RunValues>>(
	given: Given & Record<Exclude<keyof Given, keyof RunValues>, never>,
): CommonOptions {
	const { practice, scenario, timeout, ignore = [], ...others } = { ...noneGiven, ...given };
	return {
		...others,
		practice: practice || scenario ? { scenario } : undefined,
		patienceSeconds: timeout,
		ignore,
	};
}

const noneGiven = valuesOf(runFlags, {}) as RunValues;

/** How things are said: known everywhere, so that an alias may hold them. */
export const lookFlags = {
	accessible: { type: 'boolean', does: 'lines for a screen reader' },
	ascii: { type: 'boolean' },
	'no-color': { type: 'boolean' },
	'no-bell': { type: 'boolean' },
	verbose: { type: 'boolean', short: 'v' },
} as const satisfies Flags;

/** Known everywhere. */
export const everywhere = {
	...lookFlags,
	help: { type: 'boolean', short: 'h' },
	version: { type: 'boolean', short: 'V' },
} as const satisfies Flags;
