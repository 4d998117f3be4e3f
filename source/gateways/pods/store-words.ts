import type { Provider } from '../../pairing/answers/providers.ts';
import { docs } from '../../pairing/words/docs.ts';
import { beginning } from '../../pairing/words/outside-text.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { clusterProblem, type Problem } from '../../pairing/words/problem.ts';
import { answer, answerOneOf, type Remedy, thenRetry } from '../../pairing/words/way.ts';
import { type Row, remedyFor, saidOf } from './store-row.ts';

/** What the object store's phrases mean: only commands about credentials ask it. */
export const storeRows = [
	{
		sign: /API Requests? (made to Console port|must be made to API port)/i,
		id: 'store-console-port',
		title: "The endpoint is the port of the object store's console",
		remedies: [answer('Give the port of its S3 API (usually 9000 for MinIO)', 'objectStore.endpoint')],
	},
	{
		sign: /mount\.nfs|failed to mount NFS/i,
		id: 'store-share-refused',
		title: 'The nodes cannot mount the NFS share',
		remedies: [
			answerOneOf(
				'Check the exported folder, and that the server exports it to the nodes of both clusters',
				'objectStore.exportPath',
				'objectStore.server',
			),
			answer('Or correct the options of mount', 'objectStore.mountOptions'),
		],
	},
	{
		sign: /NoCredentialProviders|EC2RoleRequestError|WebIdentityErr|InvalidIdentityToken|could not find default credentials|ManagedIdentityCredential|DefaultAzureCredential|WorkloadIdentityCredential/i,
		id: 'store-identity-missing',
		title: 'Portworx has no identity that the object store accepts',
		remedies: [
			thenRetry('Give the nodes the role, or the Portworx pods the workload identity, for the object store'),
			answer('Or use keys', 'objectStore.auth', 'keys'),
		],
	},
	{
		sign: /KMS\.\w+Exception|KMS is not configured|server.side encryption|InvalidEncryptionAlgorithm/i,
		id: 'store-sse-refused',
		title: 'The object store refuses that server-side encryption',
		remedies: [answer('Choose another, or leave it out', 'objectStore.sse')],
	},
	{
		sign: /ExpiredToken|TokenRefreshRequired|InvalidToken/i,
		id: 'store-key-expired',
		title: ({ whole }) => `The ${whole} has expired`,
		remedies: ({ ends = '' }) => [
			answerOneOf(
				`Use a key that does not expire${ends}`,
				'objectStore.accessKeyId',
				'objectStore.accountName',
				'objectStore.jsonKeyFile',
			),
		],
	},
	{
		sign: /UserSuspended|UserDisable|AccountProblem|AllAccessDisabled|NotSignedUp|AccountDisabled|AccountIsDisabled/i,
		id: 'store-account-disabled',
		title: 'The account of that key is suspended or not signed up for the object store',
		remedies: ['Ask the administrator of the object store to enable the account, or use the key of another.'],
	},
	{
		sign: /XMinioStorageFull|QuotaExceeded|InsufficientStorage/i,
		id: 'store-full',
		title: 'The object store has no room left',
		remedies: [thenRetry('Free space in the object store, or raise its quota')],
	},
	{
		sign: /BucketAlreadyExists|InvalidBucketName|TooManyBuckets/i,
		id: 'store-bucket-refused',
		title: 'The object store refuses to create that bucket',
		remedies: [
			answer('Create a bucket yourself, or choose one that exists, and name it', 'objectStore.bucket'),
		],
	},
	{
		sign: /InvalidAccessKeyId|InvalidSecurity\b|authentication could not be found|InvalidAuthenticationInfo|account .{0,300}(not found|does not exist)|invalid_client|invalid_grant|InvalidClientTokenId|authError|status code: 401/i,
		id: 'store-unknown-key',
		title: ({ holder }) => `The object store does not recognize this ${holder}`,
		remedies: ({ identity, secret, isPair, belongs }) => [
			answerOneOf(
				`Check the ${identity}${isPair ? ` (not the ${secret})` : ''}, and ${belongs}`,
				'objectStore.accessKeyId',
				'objectStore.accountName',
				'objectStore.jsonKeyFile',
			),
		],
	},
	{
		// An account key is base64, and is decoded to sign with.
		sign: /SignatureDoesNotMatch|AuthenticationFailed|invalid.{0,300}signature|illegal base64 data/i,
		id: 'store-wrong-secret',
		title: ({ secret }) => `The object store rejects the ${secret}`,
		remedies: ({ identity, secret, isPair }) => [
			answerOneOf(
				`Check the ${secret}${isPair ? `, which does not match the ${identity}` : ''}`,
				'objectStore.secretAccessKey',
				'objectStore.accountKey',
				'objectStore.jsonKeyFile',
			),
			'A clock that is off has the same effect: check NTP on the nodes.',
		],
	},
	{
		sign: /SecondLevelDomainForbidden|virtual hosted style/i,
		id: 'store-path-style',
		title: 'The object store requires virtual-hosted addresses',
		remedies: [answer('Turn path-style addresses off', 'objectStore.disablePathStyle', 'true')],
	},
	{
		sign: /NoSuchBucket|ContainerNotFound/i,
		id: 'store-no-bucket',
		title: 'The object store has no bucket of that name',
		remedies: [
			answer('Check the bucket, or leave it out and let Portworx create its own', 'objectStore.bucket'),
		],
	},
	{
		sign: /RequestTimeTooSkewed/i,
		id: 'store-clock',
		title: "The nodes' clock differs too much from the object store's",
		remedies: [thenRetry('Set the clocks of the Portworx nodes (NTP)')],
	},
	{
		sign: /AccessDenied|AuthorizationFailure|Authorization\w{1,40}Mismatch|InsufficientAccountPermissions|does not have storage\.\S{1,60} access|status code: 403/i,
		id: 'store-denied',
		title: 'The object store denies this key permissions that Portworx needs',
		remedies: ({ grant }) => [grant, answer('Or name a bucket that exists already', 'objectStore.bucket')],
	},
	{
		sign: /KeyBasedAuthenticationNotPermitted/i,
		id: 'store-denied',
		title: 'The storage account does not allow access by key',
		remedies: ['Allow access by account key on the storage account (allowSharedKeyAccess).'],
	},
	{
		sign: /AuthorizationHeaderMalformed|PermanentRedirect|IllegalLocationConstraint|InvalidLocationConstraint|InvalidRegion/i,
		id: 'store-region',
		title: 'The region does not match the object store',
		remedies: [
			answer(
				"Give the bucket's or store's own region (auto on Cloudflare R2; the zonegroup's name, often default, on Ceph)",
				'objectStore.region',
			),
			answer('Or create a bucket yourself, and name it', 'objectStore.bucket'),
		],
	},
	{
		sign: /no such host|connection refused|i\/o timeout|TLS handshake timeout|Client\.Timeout exceeded|"https?:[^"]{1,1000}": context deadline exceeded|no route to host|network is unreachable/i,
		id: 'store-unreachable',
		title: 'The object store is unreachable from the Portworx node',
		remedies: [
			answerOneOf(
				'Check its address, and that the nodes may reach it (DNS, firewall, proxy)',
				'objectStore.endpoint',
				'objectStore.server',
			),
		],
	},
	{
		sign: /x509|certificate|tls:|gave HTTP response to HTTPS/i,
		id: 'store-tls',
		title: 'TLS with the object store fails',
		remedies: [
			'Check its certificate.',
			answer('For plain HTTP, turn TLS off', 'objectStore.disableSsl', 'true'),
		],
	},
	{
		sign: /service_account|json key|private key should be a PEM/i,
		id: 'store-json-key',
		title: 'Google rejects the key file',
		remedies: [
			answer(
				'Give the JSON key file of a service account, as the console lets you download it',
				'objectStore.jsonKeyFile',
			),
		],
	},
	{
		sign: /already exist|duplicate/i,
		id: 'credential-exists',
		title: 'A credential of that name already exists',
		remedies: ['Run this again: it is compared and validated first.'],
	},
] as const satisfies readonly Row[];

export type StoreProblemId = (typeof storeRows)[number]['id'];

/** What the object store's own words mean; undefined when they are not known here. */
export function meaningToStore(words: string): StoreProblemId | undefined {
	const head = beginning(words);
	return storeRows.find(({ sign }) => sign.test(head))?.id;
}

/** The same problem as pxctl would have met. `first` are ways out that only who has asked the store itself knows. */
export function storeProblem(
	side: Side,
	id: StoreProblemId,
	evidence: string,
	provider: Provider,
	first: readonly Remedy[] = [],
): Problem {
	const { title, remedies } = saidOf(storeRows.find(row => row.id === id) ?? storeRows[0], provider);
	const [way, ...others] = [...first.map(remedy => remedyFor(provider, remedy)), ...remedies];
	return clusterProblem({
		id,
		side,
		title: `${title}, on the ${side} cluster`,
		evidence,
		remedies: [way ?? remedies[0], ...others],
		docs: docs.credentials,
	});
}
