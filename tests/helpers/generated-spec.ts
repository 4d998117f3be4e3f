import { parse, stringify } from 'yaml';

type Named = Readonly<{ name: string }>;
type Kubeconfig = Readonly<{
	clusters: readonly (Named & { cluster: object })[];
	users: readonly (Named & { user: object })[];
	contexts: readonly (Named & { context: { cluster: string; user: string } })[];
}>;

/** The spec as the real storkctl prints it for a context, with what must not travel. */
export function generatedSpec(kubeconfig: string, name: string): string {
	const { clusters, users, contexts } = parse(kubeconfig) as Kubeconfig;
	const LocationOfOrigin = '/home/someone/.kube/config';
	const extensions = { cluster_info: { provider: 'minikube.sigs.k8s.io', list: ['a', { b: 'c' }] } };
	const context = contexts.find(entry => entry.name === name)?.context ?? { cluster: '', user: '' };
	const cluster = clusters.find(entry => entry.name === context.cluster)?.cluster;
	const user = users.find(entry => entry.name === context.user)?.user;
	return stringify(
		{
			apiVersion: 'stork.libopenstorage.org/v1alpha1',
			kind: 'ClusterPair',
			metadata: { creationTimestamp: null, name: 'remotecluster', namespace: 'migrationnamespace' },
			spec: {
				config: {
					clusters: { [context.cluster]: { LocationOfOrigin, extensions, ...cluster } },
					contexts: { [name]: { LocationOfOrigin, ...context } },
					'current-context': name,
					preferences: {},
					users: { [context.user]: { LocationOfOrigin, ...user } },
				},
				options: { '<insert_storage_options_here>': '' },
				platformOptions: {},
			},
			status: { remoteStorageId: '', schedulerStatus: '', storageStatus: '' },
		},
		// As sigs.k8s.io/yaml has it: a list starts at the depth of its key, and no line is folded.
		{ indentSeq: false, lineWidth: 0 },
	);
}
