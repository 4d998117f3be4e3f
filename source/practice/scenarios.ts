import type { ClusterPlan, TwoClusters } from './cluster-plan.ts';
import { namespace, olderPair, undecodablePair } from './objects/existing-pairs.ts';

export type Scenario = Readonly<{
	/** What is special here, in one sentence. */
	about: string;
	clusters: TwoClusters;
}>;

export type ScenarioName = keyof typeof scenarios;

const east: ClusterPlan = {
	name: 'practice-east',
	platform: 'eks',
	region: 'us-east-1',
	uuid: '5b6f1c1e-ea57-4a57-9a57-70726163ea57',
	install: 'operator',
	namespace: 'portworx',
	portworxVersion: '3.1.6',
	storkVersion: '24.3.0',
	health: 'running',
	pods: 'all-ready',
	security: 'off',
	secretsEndpoint: 'open',
	stork: 'running',
	forbidden: 'nothing',
	endpoint: 'open',
	clusterToken: 'fresh',
	access: 'here',
	credential: 'none',
	objects: [],
};

const s3: TwoClusters = {
	east,
	west: {
		...east,
		name: 'practice-west',
		region: 'us-west-2',
		uuid: '91d2a7c4-0e57-4e57-8e57-707261630e57',
	},
};

const daemonSetInstall = {
	install: 'daemonset',
	namespace: 'kube-system',
	portworxVersion: '2.11.4',
	storkVersion: '23.8.0',
} as const;

export const scenarios = {
	s3: {
		about: 'two EKS clusters whose object store is Amazon S3',
		clusters: s3,
	},
	azure: {
		about: 'two AKS clusters whose object store is Azure Blob Storage',
		clusters: change(s3, {
			east: { platform: 'aks', region: 'eastus' },
			west: { platform: 'aks', region: 'westus2' },
		}),
	},
	google: {
		about: 'two GKE clusters whose object store is Google Cloud Storage',
		clusters: change(s3, {
			east: { platform: 'gke', region: 'us-east1' },
			west: { platform: 'gke', region: 'us-west1' },
		}),
	},
	'on-premises': {
		about: 'two kubeadm clusters on vSphere with the older DaemonSet install of Portworx',
		clusters: change(s3, {
			east: { platform: 'vsphere', region: '', ...daemonSetInstall },
			west: { platform: 'vsphere', region: '', ...daemonSetInstall },
		}),
	},
	secured: {
		about: 'PX-Security is on in both clusters: pxctl asks for a token',
		clusters: change(s3, { east: { security: 'on' }, west: { security: 'on' } }),
	},
	'mixed-installs': {
		about:
			'the operator on the source, a DaemonSet on the destination, and one Portworx pod of each not Ready',
		clusters: change(s3, { east: { pods: 'two-ready' }, west: { pods: 'two-ready', ...daemonSetInstall } }),
	},
	metro: {
		about: 'one Portworx cluster spans both, as for synchronous DR: pair them with storage: none',
		clusters: change(s3, { west: { uuid: east.uuid } }),
	},
	'no-portworx': {
		about: 'the destination has no Portworx',
		clusters: change(s3, { west: { install: 'none', stork: 'crd-missing' } }),
	},
	'pod-not-ready': {
		about: "the destination's Portworx pods run and are not Ready",
		clusters: change(s3, { west: { pods: 'none-ready' } }),
	},
	'portworx-not-running': {
		about: "the destination's pods are Ready, yet pxctl says that Portworx is not running",
		clusters: change(s3, { west: { health: 'not-running' } }),
	},
	'no-stork': {
		about: 'Stork is not deployed on the source, although its types are known there',
		clusters: change(s3, { east: { stork: 'not-deployed' } }),
	},
	'crd-missing': {
		about: 'the source knows neither Stork nor the type ClusterPair',
		clusters: change(s3, { east: { stork: 'crd-missing' } }),
	},
	forbidden: {
		about: 'exec into pods is forbidden on the source',
		clusters: change(s3, { east: { forbidden: 'exec' } }),
	},
	'wrong-token': {
		about: "the destination's API server refuses the kubeconfig's token",
		clusters: change(s3, { west: { access: 'here-with-refused-token' } }),
	},
	unreachable: {
		about: "nothing answers where the kubeconfig says the destination's API server is",
		clusters: change(s3, { west: { access: 'to-closed-port' } }),
	},
	'store-refuses': {
		about: 'the source has the credential already, and the object store has stopped accepting its key',
		clusters: change(s3, { east: { credential: 'refused-by-store' } }),
	},
	'pair-differs': {
		about: 'the source has a ClusterPair of the documented name that leads elsewhere',
		clusters: change(s3, { east: { objects: [namespace('migrationnamespace'), olderPair] } }),
	},
	'same-cluster': {
		about: 'both contexts lead to one cluster',
		clusters: change(s3, { west: { access: 'to-the-other' } }),
	},
	'token-reset': {
		about: 'the destination shows a cluster token that pairing refuses, until it is reset',
		clusters: change(s3, { west: { clusterToken: 'stale' } }),
	},
	'endpoint-closed': {
		about: "nothing listens where the destination's services and nodes say Portworx does",
		clusters: change(s3, { west: { endpoint: 'closed' } }),
	},
	'undecodable-pair': {
		about: 'another ClusterPair on the source has a number among its options, which stops Stork for all',
		clusters: change(s3, { east: { objects: [namespace('apps'), undecodablePair] } }),
	},
} as const satisfies Record<string, Scenario>;

function change(
	clusters: TwoClusters,
	changes: Readonly<{ east?: Partial<ClusterPlan>; west?: Partial<ClusterPlan> }>,
): TwoClusters {
	return {
		east: { ...clusters.east, ...changes.east },
		west: { ...clusters.west, ...changes.west },
	};
}
