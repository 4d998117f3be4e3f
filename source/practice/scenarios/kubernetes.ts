import {
	brokenApi,
	namespace,
	olderPair,
	pairWithExtensions,
	terminatingNamespace,
	undecodablePair,
} from '../objects/existing-pairs.ts';
import { both, destination, type Scenario, source } from './two-clusters.ts';

/** Stork, the pairs that are there already, and what one is not allowed to do. */
export const kubernetesScenarios = {
	'no-stork': {
		about: 'Stork is not deployed on the source, although its CRDs are installed',
		clusters: source({ stork: 'not-deployed' }),
		drill: {
			lesson:
				'Stork on the source processes ClusterPairs; without it, the status of a pair stays empty. Set spec.stork.enabled in the StorageCluster.',
		},
	},
	'stork-down': {
		about: 'Stork is deployed on the source, and none of its pods is Ready',
		clusters: source({ stork: 'down' }),
		drill: {
			lesson:
				'A Deployment that exists may not work: with no Stork pod Ready, the status of a pair stays empty, and no event says why. kubectl describe pods -l name=stork shows the cause: usually an image that cannot be pulled, or full nodes.',
		},
	},
	'crd-missing': {
		about: 'the source knows neither Stork nor the type ClusterPair',
		clusters: source({ stork: 'crd-missing' }),
		drill: {
			lesson:
				'Stork installs the CRD of ClusterPair. On a cluster without that CRD, Stork was never installed, or was removed with its CRDs.',
		},
	},
	'pair-differs': {
		about: 'the source has a ClusterPair of the documented name that points elsewhere',
		clusters: source({ objects: [namespace('migrationnamespace'), olderPair] }),
		drill: {
			lesson:
				'A pair of the same name that points to another cluster may be in use. It is kept until you choose to replace it; or give yours another name.',
			wayOut: '--existing-pair=replace',
		},
	},
	'undecodable-pair': {
		about: 'another ClusterPair on the source has a number among its options, which stops Stork for all',
		clusters: source({ objects: [namespace('apps'), undecodablePair] }),
		drill: {
			lesson:
				"port: 9001 without quotes is a number, and Stork can then read no ClusterPair of the cluster at all, yours included. The API server accepts it anyway: the only sign is in Stork's log. Delete that object, or put its values into quotes.",
		},
	},
	'undecodable-extensions': {
		about: 'another ClusterPair on the source was made from a minikube kubeconfig, which stops Stork for all',
		clusters: source({ objects: [namespace('apps'), pairWithExtensions] }),
		drill: {
			lesson:
				'A kubeconfig of minikube or Docker Desktop carries extensions, and storkctl generate copies them into the pair: Stork then stops for every pair of the cluster. pxpair leaves them out of its own pair; delete or fix the existing one.',
		},
	},
	'namespace-terminating': {
		about:
			'the namespace of the pair has been deleted on the source, and an API that does not answer keeps it Terminating',
		clusters: source({ objects: [brokenApi, terminatingNamespace('migrationnamespace')] }),
		drill: {
			lesson:
				'A namespace is deleted only after the cluster has asked every API what is in it. An APIService whose server is gone, such as that of a removed metrics adapter, blocks this for all namespaces: the condition is NamespaceDeletionDiscoveryFailure. kubectl get apiservices shows which one; fix or delete it. Do not remove the finalizers. Or name another namespace.',
		},
	},
	forbidden: {
		about: 'exec into pods is forbidden on the source',
		clusters: source({ forbidden: 'exec' }),
		drill: {
			lesson:
				'pxctl runs in a pod, so pairing needs the permission to create pods/exec in the namespace of Portworx. Many clusters do not grant it. The smallest Role that is enough is printed whole: have it applied by someone who may.',
		},
	},
	'may-not-create-namespaces': {
		about: 'creating namespaces is forbidden on the source',
		clusters: source({ forbidden: 'create-namespaces' }),
		drill: {
			lesson:
				'The namespace of the pair must exist on the source. Have it created for you, or name an existing one: pair.namespace.',
		},
	},
	'may-not-list-nodes': {
		about: 'listing nodes is forbidden on both clusters, so where they run is unknown',
		clusters: both({ forbidden: 'list-nodes' }),
		drill: {
			lesson:
				'Where a cluster runs is detected from its nodes. If you cannot list them, set location: cloud or on-premises yourself.',
		},
	},
	'may-not-make-pairs': {
		about: 'creating, changing and deleting ClusterPairs is forbidden on the source',
		clusters: source({ forbidden: 'make-pairs' }),
		drill: {
			lesson:
				'Permission to read ClusterPairs does not include create, patch and delete. All missing permissions are listed at once, with a Role that grants them, before anything is changed.',
		},
	},
	'may-not-bind-roles': {
		about: 'granting roles is forbidden on the destination, also to a ServiceAccount for Stork',
		clusters: destination({ forbidden: 'bind-roles' }),
		drill: {
			lesson:
				'A ServiceAccount for the pair must be bound to cluster-admin, and no one can grant permissions that they lack. Without --service-account, the pair contains the login of the context instead.',
		},
	},
} as const satisfies Record<string, Scenario>;
