/** What the pretend pxctl knows of a kind of object store: a row of `practiceProviders`. */
export type PracticeProvider = Readonly<{
	/** Is above its credentials in `pxctl credentials list`. */
	title: string;
	/** The flags of `create` that take a value. */
	flags: Readonly<Record<`--${string}`, PracticeFlag>>;
	/** Those that take none; the first version that knows each. */
	switches?: Readonly<Record<`--${string}`, PracticeVersion>>;
	/** The first version that knows such a store. */
	since?: PracticeVersion;
	/** What the store says of an account, and of a secret, that it refuses. May name `$account`. */
	refusals?: Readonly<{ account: string; secret: string }>;
}>;

export type PracticeVersion = readonly number[];

/** An empty one is taken, and forgotten. */
export type PracticeFlag = Readonly<{
	/** The first version that knows it. */
	since?: PracticeVersion;
	/**
	 * What is kept of it. An `account` is shown by `list`; of a `secret` only a checksum is kept (which of them are refused: refused.ts); a `key_file` is read in the pod.
	 */
	as: PracticeSlot;
	/** pxctl must be supplied with it, and calls it so. */
	needed?: string;
}>;

export type PracticeSlot =
	| 'account'
	| 'secret'
	| 'region'
	| 'endpoint'
	| 'storage_class'
	| 'key_file'
	| 'bucket'
	| 'passphrase'
	| 'sse'
	| 'path'
	| 'options'
	| 'timeout';

/** Of every kind of store. */
const common = {
	'--bucket': { as: 'bucket' },
	'--encryption-passphrase': { as: 'passphrase' },
} as const;

/** By the names that `--provider` takes, in the order of `list`. */
export const practiceProviders: Readonly<Record<string, PracticeProvider>> = {
	s3: {
		title: 'S3 Credentials',
		flags: {
			'--s3-access-key': { as: 'account', needed: 'Access Key' },
			'--s3-secret-key': { as: 'secret', needed: 'Secret Key' },
			'--s3-region': { as: 'region', needed: 'Region Key' },
			'--s3-endpoint': { as: 'endpoint', needed: 'Endpoint Key' },
			'--s3-storage-class': { as: 'storage_class', since: [2, 5, 3] },
			'--s3-sse': { as: 'sse' },
			...common,
		},
		switches: {
			'--s3-disable-ssl': [],
			'--disable-path-style': [],
			'--use-proxy': [],
			'--use-iam': [2, 5, 1],
			'--use-workload-identity': [3, 4, 0],
		},
		refusals: {
			account:
				'InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records. status code: 403, request id: PRACTICE00000001',
			secret:
				'SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your key and signing method. status code: 403, request id: PRACTICE00000001',
		},
	},
	google: {
		title: 'Google Credentials',
		flags: {
			'--google-project-id': { as: 'account', needed: 'Project ID' },
			'--google-json-key-file': { as: 'key_file', needed: 'JSON Key' },
			...common,
		},
		switches: { '--use-workload-identity': [3, 6, 2] },
		refusals: {
			account: 'googleapi: Error 400: Unknown project id: $account, invalid',
			secret:
				'oauth2: cannot fetch token: 400 Bad Request Response: {"error":"invalid_grant","error_description":"Invalid JWT Signature."}',
		},
	},
	azure: {
		title: 'Azure Credentials',
		flags: {
			'--azure-account-name': { as: 'account', needed: 'Account name' },
			'--azure-account-key': { as: 'secret', needed: 'Account Key' },
			...common,
		},
		switches: { '--use-iam': [2, 5, 1], '--use-workload-identity': [3, 6, 1] },
		refusals: {
			account:
				'Get "https://$account.blob.core.windows.net/?comp=list": dial tcp: lookup $account.blob.core.windows.net: no such host',
			secret: 'RESPONSE 403: 403 Server failed to authenticate the request. ERROR CODE: AuthenticationFailed',
		},
	},
	nfs: {
		title: 'NFS Credentials',
		since: [2, 13, 10],
		flags: {
			'--nfs-server': { as: 'account', needed: 'NFS server' },
			'--nfs-sub-path': { as: 'path' },
			'--nfs-mount-opts': { as: 'options' },
			'--nfs-timeout-seconds': { as: 'timeout' },
			...common,
		},
		refusals: {
			account: 'failed to mount NFS share from $account: mount.nfs: access denied by server while mounting',
			secret: 'failed to mount NFS share',
		},
	},
};
