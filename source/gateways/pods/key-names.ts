import type { KeyWords, ProviderDefinition } from '../../pairing/answers/provider.ts';
import { type Provider, providers } from '../../pairing/answers/providers.ts';
import { fieldInSentence } from '../../pairing/answers/store-fields.ts';

/** What the parts of a key are called where a store refuses it: each kind of store has its own words. */
export type KeyNames = KeyWords &
	Readonly<{ /** There are two parts, of which one can be wrong. */ isPair: boolean }>;

/** @param provider undefined where it is not known: then of any */
export function keyNames(provider: Provider | undefined): KeyNames {
	const definition: ProviderDefinition | undefined = provider && providers[provider];
	const key = definition?.key;
	return key === undefined
		? ofAny
		: {
				...key,
				identity: fieldInSentence(`${provider}.${key.identity}`),
				secret: fieldInSentence(`${provider}.${key.secret}`),
				isPair: key.identity !== key.secret,
			};
}

const ofAny: KeyNames = {
	identity: 'access key ID or account',
	secret: 'secret of this key',
	whole: 'access key',
	holder: 'access key',
	belongs: 'that it belongs to this store',
	grant: 'Grant it permission to list, create and use buckets.',
	isPair: true,
};
