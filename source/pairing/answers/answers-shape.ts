import * as z from 'zod';
import { isRecord } from '../words/json.ts';
import { defaultPair, locations, logins, modes, policies } from './answers.ts';
import type { FieldOf, Flat, IsOptional, Name, Value } from './credential.ts';
import { type Field, type TextField, withKeys } from './provider.ts';
import { type Provider, providerNames } from './providers.ts';
import { fieldsOf, fieldsWith, isKeyless, type StoreField } from './store-fields.ts';
import {
	isAddress,
	isNamespaceName,
	isPairName,
	isServer,
	namespaceRule,
	pairNameRule,
	serverRule,
} from './well-formed.ts';

/** The answers file as it is written: secrets are references, so the file itself holds none. */
export type AnswersFile = z.infer<typeof answersFileShape>;
export type SecretReference = z.infer<typeof secretReference>;
const aReference = 'a reference: {env: NAME}, {file: PATH}, {stdin: LINE} or {command: [PROGRAM, ARGUMENT]}';
const aCommand = 'a program and its arguments as a list of texts, none empty: {command: [PROGRAM, ARGUMENT]}';

const word = z.string().min(1, aCommand).max(4096, aCommand);

const secretReference = z.union(
	[
		z.strictObject({
			env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of an environment variable'),
		}),
		z.strictObject({ file: z.string().min(1, 'a path') }),
		z.strictObject({ stdin: z.int().min(1, 'a line number of standard input, from 1').max(100) }),
		z.strictObject({
			command: z.array(word).min(1, aCommand).max(100, aCommand),
			/** Where it is started; the folder of the answers file when absent. */
			folder: z.string().min(1, 'a path').optional(),
		}),
	],
	{ error: ({ input }) => allowedInPlaceOf(input) },
);

function allowedInPlaceOf(input: unknown): string {
	if (typeof input === 'string') {
		return `${aReference}; a secret must not be in the file`;
	}
	return isRecord(input) && 'command' in input ? aCommand : aReference;
}

const text = (what: string) =>
	z
		.string()
		.regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u, what)
		.max(1024, what);

const cluster = z.strictObject({
	context: text('the name of a kubeconfig context'),
	kubeconfig: text('the path of a kubeconfig file').optional(),
});

const endpoint = z.strictObject({
	ip: z.string().refine(isAddress, 'an IP address or a host name'),
	port: z.int().min(1).max(65_535),
});

const server = z.string().refine(isServer, serverRule);

/** A store as an answers file describes it: as a credential, with references in place of secrets, and paths of key files. */
export type StoreInFile = CredentialInFile | Readonly<{ provider: 'none' }>;

export type CredentialInFile = { [P in Provider]: CredentialInFileOf<P> }[Provider];
type CredentialInFileOf<P extends Provider> = Flat<
	Readonly<{ provider: P }> & {
		readonly [N in Name<P> as IsOptional<FieldOf<P, N>> extends true ? never : N]: Written<FieldOf<P, N>>;
	} & {
		readonly [N in Name<P> as IsOptional<FieldOf<P, N>> extends true ? N : never]?: Written<FieldOf<P, N>>;
	}
>;
type Written<F> = F extends { kind: 'secret' }
	? SecretReference
	: F extends { kind: 'key-file' }
		? string
		: Value<F>;

const noStore = z.strictObject({ provider: z.literal('none') });
const shapeWith = (provider: Provider, entries: readonly StoreField[], auth: z.ZodType | undefined) =>
	z.strictObject({
		provider: z.literal(provider),
		...Object.fromEntries(entries.map(({ name, field }) => [name, fieldShape(field)])),
		...(auth && { auth }),
	});

const objectStore = oneOf<StoreInFile>([...providerNames.map(storeShape), noStore]);

/** As much of a store as someone has written down. */
const someStore = oneOf<Partial<StoreInFile>>([
	...providerNames.map(provider =>
		shapeWith(provider, fieldsOf(provider), undefined).partial().required({ provider: true }),
	),
	noStore,
]);

