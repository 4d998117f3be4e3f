import type { Direction } from '../answers/direction.ts';
import type { World } from '../clusters/ports.ts';
import { type ClusterPairObject, clusterPairType } from '../clusters/portworx-kinds.ts';
import type { UndoContext } from '../step/step.ts';
import { asRecord, textIn } from '../words/json.ts';
import type { Side } from '../words/pair.ts';
import { accountFor } from './account.ts';
import { isGone } from './ownership.ts';

type Where = Pick<UndoContext, 'world' | 'goneBefore'>;

/** Why the ServiceAccount of a pair has to stay: a ClusterPair, no matter who created it, logs in with it. */
export async function usedByPair(
	context: Where,
	way: Direction,
	pair: Readonly<{ name: string; namespace: string }>,
): Promise<string | undefined> {
	const { name } = await accountFor(context.world, way, pair);
	const { staying } = await pairsOn(context, way.from);
	return used(staying.filter(found => name in asRecord(asRecord(asRecord(found.spec).config).users)));
}

/**
 * Why the credential has to stay: it is named after the destination alone, so all pairs between the two clusters share it. Pairs that
 * other clusters have with this destination can't be seen from here.
 */
export async function usedByDestination(
	context: Where,
	{ from, to }: Direction,
): Promise<string | undefined> {
	const { world } = context;
	const uuid = (await world[to].discovery.uuid()).toLowerCase();
	const { staying, going } = await pairsOn(context, from);
	const leads = (found: ClusterPairObject) => leadsTo(found, uuid, world[to].server);
	const because = used(staying.filter(leads));
	// Stork ends the pairing of Portworx with the last ClusterPair.
	if (because !== undefined || going.some(leads)) {
		return because;
	}
	const known = await world[from].pxctl.pairs();
	return known.some(({ id }) => id.toLowerCase() === uuid)
		? `Portworx on the ${from} is still paired with ${uuid}`
		: undefined;
}

/** All ClusterPairs of the one cluster that point to the other, no matter who created them. */
export async function pairsTowards(
	world: World,
	{ from, to }: Direction,
): Promise<readonly ClusterPairObject[]> {
	const uuid = (await world[to].discovery.uuid()).toLowerCase();
	const { staying } = await pairsOn({ world }, from);
	return staying.filter(found => leadsTo(found, uuid, world[to].server));
}

/** `going`: what would be deleted by then. */
async function pairsOn(context: Where, side: Side) {
	const pairs = (await context.world[side].api.list(clusterPairType)) ?? [];
	const goes = ({ metadata }: ClusterPairObject) => isGone(context, metadata.uid);
	return { staying: pairs.filter(found => !goes(found)), going: pairs.filter(goes) };
}

/** Portworx's own word, where there is one yet; else the address of the API server. */
function leadsTo({ spec, status }: ClusterPairObject, uuid: string, server: string): boolean {
	const remote = status?.remoteStorageId?.toLowerCase();
	if (remote) {
		return remote === uuid;
	}
	const clusters = Object.values(asRecord(asRecord(asRecord(spec).config).clusters));
	return clusters.some(cluster => textIn(asRecord(cluster).server) === server);
}

const used = ([first, ...more]: readonly ClusterPairObject[]): string | undefined =>
	first &&
	`the ClusterPair ${first.metadata.namespace}/${first.metadata.name}${more.length > 0 ? ` and ${more.length} more` : ''} uses it`;
