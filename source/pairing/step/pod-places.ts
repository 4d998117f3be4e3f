import { type ClusterFacts, known } from '../clusters/cluster.ts';
import type { Pair, Side } from '../words/pair.ts';
import type { PodPlaces } from './preview.ts';

/**
 * Where Portworx commands run, as far as it is known; else names in capitals to be filled in.
 * @param kubeconfigs the files that were named for a side; without one, kubectl finds its own
 */
export function podPlaces(
	facts: Pair<ClusterFacts>,
	kubeconfigs: Partial<Pair<string | undefined>> = {},
): PodPlaces {
	const place = (side: Side) => {
		const portworx = known(facts[side].portworx);
		const pod = portworx?.pods[0];
		const kubeconfig = kubeconfigs[side];
		return {
			context: facts[side].context,
			namespace: pod?.namespace ?? 'PORTWORX_NAMESPACE',
			pod: pod?.name ?? 'PORTWORX_POD',
			secured: portworx?.secured ?? false,
			...(kubeconfig !== undefined && { kubeconfig }),
		};
	};
	return { source: place('source'), destination: place('destination') };
}