/** Without keys it has no fields for them, and with them it needs them. */
function storeShape(provider: Provider): z.ZodObject | z.ZodDiscriminatedUnion {
	const words = fieldsOf(provider).flatMap(({ name, field }) =>
		name === 'auth' && field.kind === 'choice' ? Object.keys(field.options) : [],
	);
	const keyless = words.filter(isKeyless);
	return keyless.length === 0
		? shapeWith(provider, fieldsOf(provider), undefined)
		: z.discriminatedUnion(
				'auth',
				[
					shapeWith(provider, fieldsOf(provider), z.literal(withKeys).optional()),
					shapeWith(provider, fieldsWith(provider, keyless[0]), z.enum(keyless)),
				],
				{ error: `one of ${words.join(', ')}` },
			);
}

/** Its shape is made of what the providers say, its type of their types: here they meet. */
function oneOf<Store>(shapes: readonly (z.ZodObject | z.ZodDiscriminatedUnion)[]): z.ZodType<Store> {
	const error = `one of ${[...providerNames, 'none'].join(', ')}`;
	return z.discriminatedUnion('provider', shapes as [z.ZodObject], { error }) as unknown as z.ZodType<Store>;
}

function fieldShape(field: Field): z.ZodType {
	switch (field.kind) {
		case 'text':
			return maybe(field, textShape(field));
		case 'secret':
			return maybe(field, secretReference);
		case 'choice':
			return maybe(field, z.enum(Object.keys(field.options)));
		case 'switch':
			return z.boolean().optional();
		case 'key-file':
			// The file's content in its place would be repeated as the path that is not there.
			return text(field.allowed).refine(path => !path.trimStart().startsWith('{'), field.allowed);
	}
}

function maybe({ optional }: Readonly<{ optional?: boolean }>, shape: z.ZodType): z.ZodType {
	return optional ? shape.optional() : shape;
}

function textShape({ accepts, allowed, isNumber }: TextField): z.ZodType {
	if (accepts === undefined) {
		return text(allowed);
	}
	const shape =
		accepts instanceof RegExp ? z.string().regex(accepts, allowed) : z.string().refine(accepts, allowed);
	return isNumber ? z.union([shape, z.int().transform(String).pipe(shape)], { error: allowed }) : shape;
}

export const answersFileShape = z.strictObject({
	apiVersion: z.literal('pxpair/v1'),
	source: cluster,
	destination: cluster,
	location: z.enum(locations).default('auto'),
	objectStore,
	pair: z
		.strictObject({
			name: z.string().refine(isPairName, pairNameRule).default(defaultPair.name),
			namespace: z.string().refine(isNamespaceName, namespaceRule).default(defaultPair.namespace),
			storage: z.enum(['paired', 'none']).default(defaultPair.storage),
			mode: z.enum(modes).optional(),
			endpoint: endpoint.optional(),
			server: server.optional(),
			login: z.enum(logins).default(defaultPair.login),
			back: z.strictObject({ endpoint: endpoint.optional(), server: server.optional() }).optional(),
		})
		.prefault({}),
	existing: z
		.strictObject({
			credential: z.enum(policies).default('stop'),
			pair: z.enum(policies).default('stop'),
		})
		.prefault({}),
	ignore: z
		.array(z.string().regex(/^[a-z0-9-]+$/, 'the id of a problem, such as way-storage-closed'))
		.optional(),
});

/** The practice clusters are east and west: with them the file need not name contexts. */
export const practiceShape = answersFileShape.extend({
	source: cluster.default({ context: 'east' }),
	destination: cluster.default({ context: 'west' }),
});

/** A file that need not be complete. */
export const partialShape = answersFileShape.extend({
	source: cluster.optional(),
	destination: cluster.optional(),
	objectStore: someStore.optional(),
	pair: answersFileShape.shape.pair.unwrap().partial().optional(),
});
