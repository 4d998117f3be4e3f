import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { LoginFacts, UserFacts } from '../../pairing/clusters/login.ts';
import { asRecord, attempt, parseJson } from '../../pairing/words/json.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { clusterProblem, PairingError } from '../../pairing/words/problem.ts';
import { fileTrouble } from '../machine/file-error.ts';
import { type ContextEntry, type Entry, withoutLogin } from './kubeconfig.ts';

/**
 * Tokens, keys and passwords are looked at for their dates at most, and forgotten.
 * @throws PairingError when a file that the entry names can't be read, or CA or proxy are of no use to anybody
 */
export async function loginFacts(
	entry: ContextEntry,
	side?: Side,
	where = 'the kubeconfig',
): Promise<LoginFacts> {
	const unusable: Unusable = evidence => {
		throw new PairingError(
			clusterProblem({
				id: 'kubeconfig-unusable',
				...(side && { side }),
				title: `${side ? `The ${side} cluster (${entry.name})` : `The cluster of the context ${entry.name}`} can't be logged in to as ${where} says`,
				evidence,
				remedies: ['Mend its CA, certificate, token file or proxy there, or choose another context.'],
			}),
		);
	};
	const fields = entry.cluster?.fields ?? {};
	return {
		server: withoutLogin(entry.server) ?? '',
		proxy: proxyOf(fields['proxy-url'], unusable),
		ca: await caOf(entry.cluster, unusable),
		serverName: textOf(fields['tls-server-name']),
		user: await userOf(entry, unusable),
	};
}

/** Of the kubeconfig in a ClusterPair, whose lists are maps by name. */
export function pairLogin(config: unknown, to: Side): Promise<LoginFacts> {
	const { clusters, contexts, users, ...rest } = asRecord(config);
	const name = textOf(rest['current-context']) ?? Object.keys(asRecord(contexts))[0] ?? '';
	const context = asRecord(asRecord(contexts)[name]);
	const clusterName = textOf(context.cluster) ?? '';
	const userName = textOf(context.user) ?? '';
	const cluster = withoutFiles(asRecord(clusters)[clusterName]);
	const user = withoutFiles(asRecord(users)[userName]);
	const server = textOf(cluster.fields.server);
	const entry = { name, namespace: undefined, clusterName, userName, server, cluster, user };
	return loginFacts(entry, to, 'the kubeconfig in the pair');
}

/** A file of that name on this machine has nothing to do with it, and whoever may write pairs shall not have it read. */
const withoutFiles = (fields: unknown): Entry => ({
	fields: Object.fromEntries(Object.entries(asRecord(fields)).filter(([name]) => !fileFields.has(name))),
	folder: '',
});

const fileFields = new Set(['certificate-authority', 'client-certificate', 'client-key', 'tokenFile']);

/** Ends the look: what is left out of `evidence` is whatever may be secret. */
type Unusable = (evidence: string) => never;

/** Up to the last `@` before the path: passwords may have one. */
const loginOfAddress = /^(\w+:\/\/)[^/?#]*@/;

const proxyPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443', 'socks5:': '1080' };

/** The schemes are those that client-go takes. */
function proxyOf(given: unknown, unusable: Unusable): string | undefined {
	const text = textOf(given);
	if (text === undefined) {
		return undefined;
	}
	const url = URL.parse(text);
	const usual = proxyPorts[url?.protocol ?? ''];
	return url?.hostname && usual
		? `${url.hostname}:${url.port || usual}`
		: unusable('its proxy-url is no http://, https:// or socks5:// address');
}

async function caOf(cluster: Entry | undefined, unusable: Unusable): Promise<LoginFacts['ca']> {
	if (cluster?.fields['insecure-skip-tls-verify'] === true) {
		return { kind: 'unchecked' };
	}
	const text = await contentOf(cluster, 'certificate-authority', unusable);
	if (text === undefined) {
		return { kind: 'system' };
	}
	// Whatever else the file holds stays here: this is sent to pods.
	const pem = text.match(certificates)?.join('\n');
	return pem
		? { kind: 'own', pem: `${pem}\n` }
		: unusable('its certificate-authority holds no certificate in PEM');
}

/** In the order in which client-go decides what counts. */
async function userOf(entry: ContextEntry, unusable: Unusable): Promise<UserFacts> {
	const fields = entry.user?.fields ?? {};
	if (fields.exec) {
		return { kind: 'exec', command: textOf(asRecord(fields.exec).command) ?? '' };
	}
	if (fields['auth-provider']) {
		return { kind: 'auth-provider', name: textOf(asRecord(fields['auth-provider']).name) ?? '' };
	}
	const token = (await fileOf(entry.user, fields.tokenFile, unusable)) ?? textOf(fields.token);
	if (token !== undefined) {
		return { kind: 'token', until: endOfToken(token) };
	}
	const certificate = await contentOf(entry.user, 'client-certificate', unusable);
	if (certificate !== undefined) {
		return { kind: 'certificate', ...validity(certificate) };
	}
	const inAddress = loginOfAddress.test(textOf(entry.cluster?.fields.server) ?? '');
	return { kind: textOf(fields.username) || inAddress ? 'password' : 'none' };
}

/** What stands in the entry wins over the file it names. */
async function contentOf(
	entry: Entry | undefined,
	field: string,
	unusable: Unusable,
): Promise<string | undefined> {
	const data = textOf(entry?.fields[`${field}-data`]);
	return data === undefined
		? fileOf(entry, entry?.fields[field], unusable)
		: Buffer.from(data, 'base64').toString('utf8');
}

async function fileOf(
	entry: Entry | undefined,
	named: unknown,
	unusable: Unusable,
): Promise<string | undefined> {
	const path = textOf(named);
	if (path === undefined) {
		return undefined;
	}
	const whole = resolve(entry?.folder ?? '', path);
	try {
		return await readFile(whole, 'utf8');
	} catch (error) {
		return unusable(`${whole}: ${fileTrouble(error)}`);
	}
}

/** `exp` of a JSON web token, in milliseconds. Nothing is verified: the cluster does that. */
function endOfToken(token: string): number | undefined {
	const [, payload = '', signature] = token.trim().split('.');
	if (signature === undefined) {
		return undefined;
	}
	const { exp } = asRecord(parseJson(Buffer.from(payload, 'base64url').toString('utf8')));
	const until = typeof exp === 'number' ? exp * 1000 : Number.NaN;
	return Math.abs(until) <= lastDate ? until : undefined;
}

/** Milliseconds since 1970 until which JavaScript can name a date. */
const lastDate = 8.64e15;

const certificates = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Of the first certificate: those behind it only lead to its CA. */
function validity(text: string): Readonly<{ from: number | undefined; until: number | undefined }> {
	const [pem] = text.match(certificates) ?? [];
	const certificate = pem === undefined ? undefined : attempt(() => new X509Certificate(pem));
	return { from: certificate?.validFromDate.getTime(), until: certificate?.validToDate.getTime() };
}

const textOf = (value: unknown): string | undefined =>
	typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;
