import type { KubeObject } from './contract.ts';

/** Two of a kind, by the name of the kubeconfig's context. East is meant as the source, west as the destination. */
export type Both<T> = Readonly<{ east: T; west: T }>;

/** What one practice cluster contains and how it behaves. */
export type ClusterPlan = Readonly<{
	/** `practice-east`: prefix of node names, and of Portworx's `px-practice-east`. */
	name: string;
	platform: 'eks' | 'aks' | 'gke' | 'vsphere';
	region: string;
	/** Portworx's cluster UUID. */
	uuid: string;
	install: 'operator' | 'daemonset' | 'none';
	/** Where Portworx and Stork run. */
	namespace: string;
	portworxVersion: string;
	storkVersion: string;
	health: 'running' | 'not-running' | 'maintenance';
	/** How many of the Portworx pods are Ready; of two, the first by name is the one that is not. */
	pods: 'all-ready' | 'two-ready' | 'none-ready';
	security: 'off' | 'on';
	/** `closed`: nobody has logged in to Portworx's secret store yet. */
	secretsEndpoint: 'open' | 'closed';
	/** `not-deployed`: its types are served, but nothing works on them. */
	stork: 'running' | 'not-deployed' | 'crd-missing';
	/** What even the administrator may not do. */
	forbidden: 'nothing' | 'exec';
	/** `closed`: services and nodes name a port where nothing listens. */
	endpoint: 'open' | 'closed';
	/** `stale`: `cluster token show` shows one that pairing refuses, until it is reset. */
	clusterToken: 'fresh' | 'stale';
	/** Where the kubeconfig's context of this name leads. */
	access: 'here' | 'here-with-refused-token' | 'to-closed-port' | 'to-the-other';
	/** The `clusterPair_<UUID of the other>` that is there from the start. */
	credential: 'none' | 'valid' | 'refused-by-store';
	/** Further objects, created last, in this order. */
	objects: readonly KubeObject[];
}>;

export type TwoClusters = Both<ClusterPlan>;
