import type { Resource } from '../../resources.ts';
import { isRecord, type Json } from '../json.ts';
import { itemKey, listShape } from '../list-shapes.ts';

/** Strategic merge patch for the built-in types: a merge patch that knows the keys of list items, and `$patch`. */
export function strategicallyMerged(resource: Resource, target: unknown, patch: unknown): unknown {
	return merged(resource, '', target, patch);
}

function merged(resource: Resource, field: string, target: unknown, patch: unknown): unknown {
	if (Array.isArray(patch)) return mergedList(resource, field, Array.isArray(target) ? target : [], patch);
	if (!isRecord(patch)) return patch;
	const { $patch: directive, ...rest } = patch;
	if (directive === 'delete') return {};
	const result: Json = isRecord(target) && directive !== 'replace' ? { ...target } : {};
	for (const [name, value] of Object.entries(rest)) {
		if (name.startsWith('$deleteFromPrimitiveList/')) removeFrom(result, name.split('/')[1] ?? '', value);
		else if (name.startsWith('$')) continue;
		else if (value === null) delete result[name];
		else result[name] = merged(resource, name, result[name], value);
	}
	return result;
}

function mergedList(resource: Resource, field: string, target: unknown[], patch: unknown[]): unknown[] {
	const replaces = patch.some(item => isRecord(item) && item.$patch === 'replace');
	const items = patch.filter(item => !isRecord(item) || item.$patch !== 'replace');
	const shape = listShape(resource, field, [...target, ...items]);
	if (replaces || shape.kind === 'atomic') return items;
	if (shape.kind === 'set') return [...new Set([...target, ...items])];
	const keyOf = (item: unknown) => itemKey(shape.keys, item as Json);
	const byKey = new Map(target.map(item => [keyOf(item), item]));
	for (const item of items) {
		if ((item as Json).$patch === 'delete') byKey.delete(keyOf(item));
		else byKey.set(keyOf(item), merged(resource, '', byKey.get(keyOf(item)), item));
	}
	return [...byKey.values()];
}

function removeFrom(target: Json, field: string, values: unknown): void {
	const list = target[field];
	if (Array.isArray(list) && Array.isArray(values))
		target[field] = list.filter(value => !values.includes(value));
}
