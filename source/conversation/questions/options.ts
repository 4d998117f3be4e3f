import { type Login, logins, modes } from '../../pairing/answers/answers.ts';
import type { ChoiceField } from '../../pairing/answers/provider.ts';
import { providerNames, providers } from '../../pairing/answers/providers.ts';
import { keylessOption } from './keyless.ts';

export type Option = Readonly<{ id: string; label: string; description: string }>;

export const storeOptions = (withNone: boolean): readonly Option[] => [
	...providerNames.map(id => ({
		id,
		label: providers[id].label,
		description: providers[id].description,
	})),
	keylessOption,
	...(withNone
		? [
				{
					id: 'none',
					label: 'None (on-premises only)',
					description:
						'Portworx then keeps the data in a 100 GiB volume on the destination: not for production, and it can fill up.',
				},
			]
		: []),
];

/** The words that a store's own choice is between, below the one that leaves it to the store. */
export const wordOptions = (
	{ options, optional, usual, ask }: ChoiceField,
	remarkOn: (word: string) => string,
): readonly Option[] => [
	...(optional && usual === undefined ? [{ id: '', label: 'None', description: '', ...ask?.none }] : []),
	...Object.entries(options).map(([id, text]) => ({
		id,
		label: id,
		description: [text, remarkOn(id)].filter(Boolean).join(' '),
	})),
];

const modeTexts: Readonly<Record<(typeof modes)[number], string>> = {
	DisasterRecovery: 'Each migration is incremental. Needs the DR license on both clusters.',
	Default: 'Incremental, with a full copy every seventh migration; written into the pair.',
	OneTimeMigration: 'For moving applications once.',
};

export const modeOptions: readonly Option[] = [
	{
		id: '',
		label: 'Portworx default',
		description: 'Incremental, with a full copy every seventh migration.',
	},
	...modes.map(id => ({ id, label: id, description: modeTexts[id] })),
];

/** Your own are what people take, unless there is something about them. */
export const loginOptions = (recommended: Login): readonly Option[] =>
	logins.map(id => ({
		id,
		...loginTexts[id],
		...(id === recommended && id !== 'context' && { label: `${loginTexts[id].label} (recommended)` }),
	}));

const loginTexts: Readonly<Record<Login, Omit<Option, 'id'>>> = {
	context: {
		label: 'Your own',
		description:
			'The login in your kubeconfig. Anyone who can read ClusterPairs on the other cluster can see it.',
	},
	'service-account': {
		label: 'Those a ServiceAccount created by pxpair',
		description: 'Its token never expires. It has cluster-admin, as migrations need; undo deletes it.',
	},
};

export const isLogin = (id: string): id is Login => logins.some(name => name === id);

export const directionOptions: readonly Option[] = [
	{
		id: 'one',
		label: 'No, from source to destination only',
		description: 'Can be added later.',
	},
	{
		id: 'both',
		label: 'Yes, both ways',
		description: 'A second pair, on the destination, for migrating back.',
	},
];
