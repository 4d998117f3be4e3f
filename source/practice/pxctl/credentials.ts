import { randomUUID } from 'node:crypto';
import { contentOf } from '../pod/files.ts';
import { nodeIfAny, type Process } from '../pod/process.ts';
import { PxctlFailure } from './failure.ts';
import {
	type PracticeFlag,
	type PracticeProvider,
	type PracticeSlot,
	practiceProviders,
} from './providers.ts';
import { refusedBy } from './refused.ts';
import { fingerprintOf, type PxctlState, type StoredCredential } from './state.ts';
import { tooOldFor } from './texts.ts';

type Given = Record<PracticeSlot, string> & Record<'name' | 'provider', string> & { switches: Set<string> };

const providers = Object.entries(practiceProviders);
const flags = new Map<string, PracticeFlag>(providers.flatMap(([, row]) => Object.entries(row.flags)));

export function createCredential(process: Process, portworx: PxctlState, args: readonly string[]): string {
	const given = givenIn(args, portworx);
	const row = practiceProviders[given.provider];
	if (row?.since && tooOldFor(portworx.settings(), ...row.since))
		throw new PxctlFailure(`createCred: unsupported provider ${given.provider}`);
	const auth = authIn(given.switches);
	complete(given, row, auth);
	const { name } = given;
	const secret = given.key_file ? keyIn(process, given) : given.secret;
	if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(name))
		throw new PxctlFailure('createCred: invalid credential name');
	const isKnown = () => portworx.credentials().some(each => each.name === name);
	if (isKnown()) throw new PxctlFailure(`createCred: credential with name ${name} already exists`);
	const {
		region,
		endpoint,
		account,
		bucket,
		storage_class: storageClass,
		sse,
		path,
		options,
		timeout,
	} = given;
	const shown = { provider: given.provider, account, region, endpoint, storageClass, bucket, sse, path };
	if (Object.values(shown).some(text => text.includes('\n')))
		throw new PxctlFailure('createCred: invalid parameter');
	const credential: StoredCredential = {
		name,
		uuid: randomUUID(),
		...shown,
		options,
		timeout,
		pathStyle: given.switches.has('--disable-path-style') ? 'no' : 'yes',
		ssl: given.switches.has('--s3-disable-ssl') ? 'false' : 'true',
		proxy: given.switches.has('--use-proxy'),
		auth,
		encrypted: given.passphrase !== '',
		passphrase: given.passphrase === '' ? '' : fingerprintOf(given.passphrase),
		fingerprint: fingerprintOf(secret),
	};
	const why = refusalOf(portworx, credential, given.key_file ? privateKeyId(secret) : secret);
	if (why) throw new PxctlFailure(`createCred: error validating credential during create: ${why}`);
	portworx.addCredential(credential);
	return `Credentials created successfully${tooOldFor(portworx.settings(), 2, 6) ? '' : `, UUID:${credential.uuid}`}\n`;
}

function givenIn(args: readonly string[], portworx: PxctlState): Given {
	const given: Given = {
		...{ name: '', provider: '', bucket: '', account: '', secret: '', region: '', endpoint: '' },
		...{ storage_class: '', key_file: '', passphrase: '', sse: '', path: '', options: '', timeout: '' },
		switches: new Set(),
	};
	const left = [...args];
	for (let word = left.shift(); word !== undefined; word = left.shift()) {
		if (isSwitch(word, portworx)) given.switches.add(word);
		else if (word.startsWith('-')) {
			const [, flag = word, joined] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
			const slot = slotOf(flag, portworx);
			const value = joined ?? left.shift();
			if (value === undefined) usageError(`flag needs an argument: ${flag}`);
			else given[slot] = value;
		} else if (given.name === '') given.name = word;
		else usageError('accepts 1 arg(s), received 2');
	}
	return given;
}

/** Known from the first version on that has it for any store. */
const isSwitch = (word: string, portworx: PxctlState): boolean =>
	providers.some(([, { switches = {} }]) =>
		Object.entries(switches).some(
			([flag, since]) => flag === word && !tooOldFor(portworx.settings(), ...since),
		),
	);

const authIn = (switches: ReadonlySet<string>): StoredCredential['auth'] =>
	switches.has('--use-iam') ? 'iam' : switches.has('--use-workload-identity') ? 'workload-identity' : 'keys';

/** Where the value of a flag is kept; an unknown flag ends the command. */
function slotOf(flag: string, portworx: PxctlState): PracticeSlot | 'provider' {
	if (flag === '--provider') return 'provider';
	const { as, since = [] } = flags.get(flag) ?? {};
	if (!as || tooOldFor(portworx.settings(), ...since)) usageError(`unknown flag: ${flag}`);
	return as;
}

function usageError(text: string): never {
	throw new PxctlFailure(`Error: ${text}\nUsage:\n  pxctl credentials create [flags]`);
}

function complete(given: Given, row: PracticeProvider | undefined, auth: StoredCredential['auth']): void {
	if (!row)
		throw new PxctlFailure(
			`createCred: Must supply a provider: ${Object.keys(practiceProviders).join(', ')}`,
		);
	const isKey = (as: PracticeSlot) =>
		as === 'secret' ||
		as === 'key_file' ||
		as === 'endpoint' ||
		(given.provider === 's3' && as === 'account');
	for (const { as, needed } of Object.values(row.flags)) {
		if (needed && given[as] === '' && !(auth !== 'keys' && isKey(as)))
			throw new PxctlFailure(`createCred: Must supply ${needed}`);
	}
}

