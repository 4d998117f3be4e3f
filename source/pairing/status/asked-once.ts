import type { ClusterWorld, World } from '../clusters/ports.ts';
import { remember } from '../words/remember.ts';

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
			validateCredential: keyed(pxctl.validateCredential, name => name),
			storedCredential: keyed(pxctl.storedCredential, name => name),
		},
		podView: {
			...podView,
			ask: keyed(podView.ask, request => JSON.stringify(request)),
			clock: remember(podView.clock),
		},
	};
}

function keyed<In, Out>(ask: (value: In) => Promise<Out>, keyOf: (value: In) => string) {
	const answers = new Map<string, () => Promise<Out>>();
	return (value: In): Promise<Out> => {
		const key = keyOf(value);
		const known = answers.get(key) ?? remember(() => ask(value));
		answers.set(key, known);
		return known();
	};
}
