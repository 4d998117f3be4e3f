import { type ClusterFacts, known } from './cluster.ts';
import type { Pair, Side } from './pair.ts';
import type { PodPlaces } from './preview.ts';

/** Where Portworx commands run, as far as it is known; else names in capitals to be filled in. */
export function podPlaces(facts: Pair<ClusterFacts>): PodPlaces {
	const place = (side: Side) => {
		const pod = known(facts[side].portworx)?.pods[0];
		return {
			context: facts[side].context,
			namespace: pod?.namespace ?? 'PORTWORX_NAMESPACE',
			pod: pod?.name ?? 'PORTWORX_POD',
		};
	};
	return { source: place('source'), destination: place('destination') };
}
