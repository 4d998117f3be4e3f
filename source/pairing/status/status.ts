import type { Answers } from '../answers/answers.ts';
import { type Direction, directionsOf, pairTowards } from '../answers/direction.ts';
import { clusterPairType } from '../clusters/kubernetes.ts';
import type { ReadPairLogin, World } from '../clusters/ports.ts';
import { clusterFindings } from '../preflight/clusters.ts';
import { type Look, type LookingAround, lookAround } from '../preflight/look-around.ts';
import { storkFindings } from '../preflight/stork.ts';
import type { Finding, Topic } from '../words/finding.ts';
import { type Side, sides } from '../words/pair.ts';
import { remember } from '../words/remember.ts';
import { accountFindings } from './account.ts';
import { credentialFindings } from './credentials.ts';
import { planFindings } from './plan.ts';
import { missing, presenceFindings } from './presence.ts';
import type { Standing } from './standing.ts';
import { peerFindings, tokenFindings } from './storage.ts';
import { travelFindings } from './travel.ts';

export type StatusRequest = LookingAround &
	Readonly<{
		world: World;
		answers: Answers;
		/** Whether the answers are those that the pair was made with; else there is no plan to hold it against. */
		hasPlan: boolean;
		readPairLogin: ReadPairLogin;
	}>;

/**
 * Whether a pair still works. Stork never looks at a Ready pair again, so everything that its word rests on is tried anew, all at the
 * same time. Nothing is written.
 */
export const pairStatus = (request: StatusRequest): Promise<readonly Finding[]> =>
	lookAround(
		[
			...sides.map(
				(side): Look => ({ topic: 'cluster', on: side, look: () => clusterFindings(request.world[side]) }),
			),
			...directionsOf(request.answers.pair).flatMap(way => looksAt(way, request)),
		],
		request,
	);

function looksAt(
	way: Direction,
	{ world, clock, answers, hasPlan, readPairLogin }: StatusRequest,
): readonly Look[] {
	const { from, to } = way;
	const pair = pairTowards(answers.pair, way);
	const isPaired = pair.storage === 'paired';
	const existing = remember(() => world[from].api.get(clusterPairType, pair.name, pair.namespace));
	/** Of a pair that is not there, one look tells. */
	const at = (
		topic: Topic,
		on: Side,
		look: (standing: Standing) => readonly Finding[] | Promise<readonly Finding[]>,
	): Look => ({
		topic,
		on,
		async look() {
			const found = await existing();
			return found ? look({ world, way, pair, found }) : [];
		},
	});
	return [
		{
			topic: 'pair',
			on: from,
			look: async () => ((await existing()) ? [] : [missing(world[from], way, pair)]),
		},
		{ topic: 'stork', on: from, look: () => storkFindings(world, from, answers.pair) },
		at('pair', from, presenceFindings),
		...(hasPlan ? [at('plan', from, planFindings)] : []),
		at('way', to, standing => travelFindings(standing, readPairLogin, clock.today())),
		at('login', to, accountFindings),
		...(isPaired
			? [
					at('pair', from, tokenFindings),
					at('pair', from, peerFindings),
					...sides.map(
						(side): Look => ({
							topic: 'credential',
							on: side,
							look: () => credentialFindings(world, side, to, answers.objectStore.provider !== 'none'),
						}),
					),
				]
			: []),
	];
}
