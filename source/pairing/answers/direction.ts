import type { Side } from '../words/pair.ts';
import type { PairAnswers } from './answers.ts';

/** Which way a ClusterPair leads: it runs on `from`, where Stork works on it, and its spec is generated on `to`. */
export type Direction = Readonly<{ from: Side; to: Side }>;

export const forth: Direction = { from: 'source', to: 'destination' };
export const back: Direction = { from: 'destination', to: 'source' };

export const directionsOf = (pair: PairAnswers): readonly Direction[] =>
	pair.back ? [forth, back] : [forth];

/** The answers as they hold for one direction: address and endpoint are those of the cluster that it points to. */
export function pairTowards(
	{ endpoint, server, back: wayBack, ...pair }: PairAnswers,
	{ to }: Direction,
): PairAnswers {
	const there = to === 'destination' ? { endpoint, server } : (wayBack ?? {});
	return {
		...pair,
		...(there.endpoint && { endpoint: there.endpoint }),
		...(there.server && { server: there.server }),
	};
}
