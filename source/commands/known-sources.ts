import type { Answers } from '../pairing/answers.ts';
import type { SecretReference, StoreInFile } from '../pairing/answers-file.ts';
import type { SecretField } from '../pairing/draft.ts';
import { Secret } from '../pairing/secret.ts';

/** Where a secret came from, as long as it is that secret. */
export type KnownSource = Readonly<{ field: SecretField; secret: Secret; reference: SecretReference }>;

/** What is kept in place of the secrets: where they came from; for those that were typed, where they may come from. */
export async function sourcesOf(
	{ objectStore }: Answers,
	known: readonly KnownSource[],
): Promise<StoreInFile> {
	const { sourcesFor } = await import('../pairing/record.ts');
	const found = known.filter(({ field, secret }) => {
		const given: unknown = Reflect.get(objectStore, field);
		return given instanceof Secret && given.equals(secret);
	});
	const keyFile = found.find(({ field }) => field === 'jsonKey')?.reference;
	return {
		...sourcesFor(objectStore, keyFile && 'file' in keyFile ? keyFile.file : undefined),
		...Object.fromEntries(
			found.filter(({ field }) => field !== 'jsonKey').map(({ field, reference }) => [field, reference]),
		),
	} as StoreInFile;
}
