import { LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import { defined } from '../words/json.ts';
import { inputProblem, PairingError } from '../words/problem.ts';
import type { Secret } from '../words/secret.ts';
import { startWith } from '../words/way.ts';
import { yamlValue } from '../words/yaml-value.ts';
import {
	type Answers,
	defaultPair,
	locations,
	logins,
	modes,
	type PairAnswers,
	policies,
} from './answers.ts';
import type { Credential, FieldOf, Flat, IsOptional, Name, Value } from './credential.ts';
import type { Field, TextField } from './provider.ts';
import { type Provider, providerNames, providersInWords } from './providers.ts';
import { allFields, fieldsOf, propertyOf, type StoreField } from './store-fields.ts';
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
export type AnswersFileOptions = Readonly<{
	/** The practice clusters are east and west: with them the file need not name contexts. */
	clusters: 'required' | 'optional';
}>;

const aReference = 'a reference: {env: NAME}, {file: PATH} or {stdin: LINE}';

const secretReference = z.union(
	[
		z.strictObject({
			env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of an environment variable'),
		}),
		z.strictObject({ file: z.string().min(1, 'a path') }),
		z.strictObject({ stdin: z.int().min(1, 'a line number of standard input, from 1').max(100) }),
	],
	{
		error: issue =>
			typeof issue.input === 'string' ? `${aReference}; a secret must not stand in the file` : aReference,
	},
);

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

type CredentialInFile = { [P in Provider]: CredentialInFileOf<P> }[Provider];
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
const storeShapes = providerNames.map(provider =>
	z.strictObject({
		provider: z.literal(provider),
		...Object.fromEntries(fieldsOf(provider).map(({ name, field }) => [name, fieldShape(field)])),
	}),
);

const objectStore = oneOf<StoreInFile>([...storeShapes, noStore]);

/** As much of a store as somebody has written down. */
const someStore = oneOf<Partial<StoreInFile>>([
	...storeShapes.map(shape => shape.partial().required({ provider: true })),
	noStore,
]);

/** Its shape is made of what the providers say, its type of their types: here they meet. */
function oneOf<Store>(shapes: readonly z.ZodObject[]): z.ZodType<Store> {
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

function textShape({ accepts, allowed }: TextField): z.ZodType {
	if (accepts === undefined) {
		return text(allowed);
	}
	return accepts instanceof RegExp ? z.string().regex(accepts, allowed) : z.string().refine(accepts, allowed);
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

const practiceShape = answersFileShape.extend({
	source: cluster.default({ context: 'east' }),
	destination: cluster.default({ context: 'west' }),
});

const partialShape = answersFileShape.extend({
	source: cluster.optional(),
	destination: cluster.optional(),
	objectStore: someStore.optional(),
	pair: answersFileShape.shape.pair.unwrap().partial().optional(),
});

/** The published JSON Schema of the file. */
export const answersJsonSchema = (): unknown => ({
	title: 'Answers for pxpair run and pxpair plan',
	...z.toJSONSchema(practiceShape, { io: 'input' }),
});

/**
 * Reads the YAML text of an answers file.
 * @throws PairingError that lists every mistake: where it is, what was found, what is allowed
 */
export function parseAnswersFile(yaml: string, fileName: string, options: AnswersFileOptions): AnswersFile {
	const shape = options.clusters === 'required' ? answersFileShape : practiceShape;
	return checkTogether(shaped(shape, parseYaml(yaml, fileName), fileName), fileName);
}

/**
 * The same for a file that need not be complete: what it lacks is asked for.
 * @throws PairingError that lists every mistake in what there is
 */
export const parsePartialAnswers = (yaml: string, fileName: string): Partial<AnswersFile> =>
	shaped(partialShape, parseYaml(yaml, fileName), fileName) as Partial<AnswersFile>;

function parseYaml(yaml: string, fileName: string): unknown {
	const lineCounter = new LineCounter();
	const document = parseDocument(yaml, { prettyErrors: false, uniqueKeys: true, lineCounter });
	const syntax = document.errors[0];
	if (syntax) {
		const { line, col } = lineCounter.linePos(syntax.pos[0]);
		throw fileError(fileName, [`not YAML: ${syntax.code} in line ${line}, column ${col}`]);
	}
	return readDocument(document, fileName);
}

function shaped<Shape extends z.ZodType>(shape: Shape, value: unknown, fileName: string): z.infer<Shape> {
	const result = shape.safeParse(value, { reportInput: true });
	if (!result.success) {
		const mistakes = result.error.issues.flatMap(issue => describeIssue(issue, value));
		throw fileError(fileName, [...new Set(mistakes)]);
	}
	return result.data;
}

/** Answers from a file, once its secrets are at hand. `secrets` turns each reference into its value. */
export async function answersOf(file: AnswersFile, secrets: ReadSecret): Promise<Answers> {
	const store = file.objectStore;
	return {
		...defined({ ...file, apiVersion: undefined }),
		source: defined(file.source),
		destination: defined(file.destination),
		pair: pairOf(file.pair),
		objectStore: store.provider === 'none' ? store : await credentialOf(store, secrets),
	};
}

function pairOf({ back, ...pair }: AnswersFile['pair']): PairAnswers {
	return { ...defined(pair), ...(back && { back: defined(back) }) };
}

/** `kind` says whether all of a file is wanted, or one line. */
export type ReadSecret = (
	reference: SecretReference,
	field: string,
	kind: 'secret' | 'key-file',
) => Promise<Secret>;

async function credentialOf(store: CredentialInFile, read: ReadSecret): Promise<Credential> {
	const values: (readonly [string, unknown])[] = [];
	// One after the other: a value may have to be asked for.
	for (const entry of fieldsOf(store.provider)) {
		values.push([propertyOf(entry), await valueFrom(store, entry, read)]);
	}
	return { provider: store.provider, ...defined(Object.fromEntries(values)) } as Credential;
}

async function valueFrom(
	store: CredentialInFile,
	{ name, kind }: StoreField,
	read: ReadSecret,
): Promise<unknown> {
	const written: unknown = Reflect.get(store, name);
	if (written === undefined) {
		return undefined;
	}
	switch (kind) {
		case 'secret':
			return read(written as SecretReference, `objectStore.${name}`, kind);
		case 'key-file':
			return read({ file: String(written) }, `objectStore.${name}`, kind);
		default:
			return written;
	}
}

/** Rules that span fields. */
function checkTogether(file: AnswersFile, fileName: string): AnswersFile {
	const mistakes: string[] = [];
	if (file.location === 'cloud' && file.objectStore.provider === 'none' && file.pair.storage === 'paired') {
		mistakes.push(
			`objectStore.provider: found "none"; clusters in a cloud need an object store: ${providersInWords}`,
		);
	}
	if (file.pair.storage === 'none' && (file.pair.mode || file.pair.endpoint)) {
		mistakes.push(
			'pair.storage: found "none"; without storage there is no mode and no endpoint: leave them out',
		);
	}
	if (mistakes.length > 0) {
		throw fileError(fileName, mistakes);
	}
	return file;
}

/** Aliases that unfold without end, and other things that are YAML but cannot be read as values. */
function readDocument(document: ReturnType<typeof parseDocument>, fileName: string): unknown {
	try {
		return yamlValue(document, 20);
	} catch {
		throw fileError(fileName, ['it repeats itself through YAML aliases; write the values out']);
	}
}

function describeIssue(issue: z.core.$ZodIssue, root: unknown): string[] {
	const path = issue.path.join('.') || 'the file';
	if (issue.code === 'unrecognized_keys') {
		return issue.keys.map(
			key => `${issue.path.concat(key).join('.')}: found, but there is no such field here`,
		);
	}
	const found = describeFound(valueAt(root, issue.path), issue.path);
	const allowed = issue.code === 'invalid_type' ? typeName(issue.expected) : allowedBy(issue);
	return [`${path}: found ${found}; allowed: ${allowed}`];
}

function allowedBy(issue: z.core.$ZodIssue): string {
	switch (issue.code) {
		case 'invalid_value':
			return issue.values.map(value => JSON.stringify(value)).join(', ');
		case 'too_small':
			return `at least ${issue.minimum}`;
		case 'too_big':
			return `at most ${issue.maximum}`;
		default:
			return issue.message;
	}
}

/** What is found is shown where it can hardly be a secret in the wrong place. */
function describeFound(value: unknown, path: readonly PropertyKey[]): string {
	if (value === undefined || value === null) {
		return 'nothing';
	}
	if (typeof value === 'object') {
		return Array.isArray(value) ? 'a list' : 'a mapping';
	}
	const isText = typeof value === 'string';
	if (mayBeSecret(path) || (isText && /\/\/[^/]*@/.test(value))) {
		return isText ? 'a text (not shown)' : 'a value (not shown)';
	}
	return isText ? JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value) : String(value);
}

/** A key is easily pasted one line too high, or a file that holds nothing else named in place of the answers file. */
function mayBeSecret(path: readonly PropertyKey[]): boolean {
	const field = String(path.at(-1) ?? '');
	return (
		path.length === 0 ||
		(path[0] === 'objectStore' && !choices.has(field)) ||
		/key|secret|token|password/i.test(path.join('.'))
	);
}

/** Fields of the object store that take one of a few words. */
const choices: ReadonlySet<string> = new Set([
	'provider',
	...allFields.filter(({ kind }) => kind === 'choice' || kind === 'switch').map(({ name }) => name),
]);

/** As YAML calls it. */
const typeName = (type: string): string => typeNames[type] ?? `a ${type}`;
const typeNames: Readonly<Record<string, string>> = {
	object: 'a mapping',
	array: 'a list',
	int: 'a whole number',
};

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
	return path.reduce<unknown>(
		(value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
		root,
	);
}

function fileError(fileName: string, mistakes: readonly string[]): PairingError {
	return new PairingError(
		inputProblem({
			id: 'answers-file-invalid',
			title: `${fileName} can't be used as an answers file`,
			evidence: mistakes.join('\n'),
			remedies: [
				'Mend the fields named above; docs/answers.schema.json describes the file.',
				...(mistakes.some(mistake => /^(source|destination): found nothing/.test(mistake))
					? [
							startWith('Or name the contexts beside it', '--source CONTEXT --destination CONTEXT'),
							startWith('Or use the practice clusters', '--practice'),
						]
					: []),
			],
		}),
	);
}
