import type { DeniedRule } from './api/access/authorization.ts';
import type { ClusterPlan } from './cluster-plan.ts';

/** What each way of being forbidden something denies, to the administrator as to everybody. */
export const deniedRules: Readonly<Record<ClusterPlan['forbidden'], readonly DeniedRule[]>> = {
	nothing: [],
	exec: [{ verb: '*', group: '', resource: 'pods', subresource: 'exec' }],
	'create-namespaces': [{ verb: 'create', group: '', resource: 'namespaces' }],
	'list-nodes': [{ verb: 'list', group: '', resource: 'nodes' }],
	'make-pairs': ['create', 'patch', 'delete'].map(verb => ({
		verb,
		group: 'stork.libopenstorage.org',
		resource: 'clusterpairs',
	})),
	'bind-roles': [
		{ verb: 'create', group: 'rbac.authorization.k8s.io', resource: 'clusterrolebindings' },
		{ verb: 'bind', group: 'rbac.authorization.k8s.io', resource: 'clusterroles' },
	],
};
