import { isDeepStrictEqual } from 'node:util';
import { badRequest, refuse } from '../failures.ts';
import { isRecord, type Json } from '../json.ts';

/** RFC 7386. */
export function mergePatched(target: unknown, patch: unknown): unknown {
	if (!isRecord(patch)) return patch;
	const result: Json = isRecord(target) ? { ...target } : {};
	for (const [name, value] of Object.entries(patch)) {
		if (value === null) delete result[name];
		else result[name] = mergePatched(result[name], value);
	}
	return result;
}

/** RFC 6902. */
export function jsonPatched(target: unknown, patch: unknown): unknown {
	if (!Array.isArray(patch)) throw badRequest('error decoding patch: a JSON patch is a list of operations');
	return patch.reduce((value: unknown, operation: Operation) => perform(value, operation), target);
}

type Operation = Readonly<{ op: string; path: string; from?: string; value?: unknown }>;

function perform(target: unknown, { op, path, from = '', value }: Operation): unknown {
	const to = pointerOf(path);
	switch (op) {
		case 'add':
			return put(target, to, value, 'insert');
		case 'replace':
			valueAt(target, to);
			return put(target, to, value, 'replace');
		case 'remove':
			valueAt(target, to);
			return remove(target, to);
		case 'copy':
			return put(target, to, valueAt(target, pointerOf(from)), 'insert');
		case 'move': {
			const moved = valueAt(target, pointerOf(from));
			return put(remove(target, pointerOf(from)), to, moved, 'insert');
		}
		case 'test':
			if (!isDeepStrictEqual(valueAt(target, to), value)) throw rejected();
			return target;
		default:
			throw rejected();
	}
}

function pointerOf(text: unknown): string[] {
	if (typeof text !== 'string') throw rejected();
	return text
		.split('/')
		.slice(1)
		.map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function valueAt(target: unknown, [part, ...rest]: readonly string[]): unknown {
	if (part === undefined) return target;
	const child = Array.isArray(target) ? target[Number(part)] : isRecord(target) ? target[part] : undefined;
	if (child === undefined) throw rejected();
	return valueAt(child, rest);
}

function put(
	target: unknown,
	[part, ...rest]: readonly string[],
	value: unknown,
	how: 'insert' | 'replace',
): unknown {
	if (part === undefined) return value;
	if (Array.isArray(target)) {
		const index = part === '-' ? target.length : Number(part);
		if (!(index >= 0 && index <= target.length)) throw rejected();
		if (rest.length > 0) return target.with(index, put(target[index], rest, value, how));
		return target.toSpliced(index, how === 'insert' ? 0 : 1, value);
	}
	if (!isRecord(target)) throw rejected();
	return { ...target, [part]: put(target[part], rest, value, how) };
}

function remove(target: unknown, [part = '', ...rest]: readonly string[]): unknown {
	if (Array.isArray(target)) {
		const index = Number(part);
		return rest.length > 0 ? target.with(index, remove(target[index], rest)) : target.toSpliced(index, 1);
	}
	if (!isRecord(target)) throw rejected();
	if (rest.length > 0) return { ...target, [part]: remove(target[part], rest) };
	const { [part]: _, ...others } = target;
	return others;
}

function rejected() {
	return refuse(422, 'Invalid', 'the server rejected our request due to an error in our request', {});
}
