import { randomBytes } from 'node:crypto';
import { checksumOf } from './checksum.ts';
import type { PxctlSettings } from './settings.ts';

/** A credential as the pretend Portworx keeps it: never a secret, only its checksum. */
export type StoredCredential = Readonly<{
	name: string;
	uuid: string;
	provider: string;
	/** Access key ID, account name or project. */
	account: string;
	region: string;
	endpoint: string;
	storageClass: string;
	/** `yes` or `no`. */
	pathStyle: string;
	bucket: string;
	/** `true` or `false`. */
	ssl: string;
	/** Whether a passphrase was given; its checksum is in `passphrase`. */
	encrypted: boolean;
	passphrase: string;
	sse: string;
	proxy: boolean;
	/** How Portworx logs in to the store. */
	auth: 'keys' | 'iam' | 'workload-identity';
	/** Of a share: what is mounted, and how. */
	path: string;
	options: string;
	timeout: string;
	/** `cksum` of the secret, for tests that ask whether the right one arrived. */
	fingerprint: string;
}>;

/** A Portworx pair, by the remote cluster's UUID. */
export type StoredPair = Readonly<{
	id: string;
	name: string;
	ip: string;
	port: string;
	fingerprint: string;
}>;

/** The Portworx of one practice cluster: what its pods and its management endpoint have in common. */
export type PxctlState = ReturnType<typeof createPxctlState>;

export function createPxctlState(initial: PxctlSettings) {
	let settings = initial;
	let token: string | undefined;
	const credentials = new Map<string, StoredCredential>();
	const pairs = new Map<string, StoredPair>();
	const sorted = <T>(all: ReadonlyMap<string, T>): T[] =>
		[...all].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);

	return {
		settings: () => settings,
		set(changes: Partial<PxctlSettings>) {
			settings = { ...settings, ...changes };
		},
		credentials: () => sorted(credentials),
		addCredential: (credential: StoredCredential) => void credentials.set(credential.name, credential),
		removeCredential: (name: string) => credentials.delete(name),
		pairs: () => sorted(pairs),
		addPair: (pair: StoredPair) => void pairs.set(pair.id, pair),
		removePair: (id: string) => pairs.delete(id),
		/** The token that pairing accepts; undefined until `cluster token show` made one. */
		clusterToken: () => token,
		setClusterToken(value: string) {
			token = value;
		},
		/** 64 random bytes; with security a JWT. */
		newClusterToken(): string {
			const random = randomBytes(64).toString('hex');
			const claims = Buffer.from(
				JSON.stringify({ iss: 'practice', jti: random, iat: Math.floor(Date.now() / 1000) }),
			).toString('base64url');
			token =
				settings.adminToken === undefined
					? random
					: `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.${claims}.${random}`;
			return token;
		},
		tokenIsStale: () => settings.clusterToken === 'stale',
	};
}

export const fingerprintOf = (secret: string): string => String(checksumOf(Buffer.from(secret)));

/** What a credential has of whatever no one asked for. */
export const plainCredential = {
	encrypted: false,
	passphrase: '',
	sse: '',
	proxy: false,
	auth: 'keys',
	path: '',
	options: '',
	timeout: '',
} as const satisfies Partial<StoredCredential>;
