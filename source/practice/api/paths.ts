import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '../contract.ts';
import { isRecord, type Json } from './json.ts';
import { keyValue } from './list-shapes.ts';
import { type Path, pathOf } from './writes/field-set.ts';

/** The object without what lies at that path; a map or list that still holds something stays. */
export function removePath(object: KubeObject, text: string): KubeObject {
	const path = pathOf(text);
	return isKey(path) ? object : (removeAt(object, path) as KubeObject);
}

/** As conflicts name it: `.spec.containers[name="portworx"].image`. */
export function pathLabel(path: Path): string {
	return path
		.map(element => {
			const body = element.slice(2);
			if (element.startsWith('f:')) return `.${body}`;
			if (element.startsWith('v:')) return `[=${body}]`;
			const keys = Object.entries(keysOf(element));
			return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`;
		})
		.join('');
}

/** The keys of a list item go with the item: without them it could not be found again. */
function isKey(path: Path): boolean {
	const [item = '', field = ''] = path.slice(-2);
	return item.startsWith('k:') && field.slice(2) in keysOf(item);
}

function removeAt(value: unknown, [element = '', ...rest]: Path): unknown {
	if (Array.isArray(value)) {
		const isMeant = matcherOf(element);
		if (rest.length > 0) return value.map(item => (isMeant(item) ? removeAt(item, rest) : item));
		// Anyone else who wrote into an item owns the item too, and then it is not among what goes.
		return value.filter(item => !isMeant(item));
	}
	if (!isRecord(value)) return value;
	const name = element.slice(2);
	const child = value[name];
	if (child === undefined) return value;
	if (rest.length > 0) return { ...value, [name]: removeAt(child, rest) };
	if (!isSpent(child)) return value;
	const { [name]: _, ...others } = value;
	return others;
}

function matcherOf(element: string): (item: unknown) => boolean {
	if (element.startsWith('v:')) return item => item === JSON.parse(element.slice(2));
	const keys = Object.entries(keysOf(element));
	return item =>
		isRecord(item) && keys.every(([key, value]) => isDeepStrictEqual(keyValue(item, key), value));
}

/** Fields go before what holds them, so a map with anything left in it holds what someone else put there. */
function isSpent(value: unknown): boolean {
	return !isRecord(value) || Object.keys(value).length === 0;
}

function keysOf(element: string): Json {
	return JSON.parse(element.slice(2)) as Json;
}
