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
		about: 'Stork is not deployed on the source, although its types are known there',
		clusters: source({ stork: 'not-deployed' }),
		drill: {
			lesson:
				'Stork acts on ClusterPairs in the source; without it a pair would lie there with an empty status for ever. The StorageCluster brings it with spec.stork.enabled.',
		},
	},
	'stork-down': {
		about: 'Stork is deployed on the source, and none of its pods is Ready',
		clusters: source({ stork: 'down' }),
		drill: {
			lesson:
				'A deployment that is there is not a Stork that works: with no pod Ready, a pair would keep an empty status, with no event to say why. kubectl describe pods -l name=stork shows what keeps them; mostly an image that cannot be pulled, or nodes that are full.',
		},
	},
	'crd-missing': {
		about: 'the source knows neither Stork nor the type ClusterPair',
		clusters: source({ stork: 'crd-missing' }),
		drill: {
			lesson:
				'The type ClusterPair comes with Stork. A cluster that does not know it never had Stork, or had it removed with its types.',
		},
	},
	'pair-differs': {
		about: 'the source has a ClusterPair of the documented name that points elsewhere',
		clusters: source({ objects: [namespace('migrationnamespace'), olderPair] }),
		drill: {
			lesson:
				"A pair of the same name that points elsewhere is someone's: migrations may rest on it. So it is left alone until you say replace; or give yours another name.",
			wayOut: '--existing-pair=replace',
		},
	},
	'undecodable-pair': {
		about: 'another ClusterPair on the source has a number among its options, which stops Stork for all',
		clusters: source({ objects: [namespace('apps'), undecodablePair] }),
		drill: {
			lesson:
				"port: 9001 without quotes is a number, and Stork can then read no ClusterPair of the cluster at all, yours included. The API server accepts it all the same: the only sign is in Stork's log. Delete that object, or put its values into quotes.",
		},
	},
	'undecodable-extensions': {
		about: 'another ClusterPair on the source was made from a minikube kubeconfig, which stops Stork for all',
		clusters: source({ objects: [namespace('apps'), pairWithExtensions] }),
		drill: {
			lesson:
				'A kubeconfig of minikube or Docker Desktop carries extensions, and storkctl generate copies them into the pair: Stork then stops for every pair of the cluster. pxpair leaves them out of its own; the one that is there has to go.',
		},
	},
	'namespace-terminating': {
		about:
			'the namespace of the pair has been deleted on the source, and an API that does not answer keeps it Terminating',
		clusters: source({ objects: [brokenApi, terminatingNamespace('migrationnamespace')] }),
		drill: {
			lesson:
				'A namespace is gone only when the cluster has asked every API for what is in it. An APIService without its server, as one of metrics that was removed, holds all of them: the condition NamespaceDeletionDiscoveryFailure says so. kubectl get apiservices shows which; repair or delete it, and the namespace goes. Do not empty its finalizers. Or name another namespace.',
		},
	},
	forbidden: {
		about: 'exec into pods is forbidden on the source',
		clusters: source({ forbidden: 'exec' }),
		drill: {
			lesson:
				'pxctl runs in a pod, so anyone who pairs needs create on pods/exec in the namespace of Portworx, and that is the right that careful clusters take away first. The smallest Role that is enough is printed whole: have it applied by someone who may.',
		},
	},
	'may-not-create-namespaces': {
		about: 'creating namespaces is forbidden on the source',
		clusters: source({ forbidden: 'create-namespaces' }),
		drill: {
			lesson:
				'The pair lives in a namespace of the source that has to exist. Have it made for you, or name one that is there: pair.namespace.',
		},
	},
	'may-not-list-nodes': {
		about: 'listing nodes is forbidden on both clusters, so they cannot tell where they run',
		clusters: both({ forbidden: 'list-nodes' }),
		drill: {
			lesson:
				'Where a cluster runs is read off its nodes. Not being allowed to list them is no obstacle: say location: cloud or on-premises yourself.',
		},
	},
	'may-not-make-pairs': {
		about: 'creating, changing and deleting ClusterPairs is forbidden on the source',
		clusters: source({ forbidden: 'make-pairs' }),
		drill: {
			lesson:
				'Reading ClusterPairs is not making them: create, patch and delete are rights of their own. All that is missing is told at once, with the Role, before anything is changed.',
		},
	},
	'may-not-bind-roles': {
		about: 'giving roles to others is forbidden on the destination, a service account for Stork included',
		clusters: destination({ forbidden: 'bind-roles' }),
		drill: {
			lesson:
				'A ServiceAccount for the pair has to be bound to cluster-admin, and no one may give rights that they lack themselves. Without --service-account, the pair carries the login of the context instead.',
		},
	},
} as const satisfies Record<string, Scenario>;
