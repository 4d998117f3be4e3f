import type { KubeObject } from '../contract.ts';
import { timestampOf } from '../object-store.ts';

export function namespace(name: string): KubeObject {
	return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

/** Metrics of another server that is gone, as a metrics-server that was removed by hand leaves it. */
export const brokenApi: KubeObject = {
	apiVersion: 'apiregistration.k8s.io/v1',
	kind: 'APIService',
	metadata: { name: 'v1beta1.metrics.k8s.io' },
	spec: {
		group: 'metrics.k8s.io',
		version: 'v1beta1',
		service: { name: 'metrics-server', namespace: 'kube-system', port: 443 },
		groupPriorityMinimum: 100,
		versionPriority: 100,
	},
	status: {
		conditions: [
			{
				type: 'Available',
				status: 'False',
				reason: 'ServiceNotFound',
				message: 'service/metrics-server in "kube-system" is not present',
			},
		],
	},
};

export function terminatingNamespace(name: string): KubeObject {
	const deletionTimestamp = timestampOf(new Date());
	return { ...namespace(name), metadata: { name, deletionTimestamp }, status: { phase: 'Terminating' } };
}

/** Someone paired this cluster with another one long ago: Ready, and so never looked at again. */
export const olderPair: KubeObject = {
	apiVersion: 'stork.libopenstorage.org/v1alpha1',
	kind: 'ClusterPair',
	metadata: { name: 'remotecluster', namespace: 'migrationnamespace' },
	spec: {
		config: {
			clusters: { 'practice-north': { server: 'https://practice-north.invalid:6443' } },
			contexts: { north: { cluster: 'practice-north', user: 'practice-north-admin' } },
			'current-context': 'north',
			preferences: {},
			users: { 'practice-north-admin': { token: 'practice-north-token' } },
		},
		options: { ip: 'practice-north.invalid', port: '9001', token: 'practice-north-cluster-token' },
		platformOptions: {},
	},
	status: {
		remoteStorageId: 'a0f70000-0127-4127-8127-70726163a0f7',
		schedulerStatus: 'Ready',
		storageStatus: 'Ready',
	},
};

/** The API server takes a number where Stork's types have a string. */
export const undecodablePair: KubeObject = {
	apiVersion: 'stork.libopenstorage.org/v1alpha1',
	kind: 'ClusterPair',
	metadata: { name: 'unquoted', namespace: 'apps' },
	spec: {
		config: {},
		options: { ip: 'practice-north.invalid', port: 9001, token: 'practice-north-cluster-token' },
	},
};

/** What storkctl makes of a minikube kubeconfig: Stork's types have no place for its extensions. */
export const pairWithExtensions: KubeObject = {
	apiVersion: 'stork.libopenstorage.org/v1alpha1',
	kind: 'ClusterPair',
	metadata: { name: 'from-minikube', namespace: 'apps' },
	spec: {
		config: {
			clusters: {
				minikube: {
					LocationOfOrigin: '',
					server: 'https://practice-north.invalid:8443',
					extensions: {
						cluster_info: { provider: 'minikube.sigs.k8s.io', version: 'v1.37.0' },
					},
				},
			},
			contexts: { minikube: { LocationOfOrigin: '', cluster: 'minikube', user: 'minikube' } },
			'current-context': 'minikube',
			preferences: {},
			users: { minikube: { LocationOfOrigin: '', token: 'practice-north-token' } },
		},
		options: { ip: 'practice-north.invalid', port: '9001', token: 'practice-north-cluster-token' },
		platformOptions: {},
	},
};
