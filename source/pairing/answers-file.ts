import { LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import {
	type Answers,
	defaultPair,
	locations,
	logins,
	modes,
	type PairAnswers,
	policies,
} from './answers.ts';
import { type Credential, storageClasses } from './credential.ts';
import { defined } from './json.ts';
import { inputProblem, PairingError } from './problem.ts';
import type { Secret } from './secret.ts';
import {
	hostRule,
	isAddress,
	isHost,
	isNamespaceName,
	isPairName,
	isServer,
	namespaceRule,
	pairNameRule,
	serverRule,
} from './well-formed.ts';
import { yamlValue } from './yaml-value.ts';

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

const bucket = text('the name of a bucket that exists').optional();

const s3Store = z.strictObject({
	provider: z.literal('s3'),
	accessKeyId: secretReference,
	secretAccessKey: secretReference,
	region: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/, 'a region such as us-east-1'),
	endpoint: z.string().refine(isHost, hostRule),
	storageClass: z.enum(storageClasses).optional(),
	disableSsl: z.boolean().optional(),
	disablePathStyle: z.boolean().optional(),
	bucket,
});

const azureStore = z.strictObject({
	provider: z.literal('azure'),
	accountName: z
		.string()
		.regex(/^[a-z0-9]{3,24}$/, 'a storage account name: 3 to 24 lower-case letters and digits'),
	accountKey: secretReference,
	bucket,
});

const googleStore = z.strictObject({
	provider: z.literal('google'),
	projectId: z.string().regex(/^[a-z0-9][a-z0-9.:-]{1,61}[a-z0-9]$/, 'a project ID such as my-project-123'),
	// The file's content in its place would be repeated as the path that is not there.
	jsonKeyFile: text('the path of a JSON key file on this machine').refine(
		path => !path.trimStart().startsWith('{'),
		'the path of a JSON key file on this machine',
	),
	bucket,
});

const noStore = z.strictObject({ provider: z.literal('none') });
const aProvider = { error: 'one of s3, azure, google, none' };
const objectStore = z.discriminatedUnion('provider', [s3Store, azureStore, googleStore, noStore], aProvider);

/** As much of a store as somebody has written down. */
const someStore = z.discriminatedUnion(
	'provider',
	[
		s3Store.partial().required({ provider: true }),
		azureStore.partial().required({ provider: true }),
		googleStore.partial().required({ provider: true }),
		noStore,
	],
	aProvider,
);

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
export async function answersOf(
	file: AnswersFile,
	secrets: (reference: SecretReference, field: string) => Promise<Secret>,
): Promise<Answers> {
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

export type StoreInFile = AnswersFile['objectStore'];
type CredentialInFile = Exclude<StoreInFile, { provider: 'none' }>;

async function credentialOf(
	store: CredentialInFile,
	secrets: (reference: SecretReference, field: string) => Promise<Secret>,
): Promise<Credential> {
	switch (store.provider) {
		case 's3':
			return {
				...defined(store),
				accessKeyId: await secrets(store.accessKeyId, 'objectStore.accessKeyId'),
				secretAccessKey: await secrets(store.secretAccessKey, 'objectStore.secretAccessKey'),
			};
		case 'azure':
			return { ...defined(store), accountKey: await secrets(store.accountKey, 'objectStore.accountKey') };
		case 'google': {
			const { jsonKeyFile, ...rest } = store;
			return {
				...defined(rest),
				jsonKey: await secrets({ file: jsonKeyFile }, 'objectStore.jsonKeyFile'),
			};
		}
	}
}

/** Rules that span fields. */
function checkTogether(file: AnswersFile, fileName: string): AnswersFile {
	const mistakes: string[] = [];
	if (file.location === 'cloud' && file.objectStore.provider === 'none' && file.pair.storage === 'paired') {
		mistakes.push(
			'objectStore.provider: found "none"; clusters in a cloud need an object store: s3, azure or google',
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
const choices: ReadonlySet<string> = new Set(['provider', 'storageClass', 'disableSsl', 'disablePathStyle']);

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
			remedies: ['Mend the fields named above; docs/answers.schema.json describes the file.'],
		}),
	);
}
