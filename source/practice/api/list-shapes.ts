import type { Resource } from '../resources.ts';
import { isRecord, type Json } from './json.ts';

/** How a list is merged and owned: as one value, by the keys of its items, or as a set of scalars. */
export type ListShape = Readonly<
	{ kind: 'atomic' } | { kind: 'set' } | { kind: 'keyed'; keys: readonly string[] }
>;

const atomic: ListShape = { kind: 'atomic' };
const byName = keyed('name');

/**
 * What the schemas of the built-in types say about their lists, by field name. Custom types here have no schema: all
 * their lists are atomic, except those of `metadata`.
 */
const shapes: Readonly<Record<string, ListShape>> = {
	finalizers: { kind: 'set' },
	ownerReferences: keyed('uid'),
	containers: byName,
	initContainers: byName,
	env: byName,
	volumes: byName,
	imagePullSecrets: byName,
	volumeMounts: keyed('mountPath'),
	conditions: keyed('type'),
	podIPs: keyed('ip'),
	hostAliases: keyed('ip'),
	topologySpreadConstraints: keyed('topologyKey', 'whenUnsatisfiable'),
};

export function listShape(resource: Resource, field: string, items: readonly unknown[]): ListShape {
	const shape = shapeOf(resource, field);
	if (shape.kind !== 'keyed') return shape;
	const isComplete = items.every(
		item => isRecord(item) && shape.keys.every(key => keyValue(item, key) !== undefined),
	);
	return isComplete ? shape : atomic;
}

/** The item's name in a field path: `k:{"name":"portworx"}`. */
export function itemKey(keys: readonly string[], item: Json): string {
	return `k:${JSON.stringify(Object.fromEntries(keys.map(key => [key, keyValue(item, key)])))}`;
}

/** Servers fill in the protocol before they look at keys. */
export function keyValue(item: Json, key: string): unknown {
	return item[key] ?? (key === 'protocol' ? 'TCP' : undefined);
}

function shapeOf(resource: Resource, field: string): ListShape {
	if (resource.custom)
		return ['finalizers', 'ownerReferences'].includes(field) ? (shapes[field] ?? atomic) : atomic;
	if (field === 'ports' && resource.plural === 'services') return keyed('port', 'protocol');
	if (field === 'ports') return keyed('containerPort', 'protocol');
	if (field === 'addresses' && resource.plural === 'nodes') return keyed('type');
	return shapes[field] ?? atomic;
}

function keyed(...keys: string[]): ListShape {
	return { kind: 'keyed', keys };
}
