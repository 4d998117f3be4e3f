import type { Credential } from '../answers/credential.ts';
import { fieldsOf, readField, type StoreField } from '../answers/store-fields.ts';
import { pxctlPath } from '../clusters/portworx.ts';
import type { Command } from '../words/command.ts';
import type { Side } from '../words/pair.ts';
import { Secret } from '../words/secret.ts';

/** The documented command. Of a key file, its place in the pod replaces a path that the run makes up. */
export const createCredentialCommand = (side: Side, name: string, credential: Credential): Command => ({
	where: side,
	file: pxctlPath,
	args: [
		...['credentials', 'create', '--provider', credential.provider],
		...fieldsOf(credential.provider).flatMap(entry => flagFor(entry, readField(credential, entry))),
		name,
	],
});

/** Where a key file lies for as long as `pxctl credentials create` reads it. */
export const keyFileInPod = '/etc/pwx/.pxpair-key.json';

function flagFor({ field }: StoreField, value: unknown): readonly (string | Secret)[] {
	switch (field.kind) {
		case 'switch':
			return value === true ? [field.flag] : [];
		case 'key-file':
			return [field.flag, keyFileInPod];
		case 'text':
		case 'secret':
		case 'choice':
			return value instanceof Secret || (typeof value === 'string' && value !== '')
				? [field.flag, value]
				: [];
	}
}
