import { type Json, listOf, recordOf } from '../api/json.ts';
import { generatedName } from '../api/names.ts';
import type { KubeObject } from '../contract.ts';
import { type ClusterStore, timestampOf } from '../object-store.ts';
import { isReady } from '../objects/pods.ts';
import { resources } from '../resources.ts';
import { createRecorder } from '../stork/events.ts';
import { ownedBy, ownersOf, referenceTo, replicasOf, templateOf } from './owned.ts';

/** The pods that exist from the start, by what they belong to: only what is made after them runs. */
export type Originals = ReadonlyMap<string, readonly KubeObject[]>;

export const originalsIn = (store: ClusterStore): Originals =>
	Map.groupBy(
		store.list(resources.pods).filter(pod => ownersOf(pod).length > 0),
		pod => workload(pod, String(ownersOf(pod)[0]?.name)),
	);

/** A Deployment is known by its name, whatever its template is by now. */
function workload({ metadata: { namespace, labels } }: KubeObject, owner: string): string {
	return `${namespace}/${owner.replace(`-${labels?.['pod-template-hash']}`, '')}`;
}

/** As many pods as it wants. */
export function reconcileSet(store: ClusterStore, set: KubeObject, originals: Originals): void {
	const wanted = replicasOf(set);
	const before = ownedBy(store, resources.pods, set);
	const known = originals.get(workload(set, set.metadata.name)) ?? [];
	for (let count = before.length; count < wanted; count += 1)
		addPod(store, set, templateOf(set), known[count % known.length]);
	const record = createRecorder(store, 'replicaset-controller');
	for (const { metadata } of before
		.toSorted((a, b) => Number(isReady(b)) - Number(isReady(a)))
		.slice(wanted)) {
		store.remove(resources.pods, metadata.namespace, metadata.name);
		record(set, 'Normal', 'SuccessfulDelete', `Deleted pod: ${metadata.name}`);
	}
	const pods = ownedBy(store, resources.pods, set);
	const ready = pods.filter(isReady).length;
	const { name, namespace, generation } = set.metadata;
	const status = {
		replicas: pods.length,
		...(pods.length > 0 && { fullyLabeledReplicas: pods.length }),
		...(ready > 0 && { readyReplicas: ready, availableReplicas: ready }),
		observedGeneration: generation,
	};
	const live = store.get(resources.replicasets, namespace, name);
	if (live) store.update(resources.replicasets, { ...live, status });
}

/** A pod on each node that had one at the start. */
export function reconcileNodes(store: ClusterStore, owner: KubeObject, originals: Originals): void {
	const nodes = ownedBy(store, resources.pods, owner).map(nodeOf);
	const template = owner.kind === 'DaemonSet' ? templateOf(owner) : undefined;
	for (const original of originals.get(workload(owner, owner.metadata.name)) ?? [])
		if (!nodes.includes(nodeOf(original))) addPod(store, owner, template, original);
	if (owner.kind !== 'DaemonSet') return;
	const pods = ownedBy(store, resources.pods, owner);
	const ready = pods.filter(isReady).length;
	const { name, namespace, generation } = owner.metadata;
	const live = store.get(resources.daemonsets, namespace, name);
	const status = {
		currentNumberScheduled: pods.length,
		numberMisscheduled: 0,
		desiredNumberScheduled: pods.length,
		numberReady: ready,
		observedGeneration: generation,
		...(pods.length > 0 && { updatedNumberScheduled: pods.length }),
		...(ready > 0 && { numberAvailable: ready }),
		...(ready < pods.length && { numberUnavailable: pods.length - ready }),
	};
	if (live) store.update(resources.daemonsets, { ...live, status });
}

const nodeOf = ({ spec }: KubeObject) => recordOf(spec).nodeName;

/** On the node of the original, and as Ready as that was; without one it waits. */
function addPod(
	store: ClusterStore,
	owner: KubeObject,
	template: Json | undefined,
	original: KubeObject | undefined,
): void {
	const time = timestampOf(new Date());
	const about: Partial<KubeObject['metadata']> = template
		? recordOf(template.metadata)
		: (original?.metadata ?? {});
	const { labels, annotations } = about;
	const { name, namespace } = owner.metadata;
	const status = original && recordOf(original.status);
	const created = store.create(resources.pods, {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			name: generatedName(`${name}-`),
			...(namespace && { namespace }),
			...(labels !== undefined && { labels }),
			...(annotations !== undefined && { annotations }),
			ownerReferences: [referenceTo(owner)],
		},
		spec: template
			? { ...recordOf(template.spec), ...(original && { nodeName: nodeOf(original) }) }
			: original?.spec,
		...(status && {
			status: {
				...status,
				startTime: time,
				conditions: listOf(status.conditions).map(one => ({ ...one, lastTransitionTime: time })),
				containerStatuses: listOf(status.containerStatuses).map(one => ({
					...one,
					state: recordOf(one.state).running ? { running: { startedAt: time } } : one.state,
				})),
			},
		}),
	} as KubeObject);
	const component = owner.kind === 'ReplicaSet' ? 'replicaset-controller' : 'daemonset-controller';
	createRecorder(store, component)(
		owner,
		'Normal',
		'SuccessfulCreate',
		`Created pod: ${created.metadata.name}`,
	);
}
