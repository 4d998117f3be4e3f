import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PxctlSettings } from './settings.ts';
import { licenseText, settingsText, statusJson, statusText } from './texts.ts';

/** A credential as the pretend pxctl keeps it: never a secret, only its checksum. */
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

/** The Portworx of one practice cluster: files below `<root>/var`, shared with the pretend pxctl. */
export type PxctlState = ReturnType<typeof createPxctlState>;

export function createPxctlState(root: string, initial: PxctlSettings) {
	const at = (...path: string[]) => join(root, 'var', ...path);
	let settings = initial;
	mkdirSync(at('credentials'), { recursive: true });
	mkdirSync(at('pairs'));
	write(initial);

	return {
		settings: () => settings,
		set(changes: Partial<PxctlSettings>) {
			settings = { ...settings, ...changes };
			write(changes);
		},
		credentials: () => readRecords(at('credentials'), credentialFields),
		addCredential: (credential: StoredCredential) =>
			replace(at('credentials', credential.name), recordText(credential, credentialFields)),
		pairs: () => readRecords(at('pairs'), pairFields),
		addPair: (pair: StoredPair) => replace(at('pairs', pair.id), recordText(pair, pairFields)),
		removePair: (id: string) => rmSync(at('pairs', id), { force: true }),
		/** The token that pairing accepts; undefined until `cluster token show` made one. */
		clusterToken: () => readMaybe(at('cluster-token'))?.trim(),
		setClusterToken: (token: string) => replace(at('cluster-token'), `${token}\n`),
		tokenIsStale: () => readMaybe(at('token-is-stale')) !== undefined,
	};

	function write(changes: Partial<PxctlSettings>) {
		replace(at('settings'), settingsText(settings));
		replace(at('status.txt'), statusText(settings));
		replace(at('status.json'), statusJson(settings));
		replace(at('license.txt'), licenseText(settings));
		// These two end by a pxctl command, so they are written only when they are what changes.
		if (changes.secretsEndpoint) {
			mark(at('secrets-closed'), changes.secretsEndpoint === 'closed');
		}

		if (changes.clusterToken) {
			mark(at('token-is-stale'), changes.clusterToken === 'stale');
		}
	}

	/** A pxctl that starts at this moment must see the old file or the new one, never half of it. */
	function replace(path: string, text: string) {
		writeFileSync(at('draft'), text, { mode: 0o600 });
		renameSync(at('draft'), path);
	}
}

const credentialFields = [
	'name',
	'uuid',
	'provider',
	'account',
	'region',
	'endpoint',
	'storageClass',
	'pathStyle',
	'bucket',
	'ssl',
	'fingerprint',
] as const satisfies readonly (keyof StoredCredential)[];

const pairFields = [
	'id',
	'name',
	'ip',
	'port',
	'fingerprint',
] as const satisfies readonly (keyof StoredPair)[];

/** One value a line, in a fixed order: what `read -r` in a shell gets back unharmed. */
function readRecords<Field extends string>(
	folder: string,
	fields: readonly Field[],
): Record<Field, string>[] {
	return readdirSync(folder)
		.toSorted()
		.map(name => readFileSync(join(folder, name), 'utf8').split('\n'))
		.map(
			lines =>
				Object.fromEntries(fields.map((field, index) => [field, lines[index] ?? ''])) as Record<
					Field,
					string
				>,
		);
}

function recordText<Field extends string>(record: Record<Field, string>, fields: readonly Field[]): string {
	return fields.map(field => `${record[field]}\n`).join('');
}

function mark(path: string, present: boolean) {
	if (present) {
		writeFileSync(path, '');
	} else {
		rmSync(path, { force: true });
	}
}

function readMaybe(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return undefined;
	}
}

/** The first number that POSIX `cksum` prints for this text. */
export function fingerprintOf(secret: string): string {
	const bytes = [...Buffer.from(secret)];
	for (let length = bytes.length; length > 0; length = Math.floor(length / 256)) {
		bytes.push(length % 256);
	}

	return String(~bytes.reduce(addToChecksum, 0) >>> 0);
}

function addToChecksum(checksum: number, byte: number): number {
	let next = checksum ^ (byte << 24);
	for (let bit = 0; bit < 8; bit += 1) {
		next = next < 0 ? (next << 1) ^ 0x04c11db7 : next << 1;
	}

	return next;
}
