import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '../../contract.ts';
import { type ClusterStore, timestampOf } from '../../object-store.ts';
import { apiVersionOf, type Resource, resources, servedResources } from '../../resources.ts';
import { createRecorder } from '../../stork/events.ts';
import { type Json, listOf, recordOf } from '../json.ts';
import { generatedName } from '../names.ts';

/** What belonged to it goes with it; a pod that its owner still wants comes back under another name, as far as its containers run. */
export function afterDelete(store: ClusterStore, removed: KubeObject): void {
	const owner = removed.kind === 'Pod' ? livingOwnerOf(store, removed) : undefined;
	if (owner) addPod(store, removed, owner, owner.kind === 'ReplicaSet' ? templateOf(owner) : undefined);
	collect(store, removed);
}

/** A workload whose template was changed, as by `kubectl rollout restart`, gets new pods for those it has. */
export function afterUpdate(store: ClusterStore, before: KubeObject, after: KubeObject): void {
	if (isDeepStrictEqual(templateOf(before), templateOf(after))) return;
	if (after.kind === 'Deployment') rollOutDeployment(store, after);
	if (after.kind === 'DaemonSet') rollOutDaemonSet(store, after);
}

function collect(store: ClusterStore, { metadata: { uid, namespace } }: KubeObject): void {
	for (const type of servedResources(store))
		for (const object of store.list(type, type.namespaced ? namespace : undefined)) {
			const owners = ownersOf(object);
			if (owners.length === 0 || owners.some(owner => owner.uid !== uid)) continue;
			if (!store.get(type, object.metadata.namespace, object.metadata.name)) continue;
			store.remove(type, object.metadata.namespace, object.metadata.name);
			collect(store, object);
		}
}

/** One after the other, so that kubectl's `rollout status` finds it done. */
function rollOutDeployment(store: ClusterStore, deployment: KubeObject): void {
	const { namespace, name, generation, annotations } = deployment.metadata;
	const old = ownedBy(store, resources.replicasets, deployment).find(set => replicasOf(set) > 0);
	if (!old) return;
	const replicas = replicasOf(old);
	const hash = hashOf(templateOf(deployment));
	const revision = String(Number(annotations?.[revisionKey] ?? 1) + 1);
	const record = createRecorder(store, 'deployment-controller');
	const set = store.create(resources.replicasets, withHash(deployment, old, hash, revision));
	record(
		deployment,
		'Normal',
		'ScalingReplicaSet',
		`Scaled up replica set ${set.metadata.name} to ${replicas}`,
	);
	for (const pod of ownedBy(store, resources.pods, old)) {
		store.remove(resources.pods, namespace, pod.metadata.name);
		addPod(store, pod, set, templateOf(set));
	}
	store.update(resources.replicasets, {
		...old,
		spec: { ...recordOf(old.spec), replicas: 0 },
		status: { replicas: 0, observedGeneration: Number(old.metadata.generation) + 1 },
	});
	record(
		deployment,
		'Normal',
		'ScalingReplicaSet',
		`Scaled down replica set ${old.metadata.name} to 0 from ${replicas}`,
	);
	store.update(resources.deployments, {
		...(store.get(resources.deployments, namespace, name) ?? deployment),
		metadata: { ...deployment.metadata, annotations: { ...annotations, [revisionKey]: revision } },
		status: { ...recordOf(deployment.status), observedGeneration: generation, updatedReplicas: replicas },
	});
}

function rollOutDaemonSet(store: ClusterStore, daemonSet: KubeObject): void {
	const pods = ownedBy(store, resources.pods, daemonSet);
	for (const pod of pods) {
		store.remove(resources.pods, pod.metadata.namespace, pod.metadata.name);
		addPod(store, pod, daemonSet, templateOf(daemonSet));
	}
	const status = { observedGeneration: daemonSet.metadata.generation, updatedNumberScheduled: pods.length };
	store.update(resources.daemonsets, { ...daemonSet, status: { ...recordOf(daemonSet.status), ...status } });
}

const revisionKey = 'deployment.kubernetes.io/revision';

