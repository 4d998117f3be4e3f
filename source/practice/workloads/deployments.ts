import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type Json, recordOf } from '../api/json.ts';
import type { KubeObject } from '../contract.ts';
import type { ClusterStore } from '../object-store.ts';
import { resources } from '../resources.ts';
import { createRecorder } from '../stork/events.ts';
import { condition, isLiving, ownedBy, referenceTo, replicasOf, templateOf } from './owned.ts';

/** One ReplicaSet for each template that a Deployment has had; that of its template now has all replicas, the others none. */
export function reconcileDeployment(store: ClusterStore, deployment: KubeObject): void {
	const sets = ownedBy(store, resources.replicasets, deployment);
	const newest = sets.toSorted((a, b) => revisionOf(b) - revisionOf(a))[0];
	const known = sets.find(set =>
		isDeepStrictEqual(withoutHash(templateOf(set)), withoutHash(templateOf(deployment))),
	);
	const isPaused = recordOf(deployment.spec).paused === true;
	const revision = known && known === newest ? revisionOf(known) : (newest ? revisionOf(newest) : 0) + 1;
	const current = known ?? (isPaused ? newest : undefined) ?? createSet(store, deployment, revision);
	const isRolledOut = current !== newest && !isPaused;
	scale(store, deployment, current, replicasOf(deployment), isRolledOut ? revision : revisionOf(current));
	for (const set of sets) if (set !== current && !isPaused) scale(store, deployment, set, 0, revisionOf(set));
	update(store, deployment, current);
}

const revisionKey = 'deployment.kubernetes.io/revision';

const revisionOf = ({ metadata }: KubeObject): number => Number(metadata.annotations?.[revisionKey] ?? 0);

function createSet(store: ClusterStore, deployment: KubeObject, revision: number): KubeObject {
	const template = templateOf(deployment);
	const { selector } = recordOf(deployment.spec);
	const hash = { 'pod-template-hash': hashOf(template) };
	const labels = { ...recordOf(recordOf(template.metadata).labels), ...hash };
	const matchLabels = { ...recordOf(recordOf(selector).matchLabels), ...hash };
	const { name, namespace } = deployment.metadata;
	// One of that name may be left of a Deployment before; it is taken over.
	const left = store.get(resources.replicasets, namespace, `${name}-${hash['pod-template-hash']}`);
	if (left) return left;
	return store.create(resources.replicasets, {
		apiVersion: 'apps/v1',
		kind: 'ReplicaSet',
		metadata: {
			name: `${name}-${hash['pod-template-hash']}`,
			...(namespace && { namespace }),
			labels,
			annotations: { [revisionKey]: String(revision) },
			ownerReferences: [referenceTo(deployment)],
		},
		spec: {
			replicas: 0,
			selector: { ...recordOf(selector), matchLabels },
			template: { ...template, metadata: { ...recordOf(template.metadata), labels } },
		},
		status: { replicas: 0 },
	});
}

function scale(
	store: ClusterStore,
	deployment: KubeObject,
	set: KubeObject,
	replicas: number,
	revision: number,
): void {
	const { name, namespace, annotations } = set.metadata;
	const before = replicasOf(set);
	store.update(resources.replicasets, {
		...(store.get(resources.replicasets, namespace, name) ?? set),
		metadata: {
			...set.metadata,
			annotations: { ...annotations, [revisionKey]: String(revision) },
			ownerReferences: [referenceTo(deployment)],
		},
		spec: { ...recordOf(set.spec), replicas },
	});
	if (replicas === before) return;
	const way = replicas > before ? 'up' : 'down';
	const from = before > 0 ? ` from ${before}` : '';
	const message = `Scaled ${way} replica set ${name} to ${replicas}${from}`;
	createRecorder(store, 'deployment-controller')(deployment, 'Normal', 'ScalingReplicaSet', message);
}

function update(store: ClusterStore, deployment: KubeObject, { metadata: { name, uid } }: KubeObject): void {
	const sets = ownedBy(store, resources.replicasets, deployment);
	const counts = (all: readonly KubeObject[]) => all.map(({ status }) => recordOf(status));
	const sum = (all: readonly Json[], field: string) =>
		all.reduce((total, status) => total + Number(status[field] ?? 0), 0);
	const set = sets.find(({ metadata }) => metadata.uid === uid);
	const wanted = replicasOf(deployment);
	const replicas = sum(counts(sets), 'replicas');
	const ready = sum(counts(sets), 'readyReplicas');
	const updated = set ? sum(counts([set]), 'replicas') : 0;
	const missing = Math.max(replicas, wanted) - ready;
	const isAvailable = ready >= wanted - mayBeMissing(deployment, wanted);
	const isDone = updated === wanted && replicas === wanted && ready === wanted;
	const status = {
		observedGeneration: deployment.metadata.generation,
		// What is zero is left out.
		...(replicas > 0 && { replicas }),
		...(updated > 0 && { updatedReplicas: updated }),
		...(ready > 0 && { readyReplicas: ready, availableReplicas: ready }),
		...(missing > 0 && { unavailableReplicas: missing }),
		conditions: [
			isAvailable
				? condition(deployment, {
						type: 'Available',
						status: 'True',
						reason: 'MinimumReplicasAvailable',
						message: 'Deployment has minimum availability.',
					})
				: condition(deployment, {
						type: 'Available',
						status: 'False',
						reason: 'MinimumReplicasUnavailable',
						message: 'Deployment does not have minimum availability.',
					}),
			condition(deployment, {
				type: 'Progressing',
				status: 'True',
				...(isDone
					? {
							reason: 'NewReplicaSetAvailable',
							message: `ReplicaSet "${name}" has successfully progressed.`,
						}
					: { reason: 'ReplicaSetUpdated', message: `ReplicaSet "${name}" is progressing.` }),
			}),
		],
	};
	const live = store.get(resources.deployments, deployment.metadata.namespace, deployment.metadata.name);
	if (!live || !isLiving(live)) return;
	const revision = set?.metadata.annotations?.[revisionKey] ?? '1';
	const annotations = { ...live.metadata.annotations, [revisionKey]: revision };
	store.update(resources.deployments, { ...live, metadata: { ...live.metadata, annotations }, status });
}

/** As its strategy says it: a number, or a part of all, rounded down. */
function mayBeMissing({ spec }: KubeObject, wanted: number): number {
	const { maxUnavailable = 0 } = recordOf(recordOf(recordOf(spec).strategy).rollingUpdate);
	const text = String(maxUnavailable);
	return text.endsWith('%') ? Math.floor((wanted * Number.parseFloat(text)) / 100) : Number(text);
}

function withoutHash(template: Json): Json {
	const metadata = recordOf(template.metadata);
	const { 'pod-template-hash': _, ...labels } = recordOf(metadata.labels);
	return { ...template, metadata: { ...metadata, labels } };
}

/** Ten characters, of those that names of pods are made of. */
function hashOf(template: Json): string {
	const letters = 'bcdfghjklmnpqrstvwxz2456789';
	const bytes = createHash('sha256').update(JSON.stringify(template)).digest();
	return [...bytes.subarray(0, 10)].map(byte => letters[byte % letters.length]).join('');
}
