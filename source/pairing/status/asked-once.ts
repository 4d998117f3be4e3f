import type { ClusterWorld, World } from '../clusters/ports.ts';
import { remember, rememberEach } from '../words/remember.ts';

/** The same world, in which a question that every pair between two clusters raises is asked once for all of them. */
export const askedOnce = ({ source, destination }: World): World => ({
	source: once(source),
	destination: once(destination),
});

function once(cluster: ClusterWorld): ClusterWorld {
	const { pxctl, podView } = cluster;
	return {
		...cluster,
		pxctl: {
			...pxctl,
			pairs: remember(pxctl.pairs),
			validateCredential: rememberEach(pxctl.validateCredential),
			storedCredential: rememberEach(pxctl.storedCredential),
		},
		podView: {
			...podView,
			ask: rememberEach(podView.ask, JSON.stringify),
			clock: remember(podView.clock),
		},
	};
}
