import type { Answers } from '../answers/answers.ts';
import { credentialName } from '../answers/credential.ts';
import { type Direction, directionsOf, pairTowards } from '../answers/direction.ts';
import type { ReadPairLogin, World } from '../clusters/ports.ts';
import { clusterPairType } from '../clusters/portworx-kinds.ts';
import { clusterFindings } from '../preflight/clusters.ts';
import { type Look, type LookingAround, lookAround } from '../preflight/look-around.ts';
import { storkFindings } from '../preflight/stork.ts';
import type { Identity } from '../step/step.ts';
import type { Finding, Topic } from '../words/finding.ts';
import { type Side, sides } from '../words/pair.ts';
import { remember } from '../words/remember.ts';
import { accountFindings } from './account.ts';
import { credentialFindings, type MadeAt, type PlannedCredential } from './credentials.ts';
import { planFindings } from './plan.ts';
import { missing, presenceFindings } from './presence.ts';
import type { Standing } from './standing.ts';
import { peerFindings, tokenFindings } from './storage.ts';
import { travelFindings } from './travel.ts';

export type StatusRequest = LookingAround &
	Readonly<{
		answers: Answers;
		/** Whether the answers are those that the pair was made with; else there is no plan to hold it against. */
		hasPlan: boolean;
		readPairLogin: ReadPairLogin;
		madeAt?: MadeAt;
		/** By the ids of the steps that made it, where a record of the pair tells. */
		made?: ReadonlyMap<string, Identity> | undefined;
	}>;

/**
 * Whether a pair still works. Stork never looks at a Ready pair again, so everything that its word rests on is tried again, all at the
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
	{ world, clock, answers, hasPlan, readPairLogin, madeAt, made }: StatusRequest,
): readonly Look[] {
	const { from } = way;
	const { objectStore, existing: policies } = answers;
	const planned =
		hasPlan && objectStore.provider !== 'none'
			? { credential: objectStore, whenDifferent: policies.credential, made }
			: undefined;
	const pair = pairTowards(answers.pair, way);
	const existing = remember(() => world[from].api.get(clusterPairType, pair.name, pair.namespace));
	/** Of a pair that is not there, one look tells. */
	const ifFound = ({ topic, on, look }: LookAtStanding): Look => ({
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
		ifFound(presence(way)),
		...(hasPlan ? [ifFound({ topic: 'plan', on: from, look: planFindings })] : []),
		...trials(way, { readPairLogin, today: clock.today() }).map(ifFound),
		...(pair.storage === 'paired'
			? [
					...storageTrials(way).map(ifFound),
					...credentialLooks(
						way,
						world,
						async () => answers.objectStore.provider !== 'none',
						planned,
						madeAt,
					),
				]
			: []),
	];
}

export type TrialRequest = Readonly<{
	readPairLogin: ReadPairLogin;
	/** Milliseconds since 1970. */
	today: number;
}>;

/**
 * A pair that was found, of which no plan is known.
 * @param isTried false: only what Stork says of it is told
 */
export function looksAtFound(
	standing: Standing,
	{ isTried, ...request }: TrialRequest & Readonly<{ isTried: boolean }>,
): readonly Look[] {
	const { way, world, pair } = standing;
	const at = ({ topic, on, look }: LookAtStanding): Look => ({ topic, on, look: async () => look(standing) });
	const isPaired = pair.storage === 'paired';
	return [
		at(presence(way)),
		...(isTried ? trials(way, request).map(at) : []),
		...(isTried && isPaired
			? [...storageTrials(way).map(at), ...credentialLooks(way, world, hasAnyCredential(way, world))]
			: []),
	];
}

type LookAtStanding = Readonly<{
	topic: Topic;
	on: Side;
	look: (standing: Standing) => readonly Finding[] | Promise<readonly Finding[]>;
}>;

const presence = ({ from }: Direction): LookAtStanding => ({
	topic: 'pair',
	on: from,
	look: presenceFindings,
});

const trials = ({ to }: Direction, { readPairLogin, today }: TrialRequest): readonly LookAtStanding[] => [
	{ topic: 'way', on: to, look: standing => travelFindings(standing, readPairLogin, today) },
	{ topic: 'login', on: to, look: accountFindings },
];

const storageTrials = ({ from }: Direction): readonly LookAtStanding[] => [
	{ topic: 'pair', on: from, look: tokenFindings },
	{ topic: 'pair', on: from, look: peerFindings },
];

const credentialLooks = (
	{ to }: Direction,
	world: World,
	isWanted: () => Promise<boolean>,
	planned?: PlannedCredential,
	madeAt?: MadeAt,
): readonly Look[] =>
	sides.map(side => ({
		topic: 'credential',
		on: side,
		look: async () => credentialFindings(world, side, to, await isWanted(), planned, madeAt),
	}));

/** Where no plan tells whether there should be one: a pair that has a credential on one side needs it on both. */
const hasAnyCredential = ({ to }: Direction, world: World): (() => Promise<boolean>) =>
	remember(async () => {
		const name = credentialName(await world[to].discovery.uuid());
		const states = await Promise.all(sides.map(side => world[side].pxctl.validateCredential(name)));
		return states.some(({ kind }) => kind !== 'absent');
	});
