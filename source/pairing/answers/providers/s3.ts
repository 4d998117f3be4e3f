import { notAKey, notAnId } from '../key-form.ts';
import {
	authQuestion,
	bucket,
	encryptionPassphrase,
	type ProviderDefinition,
	withKeys,
} from '../provider.ts';
import { hostRule, isHost } from '../well-formed.ts';

export const s3 = {
	label: 'Amazon S3, or an S3-compatible store',
	name: endpoint => (endpoint === '' ? 'S3' : isAmazon(endpoint) ? 'Amazon S3' : 'S3-compatible store'),
	description: 'MinIO, FlashBlade, IBM COS and many others.',
	key: {
		identity: 'accessKeyId',
		secret: 'secretAccessKey',
		whole: 'access key',
		holder: 'access key',
		belongs: 'that it belongs to this store and region',
		ends: ', since a temporary one (ASIA…) needs a session token, too',
		grant:
			'Grant it permission to list, create and use buckets: ListAllMyBuckets, CreateBucket, ListBucket, GetBucketLocation, PutObject, GetObject, DeleteObject.',
	},
	fields: {
		// The key *ID*. The documented page swaps the descriptions of the two key flags; its command block is right.
		accessKeyId: {
			kind: 'secret',
			flag: '--s3-access-key',
			ofKey: true,
			isListed: true,
			environment: ['AWS_ACCESS_KEY_ID'],
			ask: {
				short: 'Access key ID',
				question: 'What is the access key ID?',
				what: 'The public half of an S3 key pair: it identifies the key.',
				where: 'AWS console: IAM → Users → Security credentials. Other stores: their user administration.',
				example: 'AKIAIOSFODNN7EXAMPLE',
				practice: 'PRACTICEKEYID0000000',
				doubt: value =>
					isSecretShaped(value)
						? 'This looks like the secret access key. The ID is the shorter one, all capitals.'
						: doubtful(notAnId(value)),
			},
		},
		secretAccessKey: {
			kind: 'secret',
			flag: '--s3-secret-key',
			ofKey: true,
			environment: ['AWS_SECRET_ACCESS_KEY'],
			ask: {
				short: 'Secret access key',
				question: 'What is the secret access key?',
				what: 'The secret half of the same key pair. It is sent to Portworx on both clusters, and nowhere else.',
				where: 'Shown once, when the key is created. Lost? Create another key.',
				example: '40 letters, digits, / and +',
				doubt: value =>
					isKeyIdShaped(value)
						? 'This looks like an access key ID. The secret is the longer one.'
						: doubtful(notAKey(value)),
			},
		},
		region: {
			kind: 'text',
			flag: '--s3-region',
			accepts: /^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/,
			allowed: 'a region such as us-east-1',
			environment: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
			ask: {
				short: 'Region',
				question: 'In which region is the object store?',
				what: 'The region in which Portworx creates its bucket.',
				where: 'The one nearest to both clusters. Self-hosted stores often use us-east-1.',
				example: 'us-east-1',
				wrong: 'A region such as us-east-1: letters, digits and -.',
				suggestion: ({ region }) => region ?? 'us-east-1',
			},
		},
		// `host[:port]`, without a scheme.
		endpoint: {
			kind: 'text',
			flag: '--s3-endpoint',
			accepts: value => isHost(value) && !namesBucket(value),
			allowed: `${hostRule}, and without a bucket`,
			ask: {
				short: 'Store endpoint',
				question: 'At which endpoint is the object store?',
				what: 'Host, with its port unless it is the default, without https://. Both clusters must reach it.',
				where: 'Amazon: s3.amazonaws.com. Others: see the documentation of your store.',
				example: 's3.amazonaws.com',
				wrong: value =>
					/^https?:\/\//i.test(value)
						? 'Leave out http:// or https://: host, or host:port.'
						: namesBucket(value)
							? 'There is a bucket in it: leave that out, such as s3.amazonaws.com.'
							: 'Host, or host:port, such as s3.amazonaws.com.',
				suggestion: ({ isNear }) => (isNear ? 's3.amazonaws.com' : ''),
			},
		},
		// As `pxctl` spells it: the documented page writes `STANDARD-IA`, which pxctl refuses.
		storageClass: {
			kind: 'choice',
			flag: '--s3-storage-class',
			optional: true,
			since: { portworx: [2, 5, 3] },
			options: {
				STANDARD: 'For data that is read often.',
				STANDARD_IA: 'Cheaper to store, more expensive to read.',
			},
			ask: {
				short: 'Storage class',
				question: 'Which storage class should Portworx use?',
				help: ['The class of the objects that Portworx writes. Needs Portworx 2.5.3.'],
				none: {
					label: "The store's own default",
					description: 'The option is omitted, as older versions of pxctl require.',
				},
			},
		},
		auth: {
			kind: 'choice',
			usual: withKeys,
			flags: { iam: '--use-iam', 'workload-identity': '--use-workload-identity' },
			optional: true,
			options: {
				keys: 'An access key ID and its secret.',
				iam: 'No keys: the IAM role of the EC2 instances of both clusters. Needs Portworx 2.5.1.',
				'workload-identity':
					'No keys: the AWS identity of the Portworx pods. Needs Portworx 3.4, Stork 26.4.',
			},
			optionsSince: {
				iam: { portworx: [2, 5, 1] },
				'workload-identity': { portworx: [3, 4, 0], stork: [26, 4, 0] },
			},
			ask: authQuestion,
		},
		sse: {
			kind: 'choice',
			flag: '--s3-sse',
			optional: true,
			options: {
				AES256: "With the store's own keys (SSE-S3).",
				'aws:kms': 'With a key of the AWS Key Management Service (SSE-KMS).',
			},
			ask: {
				short: 'Server encryption',
				question: 'How should the store encrypt what Portworx writes?',
				help: ['Asked of the store with each object. Not every S3-compatible store supports it.'],
				none: { label: "The bucket's own setting", description: 'The option is omitted.' },
			},
		},
		// Plain HTTP, as a MinIO of one's own may need.
		disableSsl: { kind: 'switch', flag: '--s3-disable-ssl' },
		// For stores that only take virtual-hosted addresses.
		disablePathStyle: { kind: 'switch', flag: '--disable-path-style' },
		// Through the proxy that is set for all of Portworx, of which pxpair does not know.
		useProxy: { kind: 'switch', flag: '--use-proxy' },
		bucket,
		encryptionPassphrase,
	},
} as const satisfies ProviderDefinition;

/** Other stores speak S3, too, and are not Amazon's. */
export const isAmazon = (endpoint: string): boolean => /\.amazonaws\.com(\.cn)?(:\d+)?$/i.test(endpoint);

/** A virtual-hosted address of Amazon: there every request is about that bucket, and Portworx creates its own. */
const namesBucket = (value: string): boolean =>
	/^.+\.s3[.-](?:dualstack\.)?(?:[a-z]{2}(?:-[a-z]+)+-\d\.)?amazonaws\.com(?:\.cn)?(?::\d+)?$/i.test(value);

const doubtful = (fault: string | undefined): string | undefined => fault && `This can't be a key: ${fault}.`;

const isSecretShaped = (value: string) => /^[A-Za-z0-9/+=]{40}$/.test(value) && /[a-z/+]/.test(value);
export const isKeyIdShaped = (value: string) => /^(AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}$/.test(value);
