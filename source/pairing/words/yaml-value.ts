import { isCollection, type parseDocument, visit } from 'yaml';

/** Each is looked for from the beginning of the document. */
const mostAliases = 100;

/**
 * The value of a YAML document.
 * @throws when there are many aliases or they unfold too far, or a map or list is a key: such a key is printed to become a text,
 * which takes twice as long for each further one inside it
 */
export function yamlValue(document: ReturnType<typeof parseDocument>, maxAliasCount: number): unknown {
	let aliases = 0;
	visit(document, {
		Alias() {
			aliases += 1;
			if (aliases > mostAliases) {
				throw new RangeError('too many aliases');
			}
		},
		Pair(_, { key }) {
			if (isCollection(key)) {
				throw new RangeError('a key is no text');
			}
		},
	});
	return document.toJS({ maxAliasCount });
}
