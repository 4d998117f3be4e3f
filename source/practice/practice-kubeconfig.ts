import { stringify } from 'yaml';
import type { Both, ClusterPlan, TwoClusters } from './cluster-plan.ts';
import type { WayIn } from './way-in/way-in.ts';

type Reachable = Readonly<{ wayIn: WayIn }>;

/** A kubeconfig with the contexts `east` and `west`, which lead where the plans say. */
export function practiceKubeconfig(plans: TwoClusters, clusters: Both<Reachable>): string {
	const entries = [
		entriesOf('east', plans.east, clusters.east, clusters.west),
		entriesOf('west', plans.west, clusters.west, clusters.east),
	];
	return stringify({
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': 'east',
		preferences: {},
		clusters: entries.map(({ cluster }) => cluster),
		users: entries.map(({ user }) => user),
		contexts: entries.map(({ context }) => context),
	});
}

function entriesOf(context: string, { name, access }: ClusterPlan, own: Reachable, other: Reachable) {
	const { cluster, user } = (access === 'to-the-other' ? other : own).wayIn;
	const userName = `${name}-admin`;
	return {
		cluster: { name, cluster },
		user: { name: userName, user },
		context: { name: context, context: { cluster: name, user: userName } },
	};
}
