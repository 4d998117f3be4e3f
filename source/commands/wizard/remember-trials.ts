import type { Credential } from '../../pairing/answers/credential.ts';
import { sameCredential } from '../../pairing/answers/store-fields.ts';
import type { Clock, ClusterWorld, StoreTrial, World } from '../../pairing/clusters/ports.ts';

/** Milliseconds for which a store's yes is believed. */
const fresh = 5 * 60_000;

type Accepted = Readonly<{ cluster: string; credential: Credential; trial: StoreTrial; at: number }>;

/** A key that a store has just accepted from a cluster is not tried from there again. A no is never remembered. */
export function rememberTrials(clock: Clock): (world: World) => World {
	const accepted: Accepted[] = [];
	const remembering = (cluster: ClusterWorld): ClusterWorld => ({
		...cluster,
		podView: {
			...cluster.podView,
			async tryStore(credential) {
				const name = `${cluster.context} ${cluster.server}`;
				const known = accepted.find(
					each =>
						each.cluster === name &&
						clock.now() - each.at < fresh &&
						sameCredential(each.credential, credential),
				);
				if (known) {
					return known.trial;
				}
				const trial = await cluster.podView.tryStore(credential);
				if (trial.kind === 'accepted') accepted.push({ cluster: name, credential, trial, at: clock.now() });
				return trial;
			},
		},
	});
	return world => ({ source: remembering(world.source), destination: remembering(world.destination) });
}
