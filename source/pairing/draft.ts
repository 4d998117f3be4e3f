import {
	type Answers,
	defaultPair,
	type Endpoint,
	type locations,
	modes,
	type ObjectStore,
	type Policy,
} from './answers.ts';
import { type Provider, storageClasses } from './credential.ts';
import { Secret } from './secret.ts';

/** Answers as far as they are given: what was typed is kept, right or wrong, until it is typed over. */
export type Draft = Readonly<{
	source: string | undefined;
	destination: string | undefined;
	location: (typeof locations)[number];
	store: Provider | 'none' | undefined;
	texts: Readonly<Partial<Record<TextField, string>>>;
	secrets: Readonly<Partial<Record<SecretField, Secret>>>;
	existing: Readonly<{ credential: Policy; pair: Policy }>;
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
	| 'pairEndpoint';

export type SecretField = 'accessKeyId' | 'secretAccessKey' | 'accountKey' | 'jsonKey';

export const emptyDraft: Draft = {
	source: undefined,
	destination: undefined,
	location: 'auto',
	store: undefined,
	texts: {},
	secrets: {},
	existing: { credential: 'stop', pair: 'stop' },
};

/** The answers that a draft amounts to. What is missing is empty: the questions see to it that nothing is. */
export function completeAnswers(draft: Draft): Answers {
	const { texts } = draft;
	const mode = modes.find(name => name === texts.mode);
	const endpoint = parseEndpoint(texts.pairEndpoint ?? '');
	return {
		source: { context: draft.source ?? '' },
		destination: { context: draft.destination ?? '' },
		location:
			(draft.store ?? 'none') === 'none' && draft.location === 'auto' ? 'on-premises' : draft.location,
		objectStore: storeOf(draft),
		pair: {
			...defaultPair,
			...(texts.name && { name: texts.name }),
			...(texts.namespace && { namespace: texts.namespace }),
			...(mode && { mode }),
			...(endpoint && { endpoint }),
		},
		existing: draft.existing,
	};
}

/** `host:port`; the port is 9001 when left out. An IPv6 address needs brackets for a port. */
export function parseEndpoint(text: string): Endpoint | undefined {
	const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([^\s:]+))(?::(\d{1,5}))?$/.exec(text.trim());
	const ip = match?.[1] ?? match?.[2];
	const port = Number(match?.[3] ?? 9001);
	return ip && port >= 1 && port <= 65_535 ? { ip, port } : undefined;
}

function storeOf({ store, texts, secrets }: Draft): ObjectStore {
	const secret = (field: SecretField): Secret => secrets[field] ?? new Secret('');
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
			};
		}
		case 'azure':
			return { provider: 'azure', accountName: texts.accountName ?? '', accountKey: secret('accountKey') };
		case 'google':
			return { provider: 'google', projectId: texts.projectId ?? '', jsonKey: secret('jsonKey') };
		default:
			return { provider: 'none' };
	}
}
