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
import { fingerprintOf, type PxctlState, type StoredCredential } from './state.ts';
import { tooOldFor } from './texts.ts';

type Given = Record<PracticeSlot, string> &
	Record<'name' | 'provider' | 'bucket', string> & { pathStyle: string; ssl: string; usesAccount: boolean };

const providers = Object.entries(practiceProviders);
const flags = new Map<string, PracticeFlag>(providers.flatMap(([, row]) => Object.entries(row.flags)));
const switches = new Set<string>(providers.flatMap(([, { switches: own = [] }]) => own));

export function createCredential(process: Process, portworx: PxctlState, args: readonly string[]): string {
	const given = givenIn(args, portworx);
	const row = practiceProviders[given.provider];
	if (!(given.usesAccount && row)) complete(given, row);
	const { name } = given;
	const secret = given.key_file ? keyIn(process, given) : given.secret;
	if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(name))
		throw new PxctlFailure('createCred: invalid credential name');
	const isKnown = () => portworx.credentials().some(each => each.name === name);
	if (isKnown()) throw new PxctlFailure(`createCred: credential with name ${name} already exists`);
	if (
		[given.region, given.endpoint, given.account, given.bucket, given.storage_class].some(text =>
			text.includes('\n'),
		)
	)
		throw new PxctlFailure('createCred: invalid parameter');
	const { provider, account, region, endpoint, storage_class: storageClass, pathStyle, bucket, ssl } = given;
	const credential = {
		...{
			name,
			uuid: randomUUID(),
			provider,
			account,
			region,
			endpoint,
			storageClass,
			pathStyle,
			bucket,
			ssl,
		},
		fingerprint: fingerprintOf(secret),
	};
	const why = refusalOf(portworx, credential, secret);
	if (why) throw new PxctlFailure(`createCred: error validating credential during create: ${why}`);
	portworx.addCredential(credential);
	return `Credentials created successfully${tooOldFor(portworx.settings(), 2, 6) ? '' : `, UUID:${credential.uuid}`}\n`;
}

function givenIn(args: readonly string[], portworx: PxctlState): Given {
	const given: Given = {
		...{ name: '', provider: '', bucket: '', account: '', secret: '', region: '', endpoint: '' },
		...{ storage_class: '', key_file: '', pathStyle: 'yes', ssl: 'true', usesAccount: false },
	};
	const left = [...args];
	for (let word = left.shift(); word !== undefined; word = left.shift()) {
		if (word === '--disable-path-style') given.pathStyle = 'no';
		else if (word === '--s3-disable-ssl') given.ssl = 'false';
		else if (word === '--use-iam' || word === '--use-workload-identity') given.usesAccount = true;
		else if (word === '--use-proxy' || switches.has(word)) continue;
		else if (word.startsWith('-')) {
			const [, flag = word, joined] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
			const slot = slotOf(flag, portworx);
			const value = joined ?? left.shift();
			if (value === undefined) usageError(`flag needs an argument: ${flag}`);
			else if (slot) given[slot] = value;
		} else if (given.name === '') given.name = word;
		else usageError('accepts 1 arg(s), received 2');
	}
	return given;
}

/** Where the value of a flag is kept; an unknown flag ends the command. */
function slotOf(flag: string, portworx: PxctlState): PracticeSlot | 'provider' | 'bucket' | undefined {
	if (flag === '--provider') return 'provider';
	if (flag === '--bucket') return 'bucket';
	if (flag === '--encryption-passphrase') return undefined;
	const known = flags.get(flag);
	const isTooNew = flag === '--s3-storage-class' && tooOldFor(portworx.settings(), 2, 5, 3);
	if (!known || isTooNew) usageError(`unknown flag: ${flag}`);
	return known?.as;
}

function usageError(text: string): never {
	throw new PxctlFailure(`Error: ${text}\nUsage:\n  pxctl credentials create [flags]`);
}

function complete(given: Given, row: PracticeProvider | undefined): void {
	if (!row)
		throw new PxctlFailure(
			`createCred: Must supply a provider: ${Object.keys(practiceProviders).join(', ')}`,
		);
	for (const { as, needed } of Object.values(row.flags)) {
		if (as && needed && given[as] === '') throw new PxctlFailure(`createCred: Must supply ${needed}`);
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

export function validateCredential(portworx: PxctlState, wanted: string): string {
	const found = portworx.credentials().find(({ name, uuid }) => name === wanted || uuid === wanted);
	if (!found) throw new PxctlFailure(`ValidateCred: credential with name or uuid ${wanted} not found`);
	const why = refusalOf(portworx, found, '');
	if (why) throw new PxctlFailure(`ValidateCred: ${why}`);
	return 'Credential validated successfully\n';
}

/**
 * Why the practice object store refuses, if it does. It takes any key, bar these: an account or a secret with WRONG in it, an endpoint
 * with `nowhere` (does not resolve) or `virtual` (refuses path-style) in it, and what the settings say it refuses. Asked over the
 * network it sees signatures instead of secrets, see pod-network/stores.ts.
 */
function refusalOf(portworx: PxctlState, credential: StoredCredential, secret: string): string | undefined {
	const { endpoint, pathStyle, account, provider } = credential;
	const { storeRefuses } = portworx.settings();
	const [host = ''] = endpoint.split(',');
	if (endpoint.includes('nowhere'))
		return `RequestError: send request failed caused by: Get "https://${host}/": dial tcp: lookup ${host.split(':')[0]}: no such host`;
	if (endpoint.includes('virtual') && pathStyle !== 'no')
		return 'SecondLevelDomainForbidden: Please use virtual hosted style to access. status code: 403, request id: PRACTICE00000001';
	const refusals = practiceProviders[provider]?.refusals;
	// In the words of a store that no one knows more of.
	const denied = 'AccessDenied: Access Denied. status code: 403';
	if (storeRefuses === '*' || account.includes('WRONG') || (account !== '' && account === storeRefuses))
		return (refusals?.account ?? denied).replaceAll('$account', () => account);
	return secret.includes('WRONG') ? (refusals?.secret ?? denied) : undefined;
}

export function listCredentials(portworx: PxctlState, json: boolean): string {
	const all = portworx.credentials();
	if (json) return `[${all.map(({ uuid }) => `\n {\n  "uuid": "${uuid}"\n }`).join(',')}\n]\n`;
	const named = !tooOldFor(portworx.settings(), 2, 6);
	return providers
		.flatMap(([provider, { title }]) => {
			const own = all.filter(each => each.provider === provider);
			return own.length === 0 ? [] : [title, titles(provider, named), ...own.map(each => cells(each, named))];
		})
		.map(line => `${line}\n`)
		.join('');
}

/** Newer versions have names, buckets and the throughput as well. */
function titles(provider: string, named: boolean): string {
	const own: Readonly<Record<string, string[]>> = {
		s3: ['REGION', 'ENDPOINT', 'ACCESS KEY', 'SSL ENABLED'],
		azure: ['ACCOUNT NAME'],
	};
	return [
		'UUID',
		...(named ? ['NAME'] : []),
		...(own[provider] ?? ['PROJECT ID']),
		'ENCRYPTION',
		...(named ? ['BUCKET', 'WRITE THROUGHPUT (KBPS)'] : []),
	].join('\t');
}

function cells(
	{ uuid, name, provider, region, endpoint, account, ssl, bucket }: StoredCredential,
	named: boolean,
): string {
	const own = provider === 's3' ? [region, endpoint, account, ssl] : [account];
	return [uuid, ...(named ? [name] : []), ...own, 'false', ...(named ? [bucket || '<nil>', '0'] : [])].join(
		'\t',
	);
}
