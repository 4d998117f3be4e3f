import type { Credential } from '../answers/credential.ts';
import type { ChoiceField } from '../answers/provider.ts';
import { fieldsWith, readField, type StoreField } from '../answers/store-fields.ts';
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
		...fieldsWith(credential.provider, Reflect.get(credential, 'auth')).flatMap(entry =>
			flagFor(entry, readField(credential, entry)),
		),
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
		case 'choice':
			return typeof value === 'string' && value !== '' ? wordFlag(field, value) : [];
		case 'text':
		case 'secret':
			return value instanceof Secret || (typeof value === 'string' && value !== '')
				? [field.flag, value]
				: [];
	}
}

const wordFlag = (field: ChoiceField, word: string): readonly string[] => {
	if ('flag' in field) {
		return [field.flag, word];
	}
	const flag = field.flags[word];
	return flag === undefined ? [] : [flag];
};
