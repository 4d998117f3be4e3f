/** A copy that shares nothing with the original, of what JSON can say. `structuredClone` takes several times as long. */
export function copyOf<T>(value: T): T {
	return copied(value) as T;
}

function copied(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map(copied);
	const copy: Record<string, unknown> = {};
	for (const [name, each] of Object.entries(value)) {
		// As JSON.parse: a key of this name is one like others.
		if (name === '__proto__')
			Object.defineProperty(copy, name, {
				value: copied(each),
				writable: true,
				enumerable: true,
				configurable: true,
			});
		else copy[name] = copied(each);
	}
	return copy;
}
