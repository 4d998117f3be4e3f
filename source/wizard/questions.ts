import { modes } from '../pairing/answers.ts';
import { type ClusterFacts, known } from '../pairing/cluster.ts';
import { type Provider, providers, storageClasses } from '../pairing/credential.ts';
import { type Draft, parseEndpoint, type SecretField, type TextField } from '../pairing/draft.ts';
import type { Pair } from '../pairing/pair.ts';
import type { Platform } from '../pairing/platform.ts';
import { isAddress, isHost, isNamespaceName, isPairName } from '../pairing/well-formed.ts';

/** What is asked, in the order in which it is asked. */
export type QuestionId =
	| 'source'
	| 'destination'
	| 'found'
	| 'store'
	| Exclude<TextField, 'jsonKeyFile'>
	| Exclude<SecretField, 'jsonKey'>
	| 'jsonKeyFile'
	| 'review';

export type Facts = Pair<Partial<ClusterFacts>>;

/** Wrong: it cannot be. Doubtful: probably a slip, but the person may insist. */
export type Judgement = Readonly<{ kind: 'fine' } | { kind: 'wrong' | 'doubtful'; text: string }>;

export const questionsOf = (draft: Draft): readonly QuestionId[] => [
	'source',
	'destination',
	'found',
	'store',
	...storeQuestions[draft.store ?? 'none'],
	'name',
	'namespace',
	'mode',
	'pairEndpoint',
	'review',
];

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
	review: 'Review',
};

export type FieldText = Readonly<{ question: string; what: string; where: string; example: string }>;

type FieldId = Exclude<
	QuestionId,
	'source' | 'destination' | 'found' | 'store' | 'storageClass' | 'mode' | 'review'
>;

export const isField = (id: QuestionId): id is FieldId => id in fields;

export const isSecretField = (id: QuestionId): id is 'accessKeyId' | 'secretAccessKey' | 'accountKey' =>
	id === 'accessKeyId' || id === 'secretAccessKey' || id === 'accountKey';

/** In all other answers it is a mistake, so there the key can always open the help. */
export const mayHoldQuestionMark = (id: QuestionId): boolean => isSecretField(id) || id === 'jsonKeyFile';

export const fields: Readonly<Record<FieldId, FieldText>> = {
	accessKeyId: {
		question: 'What is the access key ID?',
		what: 'The public half of an S3 key pair: it names the key. (The documented page swaps the two descriptions.)',
		where:
			'AWS console: IAM → Users → Security credentials. In a store of your own: its user administration.',
		example: 'AKIAIOSFODNN7EXAMPLE',
	},
	secretAccessKey: {
		question: 'What is the secret access key?',
		what: 'The secret half of the same key pair. It goes to Portworx on both clusters, and nowhere else.',
		where: 'Shown once, when the key is created. Lost? Create another key.',
		example: '40 letters, digits, / and +',
	},
	region: {
		question: 'In which region is the object store?',
		what: 'The region in which Portworx makes its bucket.',
		where: 'The one nearest to both clusters. Stores of your own often take us-east-1.',
		example: 'us-east-1',
	},
	endpoint: {
		question: 'At which endpoint is the object store?',
		what: 'Host, and port if it is not the usual one, without https://. Both clusters must reach it.',
		where: "Amazon: s3.amazonaws.com. Else: your store's documentation.",
		example: 's3.amazonaws.com',
	},
	accountName: {
		question: 'What is the name of the storage account?',
		what: 'The Azure storage account in which Portworx keeps the data on its way.',
		where: 'Azure portal: Storage accounts. 3 to 24 small letters and digits.',
		example: 'mystorageaccount',
	},
	accountKey: {
		question: 'What is a key of that account?',
		what: 'One of the two access keys of the storage account.',
		where: 'Azure portal: the account → Security + networking → Access keys.',
		example: '88 characters that end in ==',
	},
	projectId: {
		question: 'What is the ID of the Google project?',
		what: 'The project in which Portworx makes its bucket. Its ID, not its name or number.',
		where: 'Google Cloud console: the project selector at the top.',
		example: 'my-project-123456',
	},
	jsonKeyFile: {
		question: 'Which file holds the service account key?',
		what: 'A JSON key file on this machine. It is handed to Portworx and removed from the pod at once.',
		where: 'Google Cloud console: IAM → Service accounts → Keys → Add key → JSON.',
		example: '~/gcs-key.json',
	},
	name: {
		question: 'What should the pair be called?',
		what: 'The ClusterPair object on the source. Migrations name their destination by it.',
		where: 'Yours to choose: small letters, digits, - and dots.',
		example: 'remotecluster',
	},
	namespace: {
		question: 'In which namespace should the pair live?',
		what: "The namespace to be migrated, or Stork's admin namespace to migrate any. Made where it does not exist.",
		where: 'Yours to choose. Tab completes the ones there are on the source.',
		example: 'migrationnamespace',
	},
	pairEndpoint: {
		question: "Where do the source's nodes reach Portworx on the destination?",
		what: 'Address and port of a destination node or load balancer. Empty: found by itself.',
		where: 'Give one when the nodes have no address that the source can reach.',
		example: '203.0.113.7:9001',
	},
};

