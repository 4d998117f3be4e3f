import type { Pair } from '../words/pair.ts';
import { clusterProblem, type Problem } from '../words/problem.ts';
import type { Platform } from './platform.ts';

/** What we learned, or why we could not. */
export type Learned<T> = Readonly<{ kind: 'known'; value: T } | { kind: 'unknown'; problem: Problem }>;

/** The Kubernetes API server itself. `uid` is the kube-system namespace's: the closest thing to a cluster's identity. */
export type ApiFacts = Readonly<{ version: string; uid: string }>;

export type PodRef = Readonly<{ namespace: string; name: string; hostIP?: string }>;

export type PortworxFacts = Readonly<{
	install: 'operator' | 'daemonset';
	namespace: string;
	/** Ready pods in a fixed order: the first is used, the rest stand by. Never empty. */
	pods: readonly [PodRef, ...PodRef[]];
	/** How many pods there are, Ready or not. */
	podCount: number;
	version?: string;
	/** As the StorageCluster reports it; a DaemonSet install has none. */
	reportedUuid?: string;
	/** As the StorageCluster reports it: `Online` in older operators, `Running` and more in newer ones. */
	phase?: string;
	/** What its conditions say of why it is not as it should be. */
	condition?: string;
	/** When the deletion of the StorageCluster was asked for. */
	deletedSince?: string;
	/** Its pods are the operator's, and no StorageCluster asks for them: it deletes them. */
	isUnclaimed?: true;
	/** StorageClusters that do not count, as `namespace/name` and why. */
	leftAside?: readonly string[];
	/** Where Portworx keeps secrets, as the StorageCluster says: `k8s`, `vault` … */
	secretsProvider?: string;
	/** `AZURE_ENVIRONMENT` in the StorageCluster: which of Azure's clouds Portworx is told that it runs in. */
	azureEnvironment?: string;
	/** PX-Security: `pxctl` needs a token. */
	secured: boolean;
	/** First of the ports Portworx listens on, on its nodes: 9001 by default, 17001 on OpenShift. */
	startPort: number;
}>;

export type StorkFacts = Readonly<{
	namespace: string;
	version?: string;
	/** Of its container. */
	image?: string;
	/** Migrations and pairs in this namespace are for all of them. */
	adminNamespace: string;
	ready: number;
	wanted: number;
}>;

export type ClusterFacts = Readonly<{
	context: string;
	server: string;
	api: Learned<ApiFacts>;
	platform: Learned<Platform>;
	portworx: Learned<PortworxFacts>;
	uuid: Learned<string>;
	stork: Learned<StorkFacts>;
}>;

export const known = <T>(learned: Learned<T>): T | undefined =>
	learned.kind === 'known' ? learned.value : undefined;

/** Before anybody has looked: a plan can be made, and its steps find out for themselves. */
export function noFacts(context: string): ClusterFacts {
	const unknown = { kind: 'unknown', problem: notLookedYet } as const;
	return {
		context,
		server: '',
		api: unknown,
		platform: unknown,
		portworx: unknown,
		uuid: unknown,
		stork: unknown,
	};
}

/** The same for both of a pair. */
export const noFactsOf = (contexts: Pair<Readonly<{ context: string }>>): Pair<ClusterFacts> => ({
	source: noFacts(contexts.source.context),
	destination: noFacts(contexts.destination.context),
});

const notLookedYet = clusterProblem({
	id: 'not-looked-yet',
	title: 'The cluster has not been checked yet',
	remedies: ['Run the check first.'],
});
