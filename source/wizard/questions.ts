import type { Login } from '../pairing/answers.ts';
import { type ClusterFacts, known } from '../pairing/cluster.ts';
import { type Provider, providers } from '../pairing/credential.ts';
import { type Draft, parseEndpoint, type SecretField, type TextField } from '../pairing/draft.ts';
import type { Finding } from '../pairing/finding.ts';
import type { Pair } from '../pairing/pair.ts';
import type { Platform } from '../pairing/platform.ts';
import { isAddress, isHost, isNamespaceName, isPairName, isServer } from '../pairing/well-formed.ts';
import { fields } from './field-texts.ts';

/** What is asked, in the order in which it is asked. */
export type QuestionId =
	| 'source'
	| 'destination'
	| 'found'
	| 'store'
	| Exclude<TextField, 'jsonKeyFile'>
	| Exclude<SecretField, 'jsonKey'>
	| 'jsonKeyFile'
	| 'login'
	| 'direction'
	| 'review';

export type Facts = Pair<Partial<ClusterFacts>>;

/** Wrong: it cannot be. Doubtful: probably a slip, but the person may insist. */
export type Judgement = Readonly<{ kind: 'fine' } | { kind: 'wrong' | 'doubtful'; text: string }>;

export const questionsOf = (draft: Draft): readonly QuestionId[] => [
	'source',
	'destination',
	'found',
	...(isStored(draft) ? (['store', ...storeQuestions[draft.store ?? 'none']] as const) : []),
	'name',
	'namespace',
	...(isStored(draft) ? (['mode', 'pairEndpoint'] as const) : []),
	'login',
	'direction',
	'review',
];

/** Asked as well, but only where it is called for: all have an answer that mostly does. */
export const furtherQuestions = (draft: Draft): readonly QuestionId[] => [
	'server',
	...(draft.bothWays
		? (['backServer', ...(isStored(draft) ? (['backEndpoint'] as const) : [])] as const)
		: []),
];

/** One Portworx that spans both clusters has no store between them. */
const isStored = ({ storage }: Draft): boolean => storage === 'paired';

const storeQuestions: Readonly<Record<Provider | 'none', readonly QuestionId[]>> = {
	s3: ['accessKeyId', 'secretAccessKey', 'region', 'endpoint', 'storageClass'],
	azure: ['accountName', 'accountKey'],
	google: ['projectId', 'jsonKeyFile'],
	none: [],
};

/** In a few words, for lists of answers. */
export const shortNames: Readonly<Record<QuestionId, string>> = {
	source: 'Source cluster',
	destination: 'Destination cluster',
	found: 'What was found',
	store: 'Object store',
	accessKeyId: 'Access key ID',
	secretAccessKey: 'Secret access key',
	region: 'Region',
	endpoint: 'Store endpoint',
	storageClass: 'Storage class',
	accountName: 'Account name',
	accountKey: 'Account key',
	projectId: 'Project ID',
	jsonKeyFile: 'JSON key file',
	name: 'Name of the pair',
	namespace: 'Namespace',
	mode: 'Mode',
	pairEndpoint: 'Portworx endpoint',
	server: 'API server address',
	backEndpoint: 'Endpoint, way back',
	backServer: 'API server, way back',
	login: 'Credentials in the pair',
	direction: 'Other way as well',
	review: 'Review',
};

export type FieldId = Exclude<QuestionId, ChoiceId | 'source' | 'destination' | 'found' | 'review'>;
/** Answered by choosing from a few. */
export type ChoiceId = 'store' | 'storageClass' | 'mode' | 'login' | 'direction';

export const isField = (id: QuestionId): id is FieldId => id in fields;

export const isSecretField = (id: QuestionId): id is 'accessKeyId' | 'secretAccessKey' | 'accountKey' =>
	id === 'accessKeyId' || id === 'secretAccessKey' || id === 'accountKey';

/** In all other answers it is a mistake, so there the key can always open the help. */
export const mayHoldQuestionMark = (id: QuestionId): boolean => isSecretField(id) || id === 'jsonKeyFile';

/** What stands in a field before anybody types: what was found, else what most people take. */
export function suggestion(id: QuestionId, draft: Draft, facts: Facts): string {
	const platforms = [platformOf(facts.destination), platformOf(facts.source)].filter(
		platform => platform !== undefined,
	);
	const own = platforms.filter(platform => platform.provider === draft.store);
	switch (id) {
		case 'region':
			return own.find(platform => platform.region)?.region ?? 'us-east-1';
		case 'endpoint':
			return 's3.amazonaws.com';
		case 'projectId':
			return own.find(platform => platform.projectId)?.projectId ?? '';
		case 'name':
			return 'remotecluster';
		case 'namespace':
			return 'migrationnamespace';
		default:
			return '';
	}
}

/** The object store that most people use where these clusters stand. */
export function suggestedStore(draft: Draft, facts: Facts): Provider | 'none' {
	if (draft.location === 'on-premises') {
		return 'none';
	}
	const platforms = [platformOf(facts.destination), platformOf(facts.source)].filter(
		platform => platform !== undefined,
	);
	const provider = platforms.find(platform => platform.provider)?.provider;
	return provider ?? (mayGoWithoutStore(draft, facts) ? 'none' : 's3');
}