export const environmentFor: Readonly<Partial<Record<QuestionId, readonly string[]>>> = {
	accessKeyId: ['AWS_ACCESS_KEY_ID'],
	secretAccessKey: ['AWS_SECRET_ACCESS_KEY'],
	region: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
	accountName: ['AZURE_STORAGE_ACCOUNT'],
	accountKey: ['AZURE_STORAGE_KEY'],
	projectId: ['GOOGLE_CLOUD_PROJECT', 'CLOUDSDK_CORE_PROJECT'],
	jsonKeyFile: ['GOOGLE_APPLICATION_CREDENTIALS'],
};

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
	draft.location === 'on-premises' ||
	(draft.location === 'auto' &&
		[facts.source, facts.destination].every(side => platformOf(side)?.location === 'on-premises'));

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
	pairEndpoint: value => {
		const endpoint = parseEndpoint(value);
		return value === '' || (endpoint && isAddress(endpoint.ip))
			? fine
			: wrong('Address, or address:port, such as 203.0.113.7:9001.');
	},
};

const platformOf = (facts: Partial<ClusterFacts>): Platform | undefined =>
	facts.platform ? known(facts.platform) : undefined;

export type Option = Readonly<{ id: string; label: string; description: string }>;

export const storeOptions = (withNone: boolean): readonly Option[] => [
	{
		id: 's3',
		label: 'Amazon S3, or a store that speaks S3',
		description: 'MinIO, FlashBlade, IBM COS and many others.',
	},
	{ id: 'azure', label: 'Azure Blob Storage', description: 'A storage account and one of its keys.' },
	{
		id: 'google',
		label: 'Google Cloud Storage',
		description: 'A project and the JSON key of a service account.',
	},
	...(withNone
		? [
				{
					id: 'none',
					label: 'None (on-premises only)',
					description:
						'Portworx then keeps the data in a 100 GiB volume of its own on the destination: not for production, and it can run full.',
				},
			]
		: []),
];

export const storageClassOptions: readonly Option[] = [
	{
		id: '',
		label: "The store's own default",
		description: 'The option is left out, as older versions of pxctl need it.',
	},
	...storageClasses.map(id => ({
		id,
		label: id,
		description: id === 'STANDARD' ? 'For data that is read soon.' : 'Cheaper to keep, dearer to read.',
	})),
];

const modeTexts: Readonly<Record<(typeof modes)[number], string>> = {
	DisasterRecovery: 'Each migration is incremental. Needs the DR licence on both clusters.',
	Default: 'Incremental, with a full copy every seventh; written into the pair.',
	OneTimeMigration: 'For moving applications once.',
};

export const modeOptions: readonly Option[] = [
	{
		id: '',
		label: 'Leave it to Portworx',
		description: 'Incremental, with a full copy every seventh migration.',
	},
	...modes.map(id => ({ id, label: id, description: modeTexts[id] })),
];

export const isStore = (id: string): id is Provider | 'none' =>
	id === 'none' || providers.some(name => name === id);
