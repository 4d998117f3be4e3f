import type { Secret } from '../words/secret.ts';
import type { Field } from './provider.ts';
import type { Provider, providers } from './providers.ts';

/** Keys to the object store through which volume data travels: one variant for each provider, with the fields of its definition. */
export type Credential = { [P in Provider]: CredentialOf<P> }[Provider];

export type CredentialOf<P extends Provider> = Flat<
	Readonly<{ provider: P }> & {
		readonly [N in Name<P> as IsOptional<FieldOf<P, N>> extends true ? never : Property<P, N>]: Value<
			FieldOf<P, N>
		>;
	} & {
		readonly [N in Name<P> as IsOptional<FieldOf<P, N>> extends true ? Property<P, N> : never]?: Value<
			FieldOf<P, N>
		>;
	}
>;

export type Name<P extends Provider> = keyof (typeof providers)[P]['fields'] & string;
export type FieldOf<P extends Provider, N extends Name<P>> = (typeof providers)[P]['fields'][N];

export type IsOptional<F> = F extends { optional: true } | { ofKey: true } | { kind: 'switch' }
	? true
	: false;
export type Flat<T> = { [K in keyof T]: T[K] };

/** In place of a key file there is its content. */
type Property<P extends Provider, N extends Name<P>> =
	FieldOf<P, N> extends { kind: 'key-file'; content: infer Content extends string } ? Content : N;

export type Value<F> = F extends { kind: 'text' }
	? string
	: F extends { kind: 'choice'; options: infer Options }
		? keyof Options & string
		: F extends { kind: 'switch' }
			? boolean
			: Secret;

/** Fields of all providers that are of such a kind, as they are called where a name alone could be that of several: `s3.region`. */
export type StoreFieldId<Kind extends Field['kind'] = Field['kind']> = IdOf<{ kind: Kind }>;

/** Those among them that the wizard asks for. */
export type AskedFieldId<Kind extends Field['kind'] = Field['kind']> = IdOf<{ kind: Kind; ask: object }>;

type IdOf<Shape> = {
	[P in Provider]: { [N in Name<P>]: FieldOf<P, N> extends Shape ? `${P}.${N}` : never }[Name<P>];
}[Provider];

/** The name under which Portworx looks for the store's credential, on both clusters. */
export const credentialName = (destinationUuid: string): string => `clusterPair_${destinationUuid}`;
