import type { Credential, CredentialOf } from '../answers/credential.ts';
import { withKeys } from '../answers/provider.ts';
import { isProvider, providerName } from '../answers/providers.ts';
import { isKeyless } from '../answers/store-fields.ts';
import type { Side } from '../words/pair.ts';

/** What `pxctl credentials list` shows of a credential. The secret half is never among it. */
export type StoredCredential = Readonly<{ uuid: string; traits: Traits }>;

/** Values in one spelling, no matter who wrote them. One that is not known is absent, and is not compared. */
export type Traits = Readonly<Partial<Record<Trait, string>>>;

/** In the order in which they are told. */
export const traitNames = {
	provider: 'provider',
	auth: 'store login',
	account: 'access key ID or account',
	region: 'region',
	endpoint: 'endpoint',
	bucket: 'bucket',
	share: 'exported folder',
	mountOptions: 'mount options',
	timeout: 'NFS timeout',
	ssl: 'SSL',
	pathStyle: 'path style',
	proxy: 'proxy',
	storageClass: 'storage class',
	sse: 'server-side encryption',
	encryption: 'encryption',
} as const;
export type Trait = keyof typeof traitNames;

const allTraits = Object.keys(traitNames).filter((name): name is Trait => name in traitNames);

export type Comparison = Readonly<{
	/** `region: us-east-1, planned eu-west-1`. IDs are shortened. */
	differences: readonly string[];
	/** Names of what both sides tell. */
	compared: readonly string[];
	/** What may differ anyway. */
	unseen: readonly string[];
}>;

/** A stored credential against the answers. */
export function compareWithPlan(traits: Traits = {}, credential: Credential): Comparison {
	const planned = traitsOf(credential);
	return {
		...compare(traits, planned, (found, wanted) => `${found}, planned ${wanted}`),
		unseen: [
			...allTraits
				.filter(trait =>
					trait in planned ? tells(trait, planned) && traits[trait] === undefined : trait === 'account',
				)
				.map(trait => traitNames[trait]),
			...hidden(planned),
		],
	};
}

/** The credentials of one name on the two clusters: migrations need them to be for one store. */
export const compareClusters = (stored: Readonly<Record<Side, StoredCredential>>): Comparison => ({
	...compare(
		stored.source.traits,
		stored.destination.traits,
		(source, destination) => `${source} on the source, ${destination} on the destination`,
	),
	unseen: hidden(stored.source.traits),
});

/** Of a store, who may use it and where it is, as far as it has these; else only what is not as it mostly is. */
const tells = (trait: Trait, planned: Traits): boolean => {
	const value = planned[trait];
	return (
		value !== undefined && value !== '' && value !== usual[trait] && !(trait === 'auth' && value === 'keys')
	);
};

const usual: Traits = { ssl: 'yes', pathStyle: 'yes', proxy: 'no', encryption: 'no', timeout: '5' };

/** What no pxctl shows. */
const hidden = ({ provider, auth, encryption }: Traits): readonly string[] => [
	...(provider !== 'nfs' && (auth === undefined || auth === 'keys') ? ['secret'] : []),
	...(encryption === 'yes' ? ['passphrase'] : []),
];

function compare(
	one: Traits,
	other: Traits,
	phrase: (one: string, other: string) => string,
): Omit<Comparison, 'unseen'> {
	const known = allTraits.filter(trait => one[trait] !== undefined && other[trait] !== undefined);
	return {
		compared: known.map(trait => traitNames[trait]),
		differences: known
			.filter(trait => one[trait] !== other[trait])
			.map(
				trait =>
					`${traitNames[trait]}: ${phrase(...shownApart(trait, one[trait] ?? '', other[trait] ?? ''))}`,
			),
	};
}

/** What was compared, and what can't be. */
export const comparedInWords = ({ compared, unseen }: Comparison): string =>
	compared.length === 0
		? 'pxctl lists nothing that can be compared'
		: `${compared.join(', ')} as planned${notComparable(unseen)}`;

export const notComparable = (unseen: readonly string[]): string =>
	unseen.length === 0 ? '' : `; ${unseen.join(', ')} not comparable`;

/** An access key ID names a person or a machine: enough of it to tell two apart is shown. */
export const shown = (trait: Trait, value: string): string =>
	trait === 'account' && value.length > 8
		? `${value.slice(0, 4)}…${value.slice(-4)}`
		: trait === 'provider' && isProvider(value)
			? providerName(value)
			: value || 'none';

/** Two IDs that begin and end alike are shown with where they first differ, too. */
function shownApart(trait: Trait, one: string, other: string): readonly [string, string] {
	const both = [shown(trait, one), shown(trait, other)] as const;
	if (both[0] !== both[1]) {
		return both;
	}
	const at = [...one].findIndex((sign, index) => sign !== other[index]);
	const apart = (value: string) => `${value.slice(0, 4)}…${value.slice(at, at + 4)}…${value.slice(-4)}`;
	return [apart(one), apart(other)];
}

const traitsOf = (credential: Credential): Traits => ({
	provider: credential.provider,
	encryption:
		'encryptionPassphrase' in credential && credential.encryptionPassphrase !== undefined ? 'yes' : 'no',
	...ownTraits(credential),
});

function ownTraits(credential: Credential): Traits {
	switch (credential.provider) {
		case 's3':
			return s3Traits(credential);
		case 'azure':
			return { ...bucketTraits(credential), account: credential.accountName };
		case 'google':
			return { ...bucketTraits(credential), account: credential.projectId };
		case 'nfs':
			return {
				account: credential.server,
				share: credential.exportPath,
				bucket: bucketTrait(credential.subPath ?? ''),
				mountOptions: credential.mountOptions ?? '',
				timeout: credential.timeoutSeconds ?? '5',
			};
		// Of a provider that is added, what is its own is not compared until it has a case here.
		default:
			return {};
	}
}

const bucketTraits = ({
	auth = withKeys,
	bucket = '',
}: Pick<CredentialOf<'s3' | 'azure' | 'google'>, 'auth' | 'bucket'>): Traits => ({
	auth,
	bucket: bucketTrait(bucket),
});

const s3Traits = (credential: CredentialOf<'s3'>): Traits => ({
	...bucketTraits(credential),
	// A plan reads no secrets, so there it is empty and not known.
	...(credential.accessKeyId?.length && { account: credential.accessKeyId.reveal() }),
	...(isKeyless(credential.auth) && { account: '' }),
	region: credential.region,
	endpoint: endpointTrait(credential.endpoint),
	ssl: credential.disableSsl ? 'no' : 'yes',
	pathStyle: credential.disablePathStyle ? 'no' : 'yes',
	proxy: credential.useProxy ? 'yes' : 'no',
	sse: credential.sse ?? '',
	...(credential.storageClass && { storageClass: credential.storageClass }),
});

/** Several addresses are one store; their order, their scheme and its usual port say nothing. */
export const endpointTrait = (endpoints: string): string =>
	endpoints
		.split(/[\s,]+/)
		.map(endpoint =>
			endpoint
				.toLowerCase()
				.replace(/^https?:\/\//, '')
				.replace(/(?<!\/)\/+$/, '')
				.replace(/:(443|80)$/, ''),
		)
		.filter(Boolean)
		.toSorted()
		.join(', ');

/** Without one, Portworx makes its own, which it names after a cluster's UUID. */
export const bucketTrait = (bucket: string): string =>
	/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(bucket) ? '' : bucket;