function withHash(deployment: KubeObject, old: KubeObject, hash: string, revision: string): KubeObject {
	const spec = recordOf(old.spec);
	const { metadata: about, spec: podSpec } = templateOf(deployment);
	const labels = { ...recordOf(recordOf(about).labels), 'pod-template-hash': hash };
	const matchLabels = { ...recordOf(recordOf(spec.selector).matchLabels), 'pod-template-hash': hash };
	const { namespace, ownerReferences, annotations } = old.metadata;
	return {
		apiVersion: old.apiVersion,
		kind: old.kind,
		metadata: {
			name: `${deployment.metadata.name}-${hash}`,
			...(namespace && { namespace }),
			labels,
			annotations: { ...annotations, [revisionKey]: revision },
			ownerReferences,
		},
		spec: {
			...spec,
			selector: { matchLabels },
			template: { metadata: { ...recordOf(about), labels }, spec: podSpec },
		},
		status: { ...recordOf(old.status), observedGeneration: 1 },
	};
}

/** On the node of the one that it replaces, and as Ready as that was. */
function addPod(store: ClusterStore, gone: KubeObject, owner: KubeObject, template: Json | undefined): void {
	const time = timestampOf(new Date());
	const { name, namespace } = gone.metadata;
	const about: Partial<KubeObject['metadata']> = template ? recordOf(template.metadata) : gone.metadata;
	const { labels, annotations } = about;
	const { apiVersion, kind, metadata } = owner;
	const prefix = kind === 'ReplicaSet' ? `${metadata.name}-` : name.replace(/[^-]+$/, '');
	const status = recordOf(gone.status);
	const { nodeName } = recordOf(gone.spec);
	const created = store.create(resources.pods, {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			name: generatedName(prefix),
			namespace,
			...(labels !== undefined && { labels }),
			...(annotations !== undefined && { annotations }),
			ownerReferences: [
				{
					apiVersion,
					kind,
					name: metadata.name,
					uid: metadata.uid,
					controller: true,
					blockOwnerDeletion: true,
				},
			],
		},
		spec: template ? { ...recordOf(template.spec), nodeName } : gone.spec,
		status: {
			...status,
			startTime: time,
			conditions: listOf(status.conditions).map(one => ({ ...one, lastTransitionTime: time })),
			containerStatuses: listOf(status.containerStatuses).map(one => ({
				...one,
				state: one.state && recordOf(one.state).running ? { running: { startedAt: time } } : one.state,
			})),
		},
	} as KubeObject);
	const component = kind === 'ReplicaSet' ? 'replicaset-controller' : 'daemonset-controller';
	createRecorder(store, component)(
		owner,
		'Normal',
		'SuccessfulCreate',
		`Created pod: ${created.metadata.name}`,
	);
}

const ownersOf = ({ metadata }: KubeObject): readonly Json[] => listOf(metadata.ownerReferences);

const templateOf = ({ spec }: KubeObject): Json => recordOf(recordOf(spec).template);

const replicasOf = ({ spec }: KubeObject): number => Number(recordOf(spec).replicas ?? 0);

const ownedBy = (store: ClusterStore, type: Resource, { metadata: { uid, namespace } }: KubeObject) =>
	store.list(type, namespace).filter(object => ownersOf(object).some(owner => owner.uid === uid));

function livingOwnerOf(store: ClusterStore, pod: KubeObject): KubeObject | undefined {
	const owner = ownersOf(pod).find(({ controller }) => controller === true);
	const type = servedResources(store).find(
		one => one.kind === owner?.kind && apiVersionOf(one) === owner.apiVersion,
	);
	const found = type && store.get(type, pod.metadata.namespace, String(owner?.name));
	return found && found.metadata.uid === owner?.uid && !found.metadata.deletionTimestamp ? found : undefined;
}

/** Ten characters, of those that names of pods are made of. */
function hashOf(template: Json): string {
	const letters = 'bcdfghjklmnpqrstvwxz2456789';
	const bytes = createHash('sha256').update(JSON.stringify(template)).digest();
	return [...bytes.subarray(0, 10)].map(byte => letters[byte % letters.length]).join('');
}
