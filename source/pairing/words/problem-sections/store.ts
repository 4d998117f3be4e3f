import type { Sections } from './section.ts';

/** The object store, and the credential for it. */
export const store = {
	'store-unknown-key': {
		means: 'The object store does not know the access key.',
		found: 'A signed request from a Portworx pod, or pxctl.',
		helps:
			'Check the access key ID, storage account name or JSON key file, and that it belongs to this store.',
	},
	'store-wrong-secret': {
		means: 'The secret access key or account key does not match its access key ID or storage account.',
		found: 'The store rejected the signature.',
		helps: 'Check the secret access key, account key or JSON key file, and the clocks of the nodes.',
	},
	'store-denied': {
		means: 'The key lacks permissions in the object store.',
		found: 'The store answered 403.',
		helps: 'Grant it to list, create and use buckets, or name a bucket that exists.',
	},
	'store-region': {
		means: 'The region does not match the store or the bucket.',
		found: "The store's answer.",
		helps: 'Set `objectStore.region` to the region of the bucket.',
	},
	'store-path-style': {
		means: 'The object store requires virtual-hosted addresses.',
		found: "The store's answer.",
		helps: 'Set `objectStore.disablePathStyle: true`.',
	},
	'store-no-bucket': {
		means: 'The object store has no bucket of that name.',
		found: "The store's answer.",
		helps: 'Check `objectStore.bucket`, or leave it out.',
	},
	'store-clock': {
		means: "The clock of the node differs too much from the store's.",
		found: "The store's answer.",
		helps: 'Set up NTP on the Portworx nodes.',
	},
	'store-tls': {
		means: 'TLS with the object store fails.',
		found: 'The handshake from a Portworx pod.',
		helps: 'Check its certificate. For plain HTTP set `objectStore.disableSsl: true`.',
	},
	'store-json-key': {
		means: 'Google does not accept the key file.',
		found: "Google's answer, or pxctl.",
		helps: 'Use a JSON key of a service account that is not disabled.',
	},
	'store-unreachable': {
		means: 'The object store is unreachable from the Portworx node.',
		found: 'A request from a Portworx pod.',
		helps: 'Check `objectStore.endpoint`, DNS, firewall and proxy.',
	},
	'store-share-refused': {
		means: 'The nodes cannot mount the NFS share.',
		found: 'pxctl reported it when the credential was created.',
		helps: 'Check `objectStore.exportPath`, and that the server exports it to the nodes.',
	},
	'store-identity-missing': {
		means:
			'Portworx was told to log in to the object store without keys, but has no identity that the store accepts.',
		found: 'pxctl reported it when the credential was created.',
		helps: 'Give the nodes the role, or the Portworx pods the workload identity; or use keys.',
	},
	'store-sse-refused': {
		means: 'The object store refuses the server-side encryption that was asked for.',
		found: "The store's answer.",
		helps: 'Choose another value of `objectStore.sse`, or leave it out.',
	},
	'store-object-left': {
		means: 'The object that tests the bucket was written and could not be deleted.',
		found: 'A signed request from a Portworx pod; the name of the object is in the evidence.',
		helps: 'Delete the object, and grant the key permission to delete objects.',
	},
	'azure-cloud-unset': {
		means: "The storage account is in Azure Government or Azure China, and Portworx isn't told so.",
		found: '`spec.env` of the StorageCluster was read.',
		helps: 'Set `AZURE_ENVIRONMENT` there, on both clusters.',
	},
	'credential-exists': {
		means: 'A credential of that name was created in the meantime.',
		found: 'pxctl said so.',
		helps: 'Run the command again: it validates what exists.',
	},
	'credential-invalid': {
		means: "A credential of that name exists, and Portworx can't validate it.",
		found: '`pxctl credentials validate`.',
		helps: 'Replace it, or correct it by hand.',
	},
	'credential-missing': {
		means: 'The object-store credential of the pair no longer exists.',
		found: '`pxctl credentials list`.',
		helps: 'Run the pairing again to create it.',
	},
	'credential-differs': {
		means: 'The credential of that name exists and is not the one in the answers.',
		found: '`pxctl credentials list` was compared with the answers.',
		helps: 'Keep it, replace it, or correct the answers.',
	},
	'credentials-differ': {
		means: 'The two clusters hold different credentials for the pair, so migrations will fail.',
		found: '`pxctl credentials list` of both clusters was compared.',
		helps: 'Replace both with the right one: `--existing-credential=replace`.',
	},
	'secret-swapped': {
		means: 'The secret access key looks like an access key ID.',
		found: 'Its first characters.',
		helps: 'Check whether the two halves of the key are swapped.',
	},
	'key-malformed': {
		means: 'The value given as an object-store key does not have the form of a key.',
		found: 'Its form: quotes, blanks, a name in front of it, a connection string, a SAS, JSON.',
		helps: 'Give the key alone. The evidence describes its form, not its value.',
	},
	'key-temporary': {
		means:
			'The access key is a temporary one, and Portworx has no place for the session token that belongs to it.',
		found: 'Its ID begins with ASIA, and the endpoint is of Amazon.',
		helps: 'Use the key of an IAM user, or the IAM role of the nodes.',
	},
	'store-account-disabled': {
		means: 'The account of the object store is disabled.',
		found: "The store's answer.",
		helps: 'Have the account enabled, or use another.',
	},
	'store-bucket-refused': {
		means: 'The object store refuses to create the bucket.',
		found: "The store's answer: the name is taken or not valid, or there are too many.",
		helps: 'Create a bucket yourself, and set it as `objectStore.bucket`.',
	},
	'store-console-port': {
		means: "The endpoint is the store's web console, not its API.",
		found: "The store's answer.",
		helps: 'Set `objectStore.endpoint` to the port of the API.',
	},
	'store-denies-list': {
		means: 'The key may not list buckets, so it is unknown whether the store accepts the key.',
		found: 'A signed request from a Portworx pod.',
		helps: 'Name a bucket in `objectStore.bucket`, or grant the permission to list.',
	},
	'store-busy': {
		means: 'The object store is overloaded, or is still starting.',
		found: "The store's answer to Portworx: SlowDown, 503 and the like.",
		helps: 'Wait a minute and run this again. If it persists, ask the administrator of the object store.',
	},
	'store-full': {
		means: 'The object store has no room left.',
		found: "The store's answer.",
		helps: 'Free space, or raise the quota.',
	},
	'store-key-expired': {
		means: 'The access key or its session token has expired.',
		found: "The store's answer.",
		helps: 'Use a key that does not expire.',
	},
	'store-refuses': {
		means:
			'The object store refuses a request for a reason that pxpair does not know, or what answers there is no object store.',
		found: 'A signed request from a Portworx pod; the answer is in the evidence.',
		helps: 'Check the endpoint, and the permissions and policies of the key.',
	},
} as const satisfies Sections;
