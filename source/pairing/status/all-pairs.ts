import { defaultPair, type PairAnswers } from '../answers/answers.ts';
import { back, type Direction, forth } from '../answers/direction.ts';
import type { LoginFacts } from '../clusters/login.ts';
import type { ClusterWorld, ReadPairLogin, World } from '../clusters/ports.ts';
import { type ClusterPairObject, clusterPairType } from '../clusters/portworx-kinds.ts';
import { clusterFindings } from '../preflight/clusters.ts';
import { type Look, type LookingAround, lookAround } from '../preflight/look-around.ts';
import { storkFindings } from '../preflight/stork.ts';
import type { Finding } from '../words/finding.ts';
import { textIn } from '../words/json.ts';
import { sides } from '../words/pair.ts';
import { unlessProblem } from '../words/problem.ts';
import { askedOnce } from './asked-once.ts';
import { specOf } from './standing.ts';
import { looksAtFound } from './status.ts';

/** One ClusterPair of the two clusters, and what came of trying it. */
export type PairRow = Readonly<{
	name: string;
	namespace: string;
	/** It exists on `from`. */
	way: Direction;
	/** `elsewhere`: to a cluster that was not named; `unknown`: not paired yet, and its address is neither cluster's. Neither is tried. */
	leads: 'there' | 'elsewhere' | 'unknown';
	/** As Stork writes them; undefined before its first look. */
	storage: string | undefined;
	scheduler: string | undefined;
	/** Milliseconds since 1970. */
	created: number | undefined;
	/** When the login that it carries expires, in milliseconds since 1970; undefined when that is not known or never. */
	loginUntil: number | undefined;
	findings: readonly Finding[];
}>;

export type AllPairs = Readonly<{
	/** Of the clusters themselves. */
	findings: readonly Finding[];
	pairs: readonly PairRow[];
}>;

export type AllPairsRequest = LookingAround & Readonly<{ world: World; readPairLogin: ReadPairLogin }>;

/** Every ClusterPair on both clusters, anyone's; those that lead from one to the other are tried. Nothing is written. */
export async function allPairs(request: AllPairsRequest): Promise<AllPairs> {
	const world = askedOnce(request.world);
	const asked = { ...request, world };
	const [findings, ...rows] = await Promise.all([
		lookAround(clusterLooks(world), request),
		...[forth, back].map(way => rowsOf(way, asked)),
	]);
	return { findings, pairs: rows.flat().toSorted(byName) };
}

/** Stork is looked for where pairs are; what else is wrong there, such as an unreadable pair, is said once. */
function clusterLooks(world: World): readonly Look[] {
	return sides.flatMap((side): readonly Look[] => [
		{ topic: 'cluster', on: side, look: () => clusterFindings(world[side]) },
		{
			topic: 'pair',
			on: side,
			look: async () => {
				const pairs = (await world[side].discovery.clusterPairs()) ?? [];
				return pairs.length === 0 ? [] : storkFindings(world, side, side === 'source' ? forthOnly : backOnly);
			},
		},
	]);
}

const forthOnly: PairAnswers = { ...defaultPair, name: '', namespace: '' };
const backOnly: PairAnswers = { ...forthOnly, back: {} };

async function rowsOf(way: Direction, request: AllPairsRequest): Promise<readonly PairRow[]> {
	const { world } = request;
	// That it can't be listed is among the findings of its cluster.
	const pairs = await world[way.from].discovery.clusterPairs().catch(unlessProblem);
	return Promise.all((pairs ?? []).map(found => rowOf(found, way, request)));
}

async function rowOf(found: ClusterPairObject, way: Direction, request: AllPairsRequest): Promise<PairRow> {
	const { world, readPairLogin, clock } = request;
	const pair = answersFrom(found);
	const login = await readPairLogin(specOf({ found }).config, way.to).catch(unlessProblem);
	const leads = await leadsTo(found, login, world[way.to]);
	const looks = looksAtFound(
		{ world, way, pair, found },
		{ readPairLogin, today: clock.today(), isTried: leads === 'there' },
	);
	const { storageStatus, schedulerStatus } = found.status ?? {};
	return {
		name: pair.name,
		namespace: pair.namespace,
		way,
		leads,
		storage: storageStatus,
		scheduler: schedulerStatus,
		created: timeOf(found.metadata.creationTimestamp),
		loginUntil: untilOf(login),
		findings: await lookAround(looks, request),
	};
}

/** When the login that a pair carries expires, in milliseconds since 1970; undefined when that is not known or never. */
export async function loginEnd(
	world: World,
	way: Direction,
	{ name, namespace }: PairAnswers,
	readPairLogin: ReadPairLogin,
): Promise<number | undefined> {
	const found = await world[way.from].api.get(clusterPairType, name, namespace);
	return found && untilOf(await readPairLogin(specOf({ found }).config, way.to));
}

/** What is there is all that is known of what was asked for. */
function answersFrom(found: ClusterPairObject): PairAnswers {
	const { options } = specOf({ found });
	const isPaired = textIn(options.token) !== '' || textIn(options.ip) !== '';
	return {
		name: found.metadata.name,
		namespace: found.metadata.namespace ?? '',
		storage: isPaired ? 'paired' : 'none',
		login: 'context',
	};
}

/** Portworx's own word counts first; before it has one, the address of the API server does. */
async function leadsTo(
	found: ClusterPairObject,
	login: LoginFacts | undefined,
	cluster: ClusterWorld,
): Promise<PairRow['leads']> {
	const isAddress = login !== undefined && originOf(login.server) === originOf(cluster.server);
	const remote = found.status?.remoteStorageId?.toLowerCase();
	if (isAddress) {
		return 'there';
	}
	if (!remote) {
		return 'unknown';
	}
	const uuid = await cluster.discovery.uuid().catch(unlessProblem);
	return uuid === undefined ? 'unknown' : remote === uuid.toLowerCase() ? 'there' : 'elsewhere';
}

const originOf = (url: string): string => URL.parse(url)?.origin ?? url;

const timeOf = (timestamp: string | null | undefined): number | undefined => {
	const time = Date.parse(timestamp ?? '');
	return Number.isNaN(time) ? undefined : time;
};

const untilOf = (login: LoginFacts | undefined): number | undefined =>
	login && 'until' in login.user ? login.user.until : undefined;

const byName = (one: PairRow, other: PairRow): number =>
	`${one.namespace}/${one.name} ${one.way.to}` < `${other.namespace}/${other.name} ${other.way.to}` ? -1 : 1;
