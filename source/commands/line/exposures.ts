import type { Environment } from '../../pairing/words/environment.ts';

/** What Node.js can be told that shows what this process holds, and to whom. */
const exposing: readonly (readonly [flag: RegExp, does: string])[] = [
	[/^--inspect/, 'lets other programs on this machine read its memory, and the keys in it'],
	[/^--(heapsnapshot-|heap-prof)/, 'writes its memory to a file, and the keys in it'],
	[/^--report-/, 'writes a report with all environment variables to a file'],
	[/^--tls-keylog/, 'writes the keys of its TLS connections to a file'],
	[/^--trace-tls/, 'prints what it sends and receives'],
	[
		/^(-r|--require|--import|--(experimental-)?loader)\b/,
		'runs other code inside it, which can read the keys',
	],
	[/^--abort-on-uncaught-exception/, 'leaves a core dump if it crashes, and the keys in it'],
];

/** @param flags those that Node.js itself was started with */
export function exposures(
	{ NODE_OPTIONS = '', NODE_DEBUG }: Environment,
	flags: readonly string[],
): readonly string[] {
	const given = [
		...flags.map(flag => ({ flag, from: '' })),
		...NODE_OPTIONS.split(/\s+/).map(flag => ({ flag, from: ' in NODE_OPTIONS' })),
	];
	const found = given.flatMap(({ flag, from }) => {
		const name = flag.replaceAll('_', '-').replace(/=.*$/, '');
		const does = exposing.find(([pattern]) => pattern.test(name))?.[1];
		return does === undefined ? [] : [`${name}${from} ${does}`];
	});
	return [...found, ...(NODE_DEBUG ? ['NODE_DEBUG prints details of its requests'] : [])];
}

/** For a person who has not given any secret yet. */
export const exposureLines = (found: readonly string[]): readonly string[] =>
	found.length === 0
		? []
		: [
				'Warning: Node.js is set up to show what pxpair holds in memory',
				...found.map(each => `  ${each}`),
				'  → Start pxpair again without it.',
			];
