import { type Json, listOf, recordOf } from '../api/json.ts';
import type { KubeObject } from '../contract.ts';
import { type ClusterStore, timestampOf } from '../object-store.ts';
import { apiVersionOf, type Resource, servedResources } from '../resources.ts';

export const ownersOf = ({ metadata }: KubeObject): readonly Json[] => listOf(metadata.ownerReferences);

export const templateOf = ({ spec }: KubeObject): Json => recordOf(recordOf(spec).template);

export const replicasOf = ({ spec }: KubeObject): number => Number(recordOf(spec).replicas ?? 1);

export const isLiving = ({ metadata }: KubeObject): boolean => metadata.deletionTimestamp === undefined;

export const referenceTo = ({ apiVersion, kind, metadata: { name, uid } }: KubeObject) => ({
	apiVersion,
	kind,
	name,
	uid,
	controller: true,
	blockOwnerDeletion: true,
});

export const ownedBy = (store: ClusterStore, type: Resource, { metadata: { uid, namespace } }: KubeObject) =>
	store
		.view(type, namespace)
		.filter(object => isLiving(object) && ownersOf(object).some(owner => owner.uid === uid));

/** What its controller reference names, as long as that is there and not on its way out. */
export function ownerOf(store: ClusterStore, object: KubeObject): KubeObject | undefined {
	const owner = ownersOf(object).find(({ controller }) => controller === true);
	const type = servedResources(store).find(
		one => one.kind === owner?.kind && apiVersionOf(one) === owner.apiVersion,
	);
	const found = type && store.get(type, object.metadata.namespace, String(owner?.name));
	return found && found.metadata.uid === owner?.uid && isLiving(found) ? found : undefined;
}

/** Since when it is so, is told from the condition that the object has. */
export function condition(
	{ status }: KubeObject,
	{ type, status: is, reason, message }: Readonly<Record<'type' | 'status' | 'reason' | 'message', string>>,
): Json {
	const now = timestampOf(new Date());
	const had = listOf(recordOf(status).conditions).find(one => one.type === type);
	const lastUpdateTime = had?.message === message ? had.lastUpdateTime : now;
	const lastTransitionTime = had?.status === is ? had.lastTransitionTime : now;
	return { type, status: is, lastUpdateTime, lastTransitionTime, reason, message };
}

/** What belonged to it stays, and belongs to it no more. */
export function orphan(store: ClusterStore, { metadata: { uid, namespace } }: KubeObject): void {
	for (const type of servedResources(store))
		for (const object of store.list(type, namespace)) {
			const { ownerReferences: _, ...metadata } = object.metadata;
			const others = ownersOf(object).filter(owner => owner.uid !== uid);
			if (others.length === ownersOf(object).length) continue;
			const left = others.length > 0 && { ownerReferences: others };
			store.update(type, { ...object, metadata: { ...metadata, ...left } });
		}
}

/** What belonged to it goes with it. */
export function collect(store: ClusterStore, { metadata: { uid, namespace } }: KubeObject): void {
	for (const type of servedResources(store))
		for (const object of store.view(type, namespace)) {
			const owners = ownersOf(object);
			const { name } = object.metadata;
			if (owners.length === 0 || owners.some(owner => owner.uid !== uid)) continue;
			if (store.get(type, object.metadata.namespace, name))
				store.remove(type, object.metadata.namespace, name);
		}
}
