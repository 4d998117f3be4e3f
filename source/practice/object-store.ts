import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { normalForm, withDefaults } from './api/writes/defaults.ts';
import type { KubeObject, ObjectStore, ResourceId, StoreEvent } from './contract.ts';
import { copyOf } from './objects/copy.ts';

/** A store event with what the API server's watches need besides. */
export type Change = StoreEvent & Readonly<{ revision: number; previous: KubeObject | undefined }>;

export interface ClusterStore extends ObjectStore {
	/** The resourceVersion of the newest change. */
	readonly revision: number;
	/** From which revision on every change is remembered. */
	readonly horizon: number;
	/** As `list`, but the objects themselves, for who only reads: a page of thousands costs no thousands of copies. */
	view(resource: ResourceId, namespace?: string): readonly KubeObject[];
	/** Every remembered change after that revision. */
	since(revision: number): Change[];
	subscribe(listener: (change: Change) => void): () => void;
	/** A throw-away copy with the same contents and no listeners: where a dry run happens. */
	rehearsal(): ClusterStore;
}

type Contents = Map<string, Map<string, KubeObject>>;

const rememberedChanges = 1000;

/** Real clusters never count from one: a watch from resourceVersion 1 finds that it is too late. */
const firstRevision = 600;

export function createObjectStore(now: () => Date = () => new Date()): ClusterStore {
	return storeOf(new Map(), firstRevision, now);
}

/** Objects inside are never changed, only replaced; copies go in and out. */
function storeOf(contents: Contents, start: number, now: () => Date, isRehearsal = false): ClusterStore {
	const listeners = new Set<(change: Change) => void>();
	const history: Change[] = [];
	let revision = start;

	function commit(
		type: StoreEvent['type'],
		resource: ResourceId,
		object: KubeObject,
		previous: KubeObject | undefined,
	): KubeObject {
		revision += 1;
		// A dry run answers with the version that an object has, and a new one has none.
		const version = isRehearsal ? previous?.metadata.resourceVersion : String(revision);
		const metadata = { ...object.metadata, ...(version !== undefined && { resourceVersion: version }) };
		const stored = { ...object, metadata };
		const objects = objectsOf(contents, resource);
		const key = keyOf(object.metadata.namespace, object.metadata.name);
		if (type === 'DELETED') objects.delete(key);
		else objects.set(key, stored);
		const change: Change = { type, resource: idOf(resource), object: stored, revision, previous };
		history.push(change);
		if (history.length > rememberedChanges) history.shift();
		for (const listener of [...listeners]) listener(copyOf(change));
		return copyOf(stored);
	}

	function existing(resource: ResourceId, namespace: string | undefined, name: string): KubeObject {
		const found = objectsOf(contents, resource).get(keyOf(namespace, name));
		if (!found) throw new Error(`${resource.plural} "${name}" not found`);
		return found;
	}

	function view(resource: ResourceId, namespace: string | undefined): KubeObject[] {
		return [...objectsOf(contents, resource)]
			.filter(([, { metadata }]) => namespace === undefined || metadata.namespace === namespace)
			.toSorted(([a], [b]) => (a < b ? -1 : 1))
			.map(([, object]) => object);
	}

	return {
		get revision() {
			return revision;
		},
		get horizon() {
			return (history[0]?.revision ?? revision + 1) - 1;
		},
		get(resource, namespace, name) {
			return copyOf(objectsOf(contents, resource).get(keyOf(namespace, name)));
		},
		view,
		list(resource, namespace) {
			return view(resource, namespace).map(object => copyOf(object));
		},
		create(resource, object) {
			const { name, namespace } = object.metadata;
			if (objectsOf(contents, resource).has(keyOf(namespace, name)))
				throw new Error(`${resource.plural} "${name}" already exists`);
			const timestamp = timestampOf(now());
			const created = withDefaults(resource, copyOf(object), timestamp);
			const metadata = {
				...created.metadata,
				uid: randomUUID(),
				creationTimestamp: timestamp,
				...(countsGenerations(resource) && { generation: 1 }),
			};
			return commit('ADDED', resource, { ...created, metadata }, undefined);
		},
		update(resource, object) {
			const previous = existing(resource, object.metadata.namespace, object.metadata.name);
			const next = asSuccessor(resource, previous, normalForm(resource, copyOf(object)));
			if (isDeepStrictEqual(next, previous)) return copyOf(previous);
			const isLast = next.metadata.deletionTimestamp !== undefined && !isHeld(next);
			return commit(isLast ? 'DELETED' : 'MODIFIED', resource, next, previous);
		},
		remove(resource, namespace, name) {
			const object = existing(resource, namespace, name);
			if (!isHeld(object)) return commit('DELETED', resource, object, object);
			if (object.metadata.deletionTimestamp) return copyOf(object);
			return commit('MODIFIED', resource, asDeleted(resource, object, timestampOf(now())), object);
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		since(after) {
			return history.filter(change => change.revision > after).map(change => copyOf(change));
		},
		rehearsal() {
			const copy = new Map([...contents].map(([type, objects]) => [type, new Map(objects)]));
			return storeOf(copy, revision, now, true);
		},
	};
}

/** RFC 3339 to the second, as Kubernetes writes its times. */
export function timestampOf(date: Date): string {
	return `${date.toISOString().slice(0, 19)}Z`;
}

function objectsOf(contents: Contents, { group, plural }: ResourceId): Map<string, KubeObject> {
	const type = `${group}/${plural}`;
	const objects = contents.get(type) ?? new Map<string, KubeObject>();
	contents.set(type, objects);
	return objects;
}

function keyOf(namespace: string | undefined, name: string): string {
	return `${namespace ?? ''}/${name}`;
}

function idOf({ group, version, plural }: ResourceId): ResourceId {
	return { group, version, plural };
}

function countsGenerations({ group }: ResourceId): boolean {
	return group !== '' && group !== 'rbac.authorization.k8s.io';
}

function asSuccessor(resource: ResourceId, previous: KubeObject, next: KubeObject): KubeObject {
	const { uid, creationTimestamp, resourceVersion, generation } = previous.metadata;
	const changed = !isDeepStrictEqual(specificationOf(previous), specificationOf(next));
	const metadata = {
		...next.metadata,
		...(uid && { uid }),
		...(creationTimestamp && { creationTimestamp }),
		...(resourceVersion && { resourceVersion }),
		...(countsGenerations(resource) && { generation: (generation ?? 0) + (changed ? 1 : 0) }),
	};
	return { ...next, metadata };
}

function specificationOf({ metadata: _, status: __, ...specification }: KubeObject): object {
	return specification;
}

function asDeleted(resource: ResourceId, object: KubeObject, deletionTimestamp: string): KubeObject {
	const { generation } = object.metadata;
	const metadata = {
		...object.metadata,
		deletionTimestamp,
		deletionGracePeriodSeconds: 0,
		...(generation !== undefined && { generation: generation + 1 }),
	};
	const isNamespace = resource.group === '' && resource.plural === 'namespaces';
	return { ...object, metadata, ...(isNamespace && { status: { phase: 'Terminating' } }) };
}

/** Namespaces are held by `spec.finalizers` until they are empty. */
function isHeld(object: KubeObject): boolean {
	const spec = object.spec as { finalizers?: unknown } | undefined;
	return [object.metadata.finalizers, spec?.finalizers].some(held => Array.isArray(held) && held.length > 0);
}
