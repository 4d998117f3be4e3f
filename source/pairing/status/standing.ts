import type { PairAnswers } from '../answers/answers.ts';
import type { Direction } from '../answers/direction.ts';
import type { World } from '../clusters/ports.ts';
import type { ClusterPairObject } from '../clusters/portworx-kinds.ts';
import { shell } from '../words/command.ts';
import { asRecord } from '../words/json.ts';
import { command } from '../words/way.ts';

/** An existing ClusterPair, and what is known of how it should. */
export type Standing = Readonly<{
	world: World;
	way: Direction;
	/** The answers for this direction. */
	pair: PairAnswers;
	found: ClusterPairObject;
}>;

export const nameOf = ({ pair }: Pick<Standing, 'pair'>): string => `${pair.namespace}/${pair.name}`;

/** What the pair holds, read as what it is: someone else's JSON. */
export const specOf = ({ found }: Pick<Standing, 'found'>) => {
	const { config, options } = asRecord(found.spec);
	return { config: asRecord(config), options: asRecord(options) };
};

/** Nothing in a Ready pair is looked at again, so it is no use to edit it. */
export const makeAnew = command(
	'Replace the pair, with the answers it was made with',
	shell`pxpair run FILE --existing-pair=replace`,
);

export const runAgain = command(
	'Create what is missing; what is as planned is left unchanged',
	shell`pxpair run FILE`,
);
