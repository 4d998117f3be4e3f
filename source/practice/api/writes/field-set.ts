import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '../../resources.ts';
import { isRecord, type Json } from '../json.ts';
import { itemKey, listShape } from '../list-shapes.ts';

/** Elements as in FieldsV1: `f:spec`, `k:{"name":"portworx"}`, `v:"a finalizer"`. */
export type Path = readonly string[];

/** Paths to what an object has, with the value at each leaf; whatever has fields of its own is the same everywhere. */
export type FieldValues = ReadonlyMap<string, unknown>;

/** A set of paths, each written by `pathText`. */
export type FieldSet = ReadonlySet<string>;

const branch = Symbol('has fields of its own');

/** Metadata that the server alone writes. */
export const serverFields = [
	'uid',
	'resourceVersion',
	'generation',
	'creationTimestamp',
	'deletionTimestamp',
	'deletionGracePeriodSeconds',
	'managedFields',
	'selfLink',
];

const serverOwned = new Set(['name', 'namespace', 'generateName', ...serverFields]);

/** In types with a schema only these are maps that someone can own as such; all else are structures. */
const ownedMaps = new Set([
	'annotations',
	'data',
	'labels',
	'limits',
	'matchLabels',
	'nodeSelector',
	'requests',
	'selector',
]);

export function fieldsOf(resource: Resource, object: Json): FieldValues {
	const fields = new Map<string, unknown>();
	const { apiVersion: _, kind: __, metadata, ...rest } = object;
	const own = Object.entries(isRecord(metadata) ? metadata : {}).filter(([name]) => !serverOwned.has(name));
	for (const [name, value] of own) collect(resource, fields, ['f:metadata', `f:${name}`], value);
	for (const [name, value] of Object.entries(rest)) collect(resource, fields, [`f:${name}`], value);
	return fields;
}

/** What is new or different in `after`, and what `before` had and `after` has not. */
export function compareFields(
	before: FieldValues,
	after: FieldValues,
): { changed: FieldSet; removed: FieldSet } {
	const changed = [...after].filter(([path, value]) => !isDeepStrictEqual(before.get(path), value));
	const removed = [...before.keys()].filter(path => !after.has(path));
	return { changed: new Set(changed.map(([path]) => path)), removed: new Set(removed) };
}

export function union(a: Iterable<string>, b: Iterable<string>): FieldSet {
	return new Set([...a, ...b]);
}

export function without(a: FieldSet, ...others: readonly FieldSet[]): FieldSet {
	return new Set([...a].filter(path => !others.some(other => other.has(path))));
}

export function common(a: FieldSet, b: FieldSet): FieldSet {
	return new Set([...a].filter(path => b.has(path)));
}

function pathText(path: Path): string {
	return path.join('\0');
}

export function pathOf(text: string): Path {
	return text.split('\0');
}

/** FieldsV1: an empty object is an owned leaf, `.` an owned thing with fields of its own. */
export function toFieldsV1(set: FieldSet): Json {
	const tree: Json = {};
	for (const text of [...set].toSorted()) {
		const node = pathOf(text).reduce<Json>((parent, element) => {
			parent[element] ??= {};
			return parent[element] as Json;
		}, tree);
		node['.'] = {};
	}
	return withoutLoneDots(tree);
}

export function fromFieldsV1(tree: Json, at: Path = []): FieldSet {
	const paths = Object.entries(tree).flatMap(([element, children]) => {
		if (element === '.') return [pathText(at)];
		const path = [...at, element];
		return Object.keys(children as Json).length === 0
			? [pathText(path)]
			: [...fromFieldsV1(children as Json, path)];
	});
	return new Set(paths);
}

function withoutLoneDots(tree: Json): Json {
	const entries = Object.entries(tree).map(([element, children]) => {
		const names = Object.keys(children as Json);
		const isLeaf = names.length === 0 || (names.length === 1 && names[0] === '.');
		return [element, isLeaf ? {} : withoutLoneDots(children as Json)] as const;
	});
	return Object.fromEntries(entries);
}

function collect(resource: Resource, fields: Map<string, unknown>, path: Path, value: unknown): void {
	const element = path.at(-1) ?? '';
	if (isRecord(value)) {
		const entries = Object.entries(value);
		const isOwned = entries.length === 0 || element.startsWith('k:') || isMap(resource, path);
		if (isOwned) fields.set(pathText(path), branch);
		for (const [name, child] of entries) collect(resource, fields, [...path, `f:${name}`], child);
		return;
	}
	if (Array.isArray(value)) {
		collectList(resource, fields, path, value);
		return;
	}
	fields.set(pathText(path), value);
}

function collectList(resource: Resource, fields: Map<string, unknown>, path: Path, items: unknown[]): void {
	const shape = listShape(resource, path.at(-1)?.slice(2) ?? '', items);
	if (shape.kind === 'atomic') {
		fields.set(pathText(path), items);
		return;
	}
	fields.set(pathText(path), branch);
	for (const item of items) {
		if (shape.kind === 'set') fields.set(pathText([...path, `v:${JSON.stringify(item)}`]), branch);
		else collect(resource, fields, [...path, itemKey(shape.keys, item as Json)], item);
	}
}

function isMap(resource: Resource, path: Path): boolean {
	return ownedMaps.has(path.at(-1)?.slice(2) ?? '') || (resource.custom && path[0] !== 'f:metadata');
}
