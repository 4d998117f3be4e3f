import { isFull } from '../pool.ts';

/*
 * Every way in which the credential that is there may be another than was asked for: what is another, how, on which cluster, who asks,
 * and what is to be done about it. A further command that says something of a credential is a further word in `commands`.
 */

export const aspects = ['provider', 'account', 'secret', 'region', 'endpoint', 'bucket', 'token'] as const;
export const ways = ['same', 'different', 'unreadable'] as const;
export const places = [['east'], ['west'], ['east', 'west']] as const;
export const commands = ['run', 'check', 'status', 'wizard', 'rotate'] as const;
export const policies = ['stop', 'keep', 'replace'] as const;

export type Aspect = (typeof aspects)[number];
export type Way = (typeof ways)[number];
export type Cell = Readonly<{
	aspect: Aspect;
	way: Way;
	place: (typeof places)[number];
	command: (typeof commands)[number];
	policy: (typeof policies)[number];
}>;

const all: readonly Cell[] = aspects.flatMap(aspect =>
	ways.flatMap(way =>
		places.flatMap(place =>
			commands.flatMap(command => policies.map(policy => ({ aspect, way, place, command, policy }))),
		),
	),
);

export const nameOf = ({ aspect, way, place, command, policy }: Cell): string =>
	`${aspect} ${way} on ${place.join(' and ')}, ${command}, ${policy}`;

/** Both clusters hold the same other one: between them nothing differs, only from what was asked for. */
const alike = all.filter(
	({ way, place, command, policy }) =>
		way === 'different' && place.length === 2 && command === 'status' && policy === 'stop',
);

/** Each value of each dimension beside each value of every other. */
export const cells: readonly Cell[] = isFull ? all : [...new Set([...pairwise(all), ...alike])];

function pairwise(candidates: readonly Cell[]): readonly Cell[] {
	const chosen: Cell[] = [];
	const left = new Set(candidates.flatMap(pairsOf));
	while (left.size > 0) {
		const newIn = (cell: Cell) => pairsOf(cell).filter(pair => left.has(pair)).length;
		const best = candidates.reduce((one, other) => (newIn(other) > newIn(one) ? other : one));
		for (const pair of pairsOf(best)) left.delete(pair);
		chosen.push(best);
	}
	return chosen;
}

function pairsOf(cell: Cell): readonly string[] {
	const values = Object.entries(cell).map(([name, value]) => `${name}=${String(value)}`);
	return values.flatMap((one, index) => values.slice(index + 1).map(other => `${one} ${other}`));
}
