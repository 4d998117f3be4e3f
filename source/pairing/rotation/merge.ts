import { type ClusterPairObject, clusterPairType } from '../clusters/portworx-kinds.ts';
import type { StepContext } from '../step/step.ts';
import type { Branch } from '../words/manifest.ts';
import type { Side } from '../words/pair.ts';
import { PairingError } from '../words/problem.ts';

/** Milliseconds between two attempts, and how many there are: Stork writes its status at any time. */
const again = { pause: 100, attempts: 10 };

/** Merges changes into this ClusterPair, and into no other of its name. */
export async function merge(
	{ world, clock }: StepContext,
	side: Side,
	found: ClusterPairObject,
	changes: Branch,
): Promise<void> {
	const { api } = world[side];
	const { name, namespace, uid } = found.metadata;
	let seen = found;
	for (let attempt = 1; ; attempt += 1) {
		try {
			await api.merge(clusterPairType, seen, changes);
			return;
		} catch (error) {
			const isConflict = error instanceof PairingError && error.problem.id === 'conflict';
			const now = isConflict ? await api.get(clusterPairType, name, namespace) : undefined;
			if (!now || now.metadata.uid !== uid || attempt === again.attempts) {
				throw error;
			}
			seen = now;
			await clock.sleep(again.pause, new AbortController().signal);
		}
	}
}
