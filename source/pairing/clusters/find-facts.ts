import { both, type Pair, type Side } from '../words/pair.ts';
import { problemThrown } from '../words/problem.ts';
import { type ClusterFacts, type Learned, noFactsOf } from './cluster.ts';
import type { ClusterWorld, World } from './ports.ts';

/** Looks at both clusters at once. What could not be learned is part of the answer, never an error. */
export async function findFacts(world: World): Promise<Pair<ClusterFacts>> {
	const found: Record<Side, ClusterFacts> = { ...noFactsOf(world) };
	await tellFacts(world, (side, part) => {
		found[side] = { ...found[side], ...part };
	});
	return found;
}

/** The same, telling each thing as it becomes known. */
export async function tellFacts(
	world: World,
	tell: (side: Side, found: Partial<ClusterFacts>) => void,
): Promise<void> {
	await both({ source: world.source, destination: world.destination }, cluster =>
		tellFactsOf(cluster, found => tell(cluster.side, found)),
	);
}

async function tellFactsOf(
	{ context, server, discovery }: ClusterWorld,
	tell: (found: Partial<ClusterFacts>) => void,
): Promise<void> {
	tell({ context, server });
	await Promise.all([
		learn(discovery.api()).then(api => tell({ api })),
		learn(discovery.platform()).then(platform => tell({ platform })),
		learn(discovery.portworx()).then(portworx => tell({ portworx })),
		learn(discovery.uuid()).then(uuid => tell({ uuid })),
		learn(discovery.stork()).then(stork => tell({ stork })),
	]);
}

/** Of Portworx, as far as it was read already; the destination's, where all but one of the steps that can fail are. */
export const versionRead = ({ source, destination }: World): string | undefined =>
	destination.discovery.portworxVersion() ?? source.discovery.portworxVersion();

/** What came of it, with a PairingError as part of the answer. */
export async function learn<T>(work: Promise<T>): Promise<Learned<T>> {
	try {
		return { kind: 'known', value: await work };
	} catch (error) {
		return { kind: 'unknown', problem: problemThrown(error) };
	}
}
