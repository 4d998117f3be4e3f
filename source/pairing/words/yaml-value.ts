import { isCollection, type parseDocument, visit } from 'yaml';

/**
 * The value of a YAML document.
 * @throws when aliases unfold too far, or a map or list is a key: such a key is printed to become a text, which takes twice as
 * long for each further one inside it
 */
export function yamlValue(document: ReturnType<typeof parseDocument>, maxAliasCount: number): unknown {
	visit(document, {
		Pair(_, { key }) {
			if (isCollection(key)) {
				throw new RangeError('a key is no text');
			}
		},
	});
	return document.toJS({ maxAliasCount });
}
