import {
	type Answers,
	defaultPair,
	type Endpoint,
	type Login,
	type locations,
	modes,
	type ObjectStore,
	type PairAnswers,
	type Policy,
} from './answers.ts';
import type { AnswersFile } from './answers-file.ts';
import { type Provider, storageClasses } from './credential.ts';
import { defined } from './json.ts';
import type { Pair } from './pair.ts';
import { Secret } from './secret.ts';

/** Answers as far as they are given: what was typed is kept, right or wrong, until it is typed over. */
export type Draft = Readonly<{
	source: string | undefined;
	destination: string | undefined;
	/** Files that hold the contexts, where those are not the usual ones. */
	kubeconfigs: Readonly<Partial<Pair<string>>>;
	location: (typeof locations)[number];
	store: Provider | 'none' | undefined;
	texts: Readonly<Partial<Record<TextField, string>>>;
	secrets: Readonly<Partial<Record<SecretField, Secret>>>;
	login: Login | undefined;
	bothWays: boolean | undefined;
	storage: PairAnswers['storage'];
	existing: Readonly<{ credential: Policy; pair: Policy }>;
	/** Ids of problems that are only to be warned of. */
	ignore: readonly string[];
	/** Of the store: what only an answers file can say. */
	further: StoreDetails;
}>;

/** `jsonKeyFile` is a path; what is in the file is the secret `jsonKey`. */
export type TextField =
	| 'region'
	| 'endpoint'
	| 'storageClass'
	| 'accountName'
	| 'projectId'
	| 'jsonKeyFile'
	| 'name'
	| 'namespace'
	| 'mode'
	| 'pairEndpoint'
	| 'server'
	| 'backEndpoint'
	| 'backServer';

export type SecretField = 'accessKeyId' | 'secretAccessKey' | 'accountKey' | 'jsonKey';

type StoreDetails = Readonly<{ bucket?: string; disableSsl?: boolean; disablePathStyle?: boolean }>;

export const emptyDraft: Draft = {
	source: undefined,
	destination: undefined,
	kubeconfigs: {},
	location: 'auto',
	store: undefined,
	texts: {},
	secrets: {},
	login: undefined,
	bothWays: undefined,
	storage: 'paired',
	existing: { credential: 'stop', pair: 'stop' },
	ignore: [],
	further: {},
};

/** The answers that a draft amounts to. What is missing is empty: the questions see to it that nothing is. */
export function completeAnswers(draft: Draft): Answers {
	const { ignore, kubeconfigs } = draft;
	const cluster = (side: 'source' | 'destination') => ({
		context: draft[side] ?? '',
		...(kubeconfigs[side] && { kubeconfig: kubeconfigs[side] }),
	});
	return {
		source: cluster('source'),
		destination: cluster('destination'),
		location:
			(draft.store ?? 'none') === 'none' && draft.location === 'auto' ? 'on-premises' : draft.location,
		objectStore: storeOf(draft),
		pair: pairOf(draft),
		existing: draft.existing,
		...(ignore.length > 0 && { ignore }),
	};
}

/** What an answers file, or as much of one as there is, says already. The secrets are those that could be had. */
export function draftOf(file: Partial<AnswersFile>, secrets: Draft['secrets']): Draft {
	const { source, destination, objectStore, pair } = file;
	const { provider, bucket, disableSsl, disablePathStyle, ...fields } = (objectStore ?? {}) as StoreFields;
	return {
		...emptyDraft,
		source: source?.context,
		destination: destination?.context,
		kubeconfigs: defined({ source: source?.kubeconfig, destination: destination?.kubeconfig }),
		location: file.location ?? 'auto',
		store: provider,
		texts: {
			...Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === 'string')),
			...defined({
				name: pair?.name,
				namespace: pair?.namespace,
				mode: pair?.mode,
				server: pair?.server,
				pairEndpoint: printEndpoint(pair?.endpoint),
				backServer: pair?.back?.server,
				backEndpoint: printEndpoint(pair?.back?.endpoint),
			}),
		},
		secrets,
		login: pair?.login,
		bothWays: pair && pair.back !== undefined,
		storage: pair?.storage ?? 'paired',
		existing: file.existing ?? emptyDraft.existing,
		ignore: file.ignore ?? [],
		further: defined({ bucket, disableSsl, disablePathStyle }),
	};
}

/** Texts are themselves, secrets are references to them. */
type StoreFields = StoreDetails & { provider?: Provider | 'none' } & Record<string, unknown>;

/** `host:port`; the port is 9001 when left out. An IPv6 address needs brackets for a port. */
export function parseEndpoint(text: string): Endpoint | undefined {
	const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([^\s:]+))(?::(\d{1,5}))?$/.exec(text.trim());
	const ip = match?.[1] ?? match?.[2];
	const port = Number(match?.[3] ?? 9001);
	return ip && port >= 1 && port <= 65_535 ? { ip, port } : undefined;
}

const printEndpoint = (endpoint: Endpoint | undefined): string | undefined =>
	endpoint && `${endpoint.ip.includes(':') ? `[${endpoint.ip}]` : endpoint.ip}:${endpoint.port}`;

function pairOf({ texts, login, bothWays, storage }: Draft): PairAnswers {
	const isStored = storage === 'paired';
	const mode = isStored ? modes.find(name => name === texts.mode) : undefined;
	const towards = (endpoint: string | undefined, server: string | undefined) => ({
		...(isStored && defined({ endpoint: parseEndpoint(endpoint ?? '') })),
		...(server && { server }),
	});
	return {
		...defaultPair,
		storage,
		...(texts.name && { name: texts.name }),
		...(texts.namespace && { namespace: texts.namespace }),
		...(mode && { mode }),
		...towards(texts.pairEndpoint, texts.server),
		...(login && { login }),
		...(bothWays && { back: towards(texts.backEndpoint, texts.backServer) }),
	};
}

function storeOf({ store, texts, secrets, further }: Draft): ObjectStore {
	const { bucket, ...s3Only } = further;
	const secret = (field: SecretField): Secret => secrets[field] ?? new Secret('');
	const common = defined({ bucket });
	switch (store) {
		case 's3': {
			const storageClass = storageClasses.find(name => name === texts.storageClass);
			return {
				provider: 's3',
				accessKeyId: secret('accessKeyId'),
				secretAccessKey: secret('secretAccessKey'),
				region: texts.region ?? '',
				endpoint: texts.endpoint ?? '',
				...(storageClass && { storageClass }),
				...common,
				...s3Only,
			};
		}
		case 'azure':
			return {
				provider: 'azure',
				accountName: texts.accountName ?? '',
				accountKey: secret('accountKey'),
				...common,
			};
		case 'google':
			return {
				provider: 'google',
				projectId: texts.projectId ?? '',
				jsonKey: secret('jsonKey'),
				...common,
			};
		default:
			return { provider: 'none' };
	}
}
