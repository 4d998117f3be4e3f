import type { Problem } from '../pairing/problem.ts';

/** Keys that answer a problem, wherever it is shown. */
export const answerKeys = {
	account: 'a',
	server: 'd',
	endpoint: 'o',
	keep: 'k',
	replace: 'p',
} as const;

type Saying = Readonly<{ pattern: RegExp; said: string; isOffered?: (problem: Problem) => boolean }>;

const offers = (id: 'keep' | 'replace') => (problem: Problem) =>
	problem.choices?.some(choice => choice.id === id) ?? false;

/** What is said for an answers file and a command line, and what is said where there are keys. */
const sayings: readonly Saying[] = [
	{
		pattern: /pair\.login: service-account in the answers file(, or --service-account)?/g,
		said: `press ${answerKeys.account}`,
	},
	{
		pattern: /pair\.(back\.)?server: \S+ in the answers file(, or --server https:\/\/HOST:PORT)?/g,
		said: `press ${answerKeys.server}`,
	},
	{
		pattern: /pair\.(back\.)?endpoint \{ip, port\} in the answers file(, or --\S+ \S+)?/g,
		said: `press ${answerKeys.endpoint}`,
	},
	{
		pattern: /location: cloud, or location: on-premises/g,
		said: 'press l on the screen that shows what was found',
	},
	{ pattern: /--existing-\w+=replace/g, said: answerKeys.replace, isOffered: offers('replace') },
	{ pattern: /--existing-\w+=keep/g, said: answerKeys.keep, isOffered: offers('keep') },
];

/** A problem with ways out that can be taken here: keys in place of flags and fields of a file. */
export function spoken(problem: Problem): Problem {
	const say = (remedy: string): string =>
		sayings
			.filter(({ isOffered }) => isOffered?.(problem) ?? true)
			.reduce((text, { pattern, said }) => text.replace(pattern, said), remedy);
	const [first, ...rest] = problem.remedies;
	return { ...problem, remedies: [say(first), ...rest.map(say)] };
}
