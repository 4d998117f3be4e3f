import type { ClusterFacts, Finding } from './cluster.ts';
import { both, type Pair } from './pair.ts';
import type { ClusterWorld, World } from './ports.ts';
import { PairingError } from './problem.ts';

/** Looks at both clusters at once. What could not be learned is part of the answer, never an error. */
export const findFacts = (world: World): Promise<Pair<ClusterFacts>> =>
	both({ source: world.source, destination: world.destination }, factsOf);

async function factsOf({ context, server, discovery }: ClusterWorld): Promise<ClusterFacts> {
	const [api, platform, portworx, uuid, stork] = await Promise.all([
		finding(discovery.api()),
		finding(discovery.platform()),
		finding(discovery.portworx()),
		finding(discovery.uuid()),
		finding(discovery.stork()),
	]);
	return { context, server, api, platform, portworx, uuid, stork };
}

async function finding<T>(work: Promise<T>): Promise<Finding<T>> {
	try {
		return { kind: 'known', value: await work };
	} catch (error) {
		if (error instanceof PairingError) {
			return { kind: 'unknown', problem: error.problem };
		}
		throw error;
	}
}
