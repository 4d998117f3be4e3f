import type { Provider } from '../../pairing/answers/providers.ts';
import { storeField } from '../../pairing/answers/store-fields.ts';
import type { Remedies } from '../../pairing/words/problem.ts';
import type { ProblemId } from '../../pairing/words/problem-ids.ts';
import type { Remedy } from '../../pairing/words/way.ts';
import { type KeyNames, keyNames } from './key-names.ts';

/** What a phrase means, and what helps. */
export type Row = Readonly<{
	sign: RegExp;
	id: ProblemId;
	title: string | ((key: KeyNames) => string);
	remedies: Remedies | ((key: KeyNames) => Remedies);
}>;

/** A row in the words of this kind of store. */
export function saidOf(
	{ title, remedies }: Pick<Row, 'title' | 'remedies'>,
	provider: Provider | undefined,
): Readonly<{ title: string; remedies: Remedies }> {
	const names = keyNames(provider);
	const [first, ...others] = typeof remedies === 'function' ? remedies(names) : remedies;
	const known = (remedy: Remedy) => (provider ? remedyFor(provider, remedy) : remedy);
	return {
		title: typeof title === 'function' ? title(names) : title,
		remedies: [known(first), ...others.map(known)],
	};
}

/** Fields that this kind of store does not have are no way out for it. */
export function remedyFor(provider: Provider, remedy: Remedy): Remedy {
	if (typeof remedy === 'string' || remedy.way.kind !== 'answer') {
		return remedy;
	}
	const own = remedy.way.fields.filter(
		field =>
			!field.startsWith('objectStore.') ||
			field === 'objectStore.provider' ||
			storeField(field.replace('objectStore', provider)) !== undefined,
	);
	const [one, ...more] = own;
	return one ? { ...remedy, way: { ...remedy.way, fields: [one, ...more] } } : `${remedy.what}.`;
}
