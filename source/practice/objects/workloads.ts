import type { KubeObject, ObjectStore } from '../contract.ts';
import { type Resource, resources } from '../resources.ts';
import { referenceTo } from '../workloads/owned.ts';
import { type PodPlan, podOf, podSpec, podSuffixes } from './pods.ts';

export type Workload = Readonly<{
	name: string;
	namespace: string;
	/** On the pods; the first one is what the workload selects by. */
	labels: Readonly<Record<string, string>>;
	containers: PodPlan['containers'];
	serviceAccount: string;
	hostNetwork: boolean;
	nodes: readonly string[];
	/** The nodes whose pod is not Ready. */
	unready?: readonly string[];
}>;

/** One pod a node. */
export function createDaemonSet(store: ObjectStore, workload: Workload): void {
	const daemonSet = create(store, resources.daemonsets, workload, {
		revisionHistoryLimit: 10,
		updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
	});
	createPods(store, workload, daemonSet, workload.name);
}

/** As many replicas as there are nodes. */
export function createDeployment(store: ObjectStore, workload: Workload): void {
	const replicas = workload.nodes.length;
	const deployment = create(store, resources.deployments, workload, {
		replicas,
		strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 1 } },
		revisionHistoryLimit: 10,
		progressDeadlineSeconds: 600,
	});
	const hash = { 'pod-template-hash': templateHash };
	const labels = { ...workload.labels, ...hash };
	const replicaSet = create(
		store,
		resources.replicasets,
		{ ...workload, name: `${workload.name}-${templateHash}`, labels },
		{ replicas, selector: { matchLabels: { ...selectorOf(workload), ...hash } } },
		{ annotations: revision, ownerReferences: [referenceTo(deployment)] },
	);
	createPods(store, { ...workload, labels }, replicaSet, replicaSet.metadata.name);
}

/** Every workload here has been rolled out once. */
const revision = { 'deployment.kubernetes.io/revision': '1' };

const templateHash = '6d5fbb9c7f';

/** Pods of one owner. Those of the operator's StorageCluster are made with this too. */
export function createPods(store: ObjectStore, workload: Workload, owner: KubeObject, prefix: string): void {
	const { namespace, labels, containers, serviceAccount, hostNetwork, nodes, unready = [] } = workload;
	for (const [index, node] of nodes.entries()) {
		store.create(
			resources.pods,
			podOf({
				name: `${prefix}-${podSuffixes[index]}`,
				namespace,
				node,
				labels,
				containers,
				serviceAccount,
				hostNetwork,
				owner: {
					apiVersion: owner.apiVersion,
					kind: owner.kind,
					name: owner.metadata.name,
					uid: owner.metadata.uid ?? '',
				},
				isReady: !unready.includes(node),
			}),
		);
	}
}

function selectorOf({ labels }: Workload): Record<string, string> {
	return Object.fromEntries(Object.entries(labels).slice(0, 1));
}

function create(
	store: ObjectStore,
	resource: Resource,
	workload: Workload,
	spec: object,
	metadata: object = {},
): KubeObject {
	const { name, namespace, labels } = workload;
	return store.create(resource, {
		apiVersion: 'apps/v1',
		kind: resource.kind,
		metadata: { name, namespace, labels: { ...labels }, ...metadata },
		spec: {
			selector: { matchLabels: selectorOf(workload) },
			template: { metadata: { labels: { ...labels } }, spec: podSpec(workload) },
			...spec,
		},
	});
}
