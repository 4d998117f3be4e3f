import type { KubeObject } from './contract.ts';
import type { MigrationFault } from './stork/migrations.ts';

/** Two of a kind, by the name of the kubeconfig's context. East is meant as the source, west as the destination. */
export type Both<T> = Readonly<{ east: T; west: T }>;

export type PlatformName =
	| 'eks'
	| 'aks'
	| 'gke'
	| 'vsphere'
	| 'openshift-aws'
	| 'openshift-vsphere'
	| 'eks-anywhere'
	| 'aks-hci'
	| 'k3s'
	/** No provider ID at all, as kubeadm leaves it. */
	| 'kubeadm'
	/** Nodes of vSphere with one of AWS among them. */
	| 'mixed';

/** What one practice cluster contains and how it behaves. */
export type ClusterPlan = Readonly<{
	/** `practice-east`: prefix of node names, and of Portworx's `px-practice-east`. */
	name: string;
	platform: PlatformName;
	region: string;
	/** How many nodes there are besides the three of Portworx. */
	extraNodes: number;
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
	/** `closed`: no one has logged in to Portworx's secret store yet. */
	secretsEndpoint: 'open' | 'closed';
	/** `down`: deployed, and none of its pods is Ready. `not-deployed`: its types are served, but nothing works on them. */
	stork: 'running' | 'down' | 'not-deployed' | 'crd-missing';
	/** What even the administrator may not do. */
	forbidden: 'nothing' | 'exec' | 'create-namespaces' | 'list-nodes' | 'make-pairs' | 'bind-roles';
	/** `closed`: services and nodes name a port where nothing listens. */
	endpoint: 'open' | 'closed';
	/** `stale`: `cluster token show` shows one that pairing refuses, until it is reset. */
	clusterToken: 'fresh' | 'stale';
	/** Where the kubeconfig's context of this name leads. */
	access:
		| 'here'
		| 'here-with-refused-token'
		| 'to-closed-port'
		| 'to-the-other'
		/** Takes connections and never says a word. */
		| 'to-silence'
		/** Answers every request with a web page, as a login portal does. */
		| 'to-a-web-page'
		/** Breaks off in the middle of every answer. */
		| 'to-half-answers';
	/** How the kubeconfig's user logs in. The plugin is a script that works on this machine only. */
	login:
		| 'token'
		| 'plugin'
		| 'auth-provider'
		| 'certificate'
		/** Valid for three more days. */
		| 'ending-certificate'
		/** A JWT that is valid for another hour. */
		| 'ending-token';
	/** What the kubeconfig says of the server's certificate. `unchecked`: any will do. */
	ca: 'own' | 'unchecked';
	/** Whether the kubeconfig goes through a proxy on this machine. */
	proxy: 'none' | 'here';
	/** Whether the API server, at its address in the kubeconfig, is reached from the pods of the other cluster. */
	apiFromPods: 'open' | 'refused' | 'silent';
	/** How far the nodes' clock is ahead, in seconds. */
	clockAhead: number;
	/** Whether the Portworx pods have curl. */
	curl: 'there' | 'missing';
	license: 'enterprise' | 'trial-ending' | 'essential';
	/** As the StorageCluster says it. */
	phase: 'Running' | 'Degraded';
	/** The `clusterPair_<UUID of the other>` that is there from the start. */
	credential: 'none' | 'valid' | 'refused-by-store';
	/** A key that the object store refuses although it was typed as it should be. */
	refusedKey: 'none' | 'of-practice-answers';
	/** What goes wrong with the migrations that begin here. `off`: no controller works on them. */
	migrations: MigrationFault | 'off';
	/** Whether Portworx has room for a new volume. */
	pools: 'free' | 'full';
	/** Whether the nodes pull images for pods of one's own. */
	images: 'pulled' | 'refused';
	/** `drops-once`: soon after the first change, connections to the API server are cut for a while, and then never again. */
	network: 'steady' | 'drops-once';
	/** Further objects, created last, in this order. */
	objects: readonly KubeObject[];
}>;

export type TwoClusters = Both<ClusterPlan>;