function keyIn(process: Process, { key_file: path, provider }: Given): string {
	const node = nodeIfAny(process, path);
	if (node?.kind !== 'file') throw new PxctlFailure(`createCred: open ${path}: no such file or directory`);
	const text = contentOf(node).toString();
	if (provider !== 'google') return text;
	const start = 'createCred: error validating credential during create: google:';
	const bare = text.replaceAll(/\s/g, '');
	if (!/^\{.*\}$/.test(bare))
		throw new PxctlFailure(`${start} could not parse JSON key: unexpected end of JSON input`);
	if (!bare.includes('"type":"service_account"'))
		throw new PxctlFailure(`${start} the JSON key is not of a service_account`);
	return text;
}

/** What a store can tell a JSON key from another by. */
const privateKeyId = (jsonKey: string): string => /"private_key_id"\s*:\s*"([^"]*)"/.exec(jsonKey)?.[1] ?? '';

export function validateCredential(portworx: PxctlState, wanted: string): string {
	const found = portworx.credentials().find(({ name, uuid }) => name === wanted || uuid === wanted);
	if (!found) throw new PxctlFailure(`ValidateCred: credential with name or uuid ${wanted} not found`);
	const why = refusalOf(portworx, found, '');
	if (why) throw new PxctlFailure(`ValidateCred: ${why}`);
	return 'Credential validated successfully\n';
}

/**
 * Why the practice object store refuses, if it does: what refused.ts says, and an endpoint with `nowhere` (does not resolve) or
 * `virtual` (refuses path-style) in it. Asked over the network it refuses the same, see pod-network/stores.ts.
 */
function refusalOf(portworx: PxctlState, credential: StoredCredential, secret: string): string | undefined {
	const { endpoint, pathStyle, account, provider } = credential;
	const refused = refusedBy(portworx.settings());
	const [host = ''] = endpoint.split(',');
	if (endpoint.includes('nowhere'))
		return `RequestError: send request failed caused by: Get "https://${host}/": dial tcp: lookup ${host.split(':')[0]}: no such host`;
	if (endpoint.includes('virtual') && pathStyle !== 'no')
		return 'SecondLevelDomainForbidden: Please use virtual hosted style to access. status code: 403, request id: PRACTICE00000001';
	const refusals = practiceProviders[provider]?.refusals;
	// In the words of a store that no one knows more of.
	const denied = 'AccessDenied: Access Denied. status code: 403';
	if (refused.isAccount(account)) return (refusals?.account ?? denied).replaceAll('$account', () => account);
	return secret === refused.secret ? (refusals?.secret ?? denied) : undefined;
}

export function listCredentials(portworx: PxctlState, json: boolean): string {
	const all = portworx.credentials();
	if (json) return `${JSON.stringify(all.map(inJson), undefined, 1)}\n`;
	const named = !tooOldFor(portworx.settings(), 2, 6);
	return providers
		.flatMap(([provider, { title }]) => {
			const own = all.filter(each => each.provider === provider);
			return own.length === 0 ? [] : [title, titles(provider, named), ...own.map(each => cells(each, named))];
		})
		.map(line => `${line}\n`)
		.join('');
}

/** Only `uuid` was ever seen of it; the other names are those that a JSON of ours would have. */
const inJson = (stored: StoredCredential) => ({
	uuid: stored.uuid,
	name: stored.name,
	provider: stored.provider,
	bucket: stored.bucket,
	encryption: stored.encrypted,
	...(stored.provider === 's3' && {
		access_key: stored.account,
		region: stored.region,
		endpoint: stored.endpoint,
		disable_ssl: stored.ssl === 'false',
		disable_path_style: stored.pathStyle === 'no',
		storage_class: stored.storageClass,
		sse: stored.sse,
		use_proxy: stored.proxy,
	}),
	...(stored.provider === 'azure' && { account_name: stored.account }),
	...(stored.provider === 'google' && { project_id: stored.account }),
	...(stored.provider === 'nfs'
		? {
				nfs_server: stored.account,
				nfs_sub_path: stored.path,
				nfs_mount_opts: stored.options,
				nfs_timeout_seconds: Number(stored.timeout || 5),
			}
		: {
				use_iam: stored.auth === 'iam',
				use_workload_identity: stored.auth === 'workload-identity',
			}),
});

/** Newer versions have names, buckets and the throughput as well. */
function titles(provider: string, named: boolean): string {
	const own: Readonly<Record<string, string[]>> = {
		s3: ['REGION', 'ENDPOINT', 'ACCESS KEY', 'SSL ENABLED'],
		azure: ['ACCOUNT NAME'],
		nfs: ['SERVER', 'SUB PATH'],
	};
	return [
		'UUID',
		...(named ? ['NAME'] : []),
		...(own[provider] ?? ['PROJECT ID']),
		'ENCRYPTION',
		...(named ? ['BUCKET', 'WRITE THROUGHPUT (KBPS)'] : []),
	].join('\t');
}

function cells(stored: StoredCredential, named: boolean): string {
	const { uuid, name, provider, region, endpoint, account, ssl, bucket, path } = stored;
	const own =
		provider === 's3' ? [region, endpoint, account, ssl] : provider === 'nfs' ? [account, path] : [account];
	return [
		uuid,
		...(named ? [name] : []),
		...own,
		String(stored.encrypted),
		...(named ? [bucket || '<nil>', '0'] : []),
	].join('\t');
}
