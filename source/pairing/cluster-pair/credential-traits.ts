import type { Credential } from '../answers/credential.ts';
import type { Side } from '../words/pair.ts';

/** What `pxctl credentials list` shows of a credential. The secret half is never among it. */
export type StoredCredential = Readonly<{ uuid: string; traits: Traits }>;

/** Values in one spelling, no matter who wrote them. One that is not known is absent, and is not compared. */
export type Traits = Readonly<Partial<Record<Trait, string>>>;

/** In the order in which they are told. */
export const traitNames = {
	provider: 'provider',
	account: 'access key ID or account',
	region: 'region',
	endpoint: 'endpoint',
	bucket: 'bucket',
	ssl: 'SSL',
	encryption: 'encryption',
} as const;
export type Trait = keyof typeof traitNames;

const allTraits = Object.keys(traitNames).filter((name): name is Trait => name in traitNames);

export type Comparison = Readonly<{
	/** `region: us-east-1, planned eu-west-1`. IDs are shortened. */
	differences: readonly string[];
	/** Names of what both sides tell. */
	compared: readonly string[];
}>;

/** A stored credential against the answers. */
export const compareWithPlan = (stored: StoredCredential, credential: Credential): Comparison =>
	compare(stored.traits, traitsOf(credential), (found, planned) => `${found}, planned ${planned}`);

/** The credentials of one name on the two clusters: migrations need them to be for one store. */
export const compareClusters = (stored: Readonly<Record<Side, StoredCredential>>): Comparison =>
	compare(
		stored.source.traits,
		stored.destination.traits,
		(source, destination) => `${source} on the source, ${destination} on the destination`,
	);

function compare(one: Traits, other: Traits, phrase: (one: string, other: string) => string): Comparison {
	const known = allTraits.filter(trait => one[trait] !== undefined && other[trait] !== undefined);
	return {
		compared: known.map(trait => traitNames[trait]),
		differences: known
			.filter(trait => one[trait] !== other[trait])
			.map(
				trait =>
					`${traitNames[trait]}: ${phrase(shown(trait, one[trait] ?? ''), shown(trait, other[trait] ?? ''))}`,
			),
	};
}

/** What was compared, and what can't be. */
export const comparedInWords = ({ compared }: Comparison): string =>
	compared.length === 0
		? 'pxctl lists nothing that can be compared'
		: `${compared.join(', ')} as planned; secret not comparable`;

/** An access key ID names a person or a machine: enough of it to tell two apart is shown. */
const shown = (trait: Trait, value: string): string =>
	trait === 'account' && value.length > 8
		? `${value.slice(0, 4)}…${value.slice(-4)}`
		: value === ''
			? 'none'
			: value;

function traitsOf(credential: Credential): Traits {
	const { provider } = credential;
	const common = {
		provider,
		encryption: 'no',
		bucket: bucketTrait(('bucket' in credential && credential.bucket) || ''),
	};
	switch (credential.provider) {
		case 's3':
			return {
				...common,
				// A plan reads no secrets, so there it is empty and not known.
				...(credential.accessKeyId.length > 0 && { account: credential.accessKeyId.reveal() }),
				region: credential.region,
				endpoint: endpointTrait(credential.endpoint),
				ssl: credential.disableSsl ? 'no' : 'yes',
			};
		case 'azure':
			return { ...common, account: credential.accountName };
		case 'google':
			return { ...common, account: credential.projectId };
		// Of a provider that is added, what is its own is not compared until it has a case here.
		default:
			return common;
	}
}

/** Several addresses are one store; their order, their scheme and its usual port say nothing. */
export const endpointTrait = (endpoints: string): string =>
	endpoints
		.split(/[\s,]+/)
		.map(endpoint =>
			endpoint
				.toLowerCase()
				.replace(/^https?:\/\//, '')
				.replace(/\/+$/, '')
				.replace(/:(443|80)$/, ''),
		)
		.filter(Boolean)
		.toSorted()
		.join(', ');

/** Without one, Portworx makes its own, which it names after a cluster's UUID. */
export const bucketTrait = (bucket: string): string =>
	/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(bucket) ? '' : bucket;
