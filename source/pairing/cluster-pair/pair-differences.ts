import type { PairAnswers } from '../answers/answers.ts';
import type { Direction } from '../answers/direction.ts';
import type { World } from '../clusters/ports.ts';
import type { ClusterPairObject } from '../clusters/portworx-kinds.ts';
import { asRecord } from '../words/json.ts';
import { PairingError } from '../words/problem.ts';
import { pairDifferences } from './cluster-pair.ts';
import { accountTokenMissing, plannedPair } from './planned-pair.ts';

/**
 * Where an existing pair is not as it would be made today, as paths of fields.
 * @param pair the answers for this direction
 */
export async function differencesFromPlan(
	existing: ClusterPairObject,
	world: World,
	way: Direction,
	pair: PairAnswers,
	runId: string,
): Promise<readonly string[]> {
	try {
		const planned = await plannedPair(world, way, await withEndpointOf(existing, world, way, pair), runId);
		return pairDifferences(planned, existing);
	} catch (error) {
		// Looked at before there is a token: an existing pair can't carry it.
		if (error instanceof PairingError && error.problem.id === accountTokenMissing) {
			return ['spec.config.users'];
		}
		throw error;
	}
}

/** Any node of the other cluster will do: a pair that names another one than would be chosen today is as planned. */
async function withEndpointOf(
	existing: ClusterPairObject,
	world: World,
	way: Direction,
	pair: PairAnswers,
): Promise<PairAnswers> {
	if (pair.endpoint || pair.storage === 'none') {
		return pair;
	}
	const { ip, port } = asRecord(existing.spec?.options);
	const candidates = await world[way.to].discovery.endpoints();
	const endpoint = candidates.find(candidate => candidate.ip === ip && String(candidate.port) === port);
	return endpoint ? { ...pair, endpoint } : pair;
}
