import { type Login, logins, modes } from '../pairing/answers.ts';
import { storageClasses } from '../pairing/credential.ts';

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

/** The context's own are what people take, unless there is something about them. */
export const loginOptions = (recommended: Login): readonly Option[] =>
	logins.map(id => ({
		id,
		...loginTexts[id],
		...(id === recommended && id !== 'context' && { label: `${loginTexts[id].label} (recommended)` }),
	}));

const loginTexts: Readonly<Record<Login, Omit<Option, 'id'>>> = {
	context: {
		label: "The context's own",
		description: 'Those in your kubeconfig. Whoever may read ClusterPairs on the other cluster can see them.',
	},
	'service-account': {
		label: 'Those of a ServiceAccount that pxpair makes',
		description:
			'Its token does not end. It may do all in the cluster, as migrations need; undo takes it away.',
	},
};

export const isLogin = (id: string): id is Login => logins.some(name => name === id);

export const directionOptions: readonly Option[] = [
	{
		id: 'one',
		label: 'No, from the source to the destination alone',
		description: 'Can be done later, too.',
	},
	{
		id: 'both',
		label: 'Yes, both ways',
		description: 'A second pair, on the destination, for bringing applications back.',
	},
];
