import { refuse } from '../words/problem.ts';
import { Secret } from '../words/secret.ts';
import type { Credential } from './credential.ts';
import { fieldsOf, readField } from './store-fields.ts';

/** @throws PairingError for a key file that the store can't use */
export function checkKeyFiles(credential: Credential): void {
	for (const entry of fieldsOf(credential.provider)) {
		const { name, field } = entry;
		const content = readField(credential, entry);
		if (field.kind === 'key-file' && content instanceof Secret) {
			refuseMistake(name, field.refusal, field.mistake(content));
		}
	}
}

function refuseMistake(
	name: string,
	{ title, remedy }: Readonly<{ title: string; remedy: string }>,
	mistake: string | undefined,
): void {
	if (mistake !== undefined) {
		refuse({
			id: 'json-key-invalid',
			title,
			evidence: `objectStore.${name}: ${mistake}`,
			remedies: [remedy],
		});
	}
}
