import type { Problem } from '../pairing/words/problem.ts';

/** Keys that answer a problem, wherever it is shown. */
export const answerKeys = {
	account: 'a',
	server: 'd',
	endpoint: 'o',
	keep: 'k',
	replace: 'p',
} as const;

/** How each way out is called where it is offered. */
export type WaysOut = Readonly<
	Record<'account' | 'server' | 'endpoint' | 'location' | 'keep' | 'replace' | 'back', string>
>;

const asKeys: WaysOut = {
	account: `press ${answerKeys.account}`,
	server: `press ${answerKeys.server}`,
	endpoint: `press ${answerKeys.endpoint}`,
	location: 'press l on the screen that shows what was found',
	keep: answerKeys.keep,
	replace: answerKeys.replace,
	back: '(Esc)',
};

type Saying = Readonly<{ pattern: RegExp; said: keyof WaysOut; isOffered?: (problem: Problem) => boolean }>;

const offers = (id: 'keep' | 'replace') => (problem: Problem) =>
	problem.choices?.some(choice => choice.id === id) ?? false;

/** What is said for an answers file and a command line, and what is said where it can be chosen. */
const sayings: readonly Saying[] = [
	{
		pattern: /pair\.login: service-account in the answers file(, or --service-account)?/g,
		said: 'account',
	},
	{
		pattern: /pair\.(back\.)?server: \S+ in the answers file(, or --server https:\/\/HOST:PORT)?/g,
		said: 'server',
	},
	{
		pattern: /pair\.(back\.)?endpoint \{ip, port\} in the answers file(, or --\S+ \S+)?/g,
		said: 'endpoint',
	},
	{ pattern: /location: cloud, or location: on-premises/g, said: 'location' },
	{ pattern: /--existing-\w+=replace/g, said: 'replace', isOffered: offers('replace') },
	{ pattern: /--existing-\w+=keep/g, said: 'keep', isOffered: offers('keep') },
	{ pattern: /\(Esc\)/g, said: 'back' },
];

/** A problem with ways out that can be taken here, in place of flags and fields of a file. */
export function spoken(problem: Problem, waysOut: WaysOut = asKeys): Problem {
	const say = (remedy: string): string =>
		sayings
			.filter(({ isOffered }) => isOffered?.(problem) ?? true)
			.reduce((text, { pattern, said }) => text.replace(pattern, waysOut[said]), remedy);
	const [first, ...rest] = problem.remedies;
	return { ...problem, remedies: [say(first), ...rest.map(say)] };
}
