import { mapTag } from 'js-yaml';
import { refuse } from './fault.ts';

/** Of a map that is being read: the keys that a merge has just brought, and the one that it is about to bring. */
type Merging = { brought: Set<unknown>; next: unknown };

const merging = new WeakMap<object, Merging>();

function mergingOf(map: object): Merging {
	const known = merging.get(map) ?? { brought: new Set(), next: undefined };
	merging.set(map, known);
	return known;
}

/**
 * A map as goyaml v2 reads it (decode.go): what comes later counts, also where it is a merge key. Of several maps that one merge key
 * names, the first counts. The parser asks for a key before it merges it, and never before it adds one.
 */
export const goMapTag: typeof mapTag = {
	...mapTag,
	has(map, key) {
		const state = mergingOf(map);
		state.next = key;
		return state.brought.has(key);
	},
	addPair(map, key, value) {
		if (key === null) {
			refuse('not usable: a key in it is null');
		}
		const state = merging.get(map);
		if (state) {
			if (state.next === key) {
				state.brought.add(key);
			} else {
				state.brought.clear();
			}
			state.next = undefined;
		}
		return mapTag.addPair(map, key, value);
	},
};
