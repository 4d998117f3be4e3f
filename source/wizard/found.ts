import { type ClusterFacts, known } from '../pairing/cluster.ts';
import { type Pair, sides } from '../pairing/pair.ts';
import { inputProblem, type Problem } from '../pairing/problem.ts';
import type { Facts } from './questions.ts';

const all = ['api', 'platform', 'portworx', 'uuid', 'stork'] as const;

export const isLookedAt = (facts: Facts): facts is Pair<ClusterFacts> =>
	sides.every(side => all.every(name => facts[side][name] !== undefined));

/** Everything is known, and nothing of it stands in the way. */
export const mayRun = (facts: Facts): boolean => isLookedAt(facts) && blockers(facts).length === 0;

/** What would make the pairing fail, as far as it is known by now. Each thing once. */
export function blockers(facts: Facts): readonly Problem[] {
	const found = [
		...sides.flatMap(side => [facts[side].api, facts[side].portworx, facts[side].uuid]),
		facts.source.stork,
	].flatMap(learned => (learned?.kind === 'unknown' ? [learned.problem] : []));
	const same = sameCluster(facts);
	const problems = same ? [same, ...found] : found;
	return problems.filter(
		(problem, index) =>
			problems.findIndex(other => other.id === problem.id && other.side === problem.side) === index,
	);
}

function sameCluster({ source, destination }: Facts): Problem | undefined {
	const pairs = [
		['kube-system UID', settled(source.api)?.uid, settled(destination.api)?.uid],
		['Portworx cluster UUID', settled(source.uuid), settled(destination.uuid)],
	] as const;
	const same = pairs.find(([, left, right]) => left !== undefined && left !== '' && left === right);
	return same
		? inputProblem({
				id: 'same-cluster',
				title: 'Source and destination are the same cluster',
				evidence: `both have the ${same[0]} ${same[1]}`,
				remedies: ['Go back (Esc) and choose two contexts that lead to two clusters.'],
			})
		: undefined;
}

const settled = <T>(learned: Parameters<typeof known<T>>[0] | undefined): T | undefined =>
	learned === undefined ? undefined : known(learned);
