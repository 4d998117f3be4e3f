import { inSentence } from '../words/in-sentence.ts';
import { Secret } from '../words/secret.ts';
import type { AskedFieldId, Credential, StoreFieldId } from './credential.ts';
import { type Field, type Flag, withKeys } from './provider.ts';
import { type Provider, providerNames, providers } from './providers.ts';

/** A field of an object store, with its name in an answers file and the one that no other store's field has. */
export type StoreField = { [K in Field['kind']]: FieldOfKind<K> }[Field['kind']];

type FieldOfKind<K extends Field['kind']> = Readonly<{
	provider: Provider;
	name: string;
	id: StoreFieldId<K>;
	kind: K;
	field: Extract<Field, { kind: K }>;
}>;

export const fieldsOf = (provider: Provider): readonly StoreField[] =>
	Object.entries<Field>(providers[provider].fields).map(
		([name, field]) => ({ provider, name, id: `${provider}.${name}`, kind: field.kind, field }) as StoreField,
	);

/** What there is to say of a store, the way Portworx logs in to it: without keys, nothing of a key. */
export const fieldsWith = (provider: Provider, auth: unknown): readonly StoreField[] =>
	fieldsOf(provider).filter(entry => !(isKeyless(auth) && isOfKey(entry)));

export const isOfKey = ({ field }: Readonly<{ field: Field }>): boolean => 'ofKey' in field;

/** Of `auth`, as written or stored. */
export const isKeyless = (auth: unknown): boolean =>
	typeof auth === 'string' && auth !== '' && auth !== withKeys;

export const allFields: readonly StoreField[] = providerNames.flatMap(fieldsOf);

/** One that the wizard asks for. */
export type AskedField<K extends AskedKind = AskedKind> = { [Kind in K]: AskedOfKind<Kind> }[K];

export type AskedKind = Exclude<Field['kind'], 'switch'>;
type AskedOfKind<K extends AskedKind> = Omit<FieldOfKind<K>, 'id' | 'field'> &
	Readonly<{ id: AskedFieldId<K>; field: FieldOfKind<K>['field'] & { ask: object } }>;

/** What the wizard asks for of a store, in its order. */
export const askedFieldsOf = (provider: Provider): readonly AskedField[] =>
	fieldsOf(provider).filter(entry => isAsked(entry, askedKinds));

/** What there is to say of each field of these kinds that is asked for. */
export const ofAsked = <K extends AskedKind, T>(
	kinds: readonly K[],
	tell: (entry: AskedField<K>) => T,
): Readonly<Record<AskedFieldId<K>, T>> =>
	Object.fromEntries(
		allFields.flatMap(entry => (isAsked(entry, kinds) ? [[entry.id, tell(entry)]] : [])),
	) as Record<AskedFieldId<K>, T>;

const askedKinds: readonly AskedKind[] = ['text', 'secret', 'choice', 'key-file'];

function isAsked<K extends AskedKind>(
	entry: StoreField | AskedField<K>,
	kinds: readonly K[],
): entry is AskedField<K> {
	return kinds.some(kind => kind === entry.kind) && 'ask' in entry.field && entry.field.ask !== undefined;
}

const byId: ReadonlyMap<string, StoreField> = new Map(allFields.map(entry => [entry.id, entry]));

/** undefined for what is no field of an object store. */
export const storeField = (id: string): StoreField | undefined => byId.get(id);

/** What pxctl may be told of a field. */
export const flagsOf = ({ field }: Readonly<{ field: Field }>): readonly Flag[] =>
	'flags' in field ? Object.values(field.flags) : [field.flag];

/** What a field is called in a credential, where in place of a key file there is its content. */
export const propertyOf = ({ name, field }: StoreField): string =>
	field.kind === 'key-file' ? field.content : name;

/** `access key ID`, `JSON key file`: as a field is called in the middle of a sentence. */
export function fieldInSentence(id: string): string {
	const entry = storeField(id);
	const short = entry && 'ask' in entry.field ? (entry.field.ask?.short ?? entry.name) : id;
	return inSentence(short);
}

/** What a secret looks like instead, such as the other half of a key. */
export function doubtAbout({ field }: Pick<StoreField, 'field'>, value: Secret): string | undefined {
	const doubt = field.kind === 'secret' ? field.ask?.doubt : undefined;
	return doubt?.(value.reveal());
}

export const readField = (credential: Credential, entry: StoreField): unknown =>
	Reflect.get(credential, propertyOf(entry));

/** What `pxctl` reads from a file: undefined for providers without one. */
export const keyFileOf = (credential: Credential): Secret | undefined =>
	fieldsOf(credential.provider)
		.filter(({ kind }) => kind === 'key-file')
		.map(entry => readField(credential, entry))
		.find(value => value instanceof Secret);

/** Whether two credentials are the same in every field. */
export const sameCredential = (one: Credential, other: Credential): boolean =>
	one.provider === other.provider &&
	fieldsOf(one.provider).every(entry => {
		const [left, right] = [readField(one, entry), readField(other, entry)];
		return left instanceof Secret && right instanceof Secret ? left.equals(right) : left === right;
	});
