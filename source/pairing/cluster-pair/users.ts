import type { Direction } from '../answers/direction.ts';
import { type ClusterPairObject, clusterPairType } from '../clusters/kubernetes.ts';
import type { StepContext } from '../step/step.ts';
import { asRecord, textIn } from '../words/json.ts';
import { accountFor } from './account.ts';

type Where = Pick<StepContext, 'world'>;

/** Why the ServiceAccount of a pair has to stay: a ClusterPair, whoever created it, logs in with it. */
export async function usedByPair(
	{ world }: Where,
	way: Direction,
	pair: Readonly<{ name: string; namespace: string }>,
): Promise<string | undefined> {
	const { name } = await accountFor(world, way, pair);
	const pairs = (await world[way.from].api.list(clusterPairType)) ?? [];
	return used(pairs.filter(found => name in asRecord(asRecord(asRecord(found.spec).config).users)));
}

/**
 * Why the credential has to stay: it is named after the destination alone, so all pairs between the two clusters share it. Pairs that
 * other clusters have with this destination can't be seen from here.
 */
export async function usedByDestination(
	{ world }: Where,
	{ from, to }: Direction,
): Promise<string | undefined> {
	const uuid = (await world[to].discovery.uuid()).toLowerCase();
	const pairs = (await world[from].api.list(clusterPairType)) ?? [];
	const because = used(pairs.filter(found => leadsTo(found, uuid, world[to].server)));
	if (because !== undefined) {
		return because;
	}
	const known = await world[from].pxctl.pairs();
	return known.some(({ id }) => id.toLowerCase() === uuid)
		? `Portworx on the ${from} is still paired with ${uuid}`
		: undefined;
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
