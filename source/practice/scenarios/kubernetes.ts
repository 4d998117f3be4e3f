import { namespace, olderPair, pairWithExtensions, undecodablePair } from '../objects/existing-pairs.ts';
import { both, destination, type Scenario, source } from './two-clusters.ts';

/** Stork, the pairs that are there already, and what one is not allowed to do. */
export const kubernetesScenarios = {
	'no-stork': {
		about: 'Stork is not deployed on the source, although its types are known there',
		clusters: source({ stork: 'not-deployed' }),
	},
	'crd-missing': {
		about: 'the source knows neither Stork nor the type ClusterPair',
		clusters: source({ stork: 'crd-missing' }),
	},
	'pair-differs': {
		about: 'the source has a ClusterPair of the documented name that leads elsewhere',
		clusters: source({ objects: [namespace('migrationnamespace'), olderPair] }),
	},
	'undecodable-pair': {
		about: 'another ClusterPair on the source has a number among its options, which stops Stork for all',
		clusters: source({ objects: [namespace('apps'), undecodablePair] }),
	},
	'undecodable-extensions': {
		about: 'another ClusterPair on the source was made from a minikube kubeconfig, which stops Stork for all',
		clusters: source({ objects: [namespace('apps'), pairWithExtensions] }),
	},
	forbidden: {
		about: 'exec into pods is forbidden on the source',
		clusters: source({ forbidden: 'exec' }),
	},
	'may-not-create-namespaces': {
		about: 'creating namespaces is forbidden on the source',
		clusters: source({ forbidden: 'create-namespaces' }),
	},
	'may-not-list-nodes': {
		about: 'listing nodes is forbidden on both clusters, so they cannot tell where they run',
		clusters: both({ forbidden: 'list-nodes' }),
	},
	'may-not-make-pairs': {
		about: 'creating, changing and deleting ClusterPairs is forbidden on the source',
		clusters: source({ forbidden: 'make-pairs' }),
	},
	'may-not-bind-roles': {
		about: 'giving roles to others is forbidden on the destination, a service account for Stork included',
		clusters: destination({ forbidden: 'bind-roles' }),
	},
} as const satisfies Record<string, Scenario>;
