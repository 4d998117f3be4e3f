import type { Answers } from '../../pairing/answers/answers.ts';
import type { SecretReference, StoreInFile } from '../../pairing/answers/answers-shape.ts';
import type { SecretField } from '../../pairing/answers/draft.ts';
import { readField, storeField } from '../../pairing/answers/store-fields.ts';
import { Secret } from '../../pairing/words/secret.ts';

/** Where a secret came from, as long as it is that secret. */
export type KnownSource = Readonly<{ field: SecretField; secret: Secret; reference: SecretReference }>;

/** What is kept in place of the secrets: where they came from; for those that were typed, where they may come from. */
export async function sourcesOf(
	{ objectStore }: Answers,
	known: readonly KnownSource[],
): Promise<StoreInFile> {
	const { sourcesFor } = await import('../../pairing/answers/record.ts');
	if (objectStore.provider === 'none') {
		return objectStore;
	}
	const found = known.filter(({ field, secret }) => {
		const entry = storeField(field);
		const given = entry && readField(objectStore, entry);
		return given instanceof Secret && given.equals(secret);
	});
	return sourcesFor(objectStore, Object.fromEntries(found.map(({ field, reference }) => [field, reference])));
}