/** A cloud cluster cannot go without a store, unless the person knows better and says so. */
export const mayGoWithoutStore = (draft: Draft, facts: Facts): boolean =>
	!isStored(draft) ||
	draft.location === 'on-premises' ||
	(draft.location === 'auto' &&
		[facts.source, facts.destination].every(side => platformOf(side)?.location === 'on-premises'));

/** A ServiceAccount where the context's own credentials can't travel, or end soon. */
export const suggestedLogin = (findings: readonly Finding[]): Login =>
	findings.some(
		finding =>
			finding.level !== 'fact' && finding.topic === 'login' && solvedByAccount.has(finding.problem.id),
	)
		? 'service-account'
		: 'context';

/** Ids of problems that the token of a ServiceAccount does not have. */
export const solvedByAccount: ReadonlySet<string> = new Set([
	'login-plugin-not-in-stork',
	'login-plugin-needs-credentials',
	'login-auth-provider',
	'login-unsupported',
	'login-none',
	'login-ended',
	'login-not-yet-valid',
	'login-ending',
]);

/**
 * Whether there is nothing left to ask, for who began with answers. What has a default needs no answer; what was found has to
 * be seen in any case.
 */
export function isAnswered(id: QuestionId, draft: Draft): boolean {
	switch (id) {
		case 'source':
		case 'destination':
		case 'store':
			return draft[id] !== undefined;
		case 'found':
		case 'review':
			return false;
		case 'accessKeyId':
		case 'secretAccessKey':
		case 'accountKey':
			return (draft.secrets[id]?.length ?? 0) > 0;
		case 'jsonKeyFile':
			return draft.secrets.jsonKey !== undefined;
		case 'region':
		case 'endpoint':
		case 'accountName':
		case 'projectId':
			return judge(id, draft.texts[id] ?? '').kind === 'fine';
		default:
			return true;
	}
}

export function judge(id: QuestionId, value: string): Judgement {
	const rule = rules[id];
	return rule ? rule(value) : fine;
}

const fine: Judgement = { kind: 'fine' };
const wrong = (text: string): Judgement => ({ kind: 'wrong', text });
const doubtful = (text: string): Judgement => ({ kind: 'doubtful', text });

const isSecretShaped = (value: string) => /^[A-Za-z0-9/+=]{40}$/.test(value) && /[a-z/+]/.test(value);
const isKeyIdShaped = (value: string) => /^(AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}$/.test(value);

const rules: Readonly<Partial<Record<QuestionId, (value: string) => Judgement>>> = {
	accessKeyId: value =>
		value === ''
			? wrong('It is needed: paste or type the access key ID.')
			: isSecretShaped(value)
				? doubtful('This looks like the secret access key. The ID is the shorter one, all capitals.')
				: /\s/.test(value)
					? wrong('There is a space in it.')
					: fine,
	secretAccessKey: value =>
		value === ''
			? wrong('It is needed: paste or type the secret access key.')
			: isKeyIdShaped(value)
				? doubtful('This looks like an access key ID. The secret is the longer one.')
				: /\s/.test(value)
					? wrong('There is a space in it.')
					: fine,
	accountKey: value =>
		value === ''
			? wrong('It is needed: paste or type the account key.')
			: /\s/.test(value)
				? wrong('There is a space in it.')
				: fine,
	region: value =>
		/^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/.test(value)
			? fine
			: wrong('A region such as us-east-1: letters, digits and -.'),
	endpoint: value =>
		/^https?:\/\//i.test(value)
			? wrong('Leave out http:// or https://: host, or host:port.')
			: isHost(value)
				? fine
				: wrong('Host, or host:port, such as s3.amazonaws.com.'),
	accountName: value => (/^[a-z0-9]{3,24}$/.test(value) ? fine : wrong('3 to 24 small letters and digits.')),
	projectId: value =>
		/^[a-z0-9][a-z0-9.:-]{1,61}[a-z0-9]$/.test(value)
			? fine
			: wrong('A project ID: small letters, digits and -.'),
	name: value =>
		isPairName(value) ? fine : wrong('Small letters, digits, - and dots; first and last a letter or digit.'),
	namespace: value =>
		isNamespaceName(value)
			? fine
			: wrong('Small letters, digits and -; first and last a letter or digit; at most 63.'),
	pairEndpoint: value => judgeEndpoint(value),
	backEndpoint: value => judgeEndpoint(value),
	server: value => judgeServer(value),
	backServer: value => judgeServer(value),
};

function judgeEndpoint(value: string): Judgement {
	const endpoint = parseEndpoint(value);
	return value === '' || (endpoint && isAddress(endpoint.ip))
		? fine
		: wrong('Address, or address:port, such as 203.0.113.7:9001.');
}

const judgeServer = (value: string): Judgement =>
	value === '' || isServer(value)
		? fine
		: wrong('https:// and a host, with its port if it is not 443, such as https://203.0.113.7:6443.');

const platformOf = (facts: Partial<ClusterFacts>): Platform | undefined =>
	facts.platform ? known(facts.platform) : undefined;

export const isStore = (id: string): id is Provider | 'none' =>
	id === 'none' || providers.some(name => name === id);
