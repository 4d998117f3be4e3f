import { isRecord } from '../json.ts';

const step =
	/\.([\w-]+)|\[\?\(@\.([\w.]+)\s*==\s*["']([^"']*)["']\)\]|\[(\d+)\]|\[["']([^"']+)["']\]|(\[\*\]|\.\*)/gy;

/** The values at a path as printer columns write it: `.spec.a`, `.a[0]`, `.a['b.c']`, `.a[*].b`, `.a[?(@.type=="Ready")].status`. */
export function valuesAt(object: unknown, path: string): unknown[] {
	const steps = [...path.matchAll(step)];
	// What is not understood whole finds nothing, as a column whose value is missing.
	if (steps.map(([text]) => text).join('') !== path) return [];
	return steps.reduce<unknown[]>(
		(values, [, field, filter, wanted, index, quoted, every]) =>
			values.flatMap(value => {
				if (filter !== undefined)
					return listOf(value).filter(item => String(valuesAt(item, `.${filter}`)[0]) === wanted);
				if (every !== undefined) return isRecord(value) ? Object.values(value) : listOf(value);
				const key = field ?? quoted;
				const found =
					key === undefined ? listOf(value)[Number(index)] : isRecord(value) ? value[key] : undefined;
				return found === undefined ? [] : [found];
			}),
		[object],
	);
}

function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}
