import { defined } from '../words/json.ts';
import type { Pair } from '../words/pair.ts';
import { Secret } from '../words/secret.ts';
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
import type { AnswersFile } from './answers-shape.ts';
import type { StoreFieldId } from './credential.ts';
import type { Provider } from './providers.ts';
import { fieldsOf, fieldsWith, propertyOf, type StoreField, storeField } from './store-fields.ts';

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
	/** What only an answers file can say. */
	switches: Readonly<Partial<Record<StoreFieldId<'switch'>, boolean>>>;
}>;

/** Of a key file, this is the path; what is in it is a secret of the same name. */
export type TextField = StoreFieldId<'text' | 'choice' | 'key-file'> | PairField;

/** What is typed of the pair itself. */
export type PairField = (typeof pairFields)[number];
export const pairFields = [
	'name',
	'namespace',
	'mode',
	'pairEndpoint',
	'server',
	'backEndpoint',
	'backServer',
] as const;

export type SecretField = StoreFieldId<'secret' | 'key-file'>;

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
	switches: {},
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
	const store = objectStore?.provider;
	const given = store === undefined || store === 'none' ? [] : fieldsOf(store);
	const said = given.map(entry => [entry.id, Reflect.get(objectStore ?? {}, entry.name)] as const);
	return {
		...emptyDraft,
		source: source?.context,
		destination: destination?.context,
		kubeconfigs: defined({ source: source?.kubeconfig, destination: destination?.kubeconfig }),
		location: file.location ?? 'auto',
		store,
		texts: {
			...Object.fromEntries(said.filter(([, value]) => typeof value === 'string')),
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
		switches: Object.fromEntries(said.filter(([, value]) => typeof value === 'boolean')),
	};
}

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

function storeOf(draft: Draft): ObjectStore {
	const { store } = draft;
	if (store === undefined || store === 'none') {
		return { provider: 'none' };
	}
	const values = fieldsWith(store, authIn(draft)).map(entry => [propertyOf(entry), valueIn(draft, entry)]);
	return { provider: store, ...defined(Object.fromEntries(values)) } as ObjectStore;
}

/** How Portworx is to log in to the store; undefined where there is but one way. */
export function authIn({ store, texts }: Draft): string | undefined {
	const entry = storeField(`${store}.auth`);
	return entry?.kind === 'choice' ? texts[entry.id] : undefined;
}

/** undefined for what is left out; what is missing is empty. */
function valueIn(
	{ texts, secrets, switches }: Draft,
	entry: StoreField,
): string | Secret | boolean | undefined {
	switch (entry.kind) {
		case 'text':
			return given(entry, texts[entry.id]);
		case 'choice': {
			const word = texts[entry.id] ?? '';
			return given(entry, Object.hasOwn(entry.field.options, word) ? word : undefined);
		}
		case 'secret': {
			const secret = secrets[entry.id];
			return entry.field.optional && !secret?.length ? undefined : (secret ?? new Secret(''));
		}
		case 'key-file':
			return secrets[entry.id] ?? new Secret('');
		case 'switch':
			return switches[entry.id];
	}
}

const given = ({ field }: StoreField, text: string | undefined): string | undefined =>
	text || ('optional' in field && field.optional ? undefined : '');
