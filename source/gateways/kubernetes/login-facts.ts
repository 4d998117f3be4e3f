import { X509Certificate } from 'node:crypto';
import type { LoginFacts, UserFacts } from '../../pairing/clusters/login.ts';
import { asRecord, attempt, defined, parseJson, textIn } from '../../pairing/words/json.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { fail } from '../../pairing/words/problem.ts';
import { KubeconfigFault } from './kubeconfig/fault.ts';
import { contentOf, endOfIdToken, tokenOf } from './kubeconfig/login.ts';
import { validate } from './kubeconfig/validate.ts';
import { checkUnused, providerFault } from './kubeconfig/well-formed-login.ts';
import { type ContextEntry, type Entry, withoutLogin } from './kubeconfig.ts';

/**
 * Tokens, keys and passwords are looked at for their dates at most, and forgotten.
 * @throws PairingError when a file that the entry names can't be read, or CA or proxy are of no use to anybody
 */
export async function loginFacts(
	entry: ContextEntry,
	side?: Side,
	where = 'this kubeconfig',
): Promise<LoginFacts> {
	const unusable: Unusable = evidence => {
		fail({
			id: 'kubeconfig-unusable',
			...(side && { side }),
			title: `${side ? `The ${side} cluster (${entry.name})` : `The cluster of the context ${entry.name}`} can't be logged in to with ${where}`,
			evidence,
			remedies: ['Fix the CA, certificate, token file or proxy there, or choose another context.'],
		});
	};
	const fields = entry.cluster?.fields ?? {};
	return {
		server: withoutLogin(entry.server) ?? '',
		proxy: proxyOf(fields['proxy-url'], unusable),
		ca: await caOf(entry.cluster, unusable),
		serverName: textOf(fields['tls-server-name']),
		user: await userOf(entry, unusable),
		...defined({
			actsAs: textOf(entry.user?.fields.as),
			refused: providerFault(entry.user?.fields['auth-provider']),
		}),
	};
}

/** Of the kubeconfig in a ClusterPair, whose lists are maps by name. */
export async function pairLogin(config: unknown, to: Side): Promise<LoginFacts> {
	const { clusters, contexts, users, ...rest } = asRecord(config);
	const name = textOf(rest['current-context']) ?? Object.keys(asRecord(contexts))[0] ?? '';
	const context = asRecord(asRecord(contexts)[name]);
	const clusterName = textOf(context.cluster) ?? '';
	const userName = textOf(context.user) ?? '';
	const cluster = withoutFiles(asRecord(clusters)[clusterName]);
	const user = withoutFiles(asKubeconfigHasIt(asRecord(users)[userName]));
	const server = textOf(cluster.fields.server);
	const entry = { name, namespace: undefined, clusterName, userName, server, cluster, user };
	const facts = await loginFacts(entry, to, 'the kubeconfig in the pair');
	const refused =
		(await refusal(entry)) ?? filesIn(asRecord(clusters)[clusterName], asRecord(users)[userName]);
	return { ...facts, ...defined({ refused }) };
}

/** What client-go would say of it. It reads no file here: those that it names were taken out. */
async function refusal(entry: ContextEntry): Promise<string | undefined> {
	try {
		await validate(entry);
		checkUnused(entry.user?.fields ?? {});
		return undefined;
	} catch (error) {
		if (error instanceof KubeconfigFault) {
			return error.message;
		}
		throw error;
	}
}

function filesIn(...entries: readonly unknown[]): string | undefined {
	const named = entries.flatMap(entry =>
		Object.entries(asRecord(entry)).filter(([name, value]) => fileFields.has(name) && textIn(value) !== ''),
	);
	return named.length === 0
		? undefined
		: `it names files of another machine: ${named.map(([name, path]) => `${name} ${textIn(path)}`).join(', ')}`;
}

/** A pair has client-go's own names of some fields. */
const asKubeconfigHasIt = (fields: unknown) =>
	Object.fromEntries(
		Object.entries(asRecord(fields)).map(([name, value]) => [
			name.replace(/^act-as/, 'as'),
			name === 'exec' ? interactive(value) : value,
		]),
	);

const interactive = (exec: unknown) => {
	const { InteractiveMode, ...fields } = asRecord(exec);
	return defined({ interactiveMode: InteractiveMode, ...fields });
};

/** A file of that name on this machine has nothing to do with it, and anyone who may write pairs shall not have it read. */
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
		: unusable('its proxy-url is not an http://, https:// or socks5:// address');
}

async function caOf(cluster: Entry | undefined, unusable: Unusable): Promise<LoginFacts['ca']> {
	if (cluster?.fields['insecure-skip-tls-verify'] === true) {
		return { kind: 'unchecked' };
	}
	const held = await usable(contentOf(cluster, 'certificate-authority'), unusable);
	if (held === undefined || held.length === 0) {
		return { kind: 'system' };
	}
	// Whatever else the file holds stays here: this is sent to pods.
	const pem = held.toString('utf8').match(certificates)?.join('\n');
	return pem
		? { kind: 'own', pem: `${pem}\n` }
		: unusable('its certificate-authority contains no PEM certificate');
}

/** Which of them counts is decided as for a request (kubeconfig/login.ts). */
async function userOf({ user, cluster }: ContextEntry, unusable: Unusable): Promise<UserFacts> {
	const fields = user?.fields ?? {};
	const { token } = await usable(tokenOf(user), unusable);
	const certificate = await usable(contentOf(user, 'client-certificate'), unusable);
	const dates = certificate && validity(certificate.toString('utf8'));
	if (token !== '') {
		const told = tokenFacts(token);
		// Both are sent, and one that counts is enough.
		const lasts = told.until !== undefined && dates && (dates.until ?? 0) > told.until;
		return lasts ? { kind: 'certificate', ...dates } : told;
	}
	return dates
		? { kind: 'certificate', ...dates }
		: loginBeside(fields, loginOfAddress.test(textIn(cluster?.fields.server)));
}

/** Without token and certificate. */
function loginBeside(fields: Readonly<Record<string, unknown>>, isInAddress: boolean): UserFacts {
	if (textOf(fields.username) !== undefined) {
		return { kind: 'password' };
	}
	if (fields['auth-provider']) {
		const { name, config } = asRecord(fields['auth-provider']);
		return name === 'oidc' ? openId(asRecord(config)) : { kind: 'removed-provider', name: textIn(name) };
	}
	if (fields.exec) {
		const { command, apiVersion } = asRecord(fields.exec);
		return { kind: 'exec', command: textIn(command), apiVersion: textIn(apiVersion) };
	}
	return { kind: isInAddress ? 'password' : 'none' };
}

function openId(config: Readonly<Record<string, unknown>>): UserFacts {
	const token = textIn(config['id-token']);
	const until = token === '' ? undefined : attempt(() => endOfIdToken(token));
	return { kind: 'auth-provider', until, renews: textOf(config['refresh-token']) !== undefined };
}

async function usable<T>(read: Promise<T>, unusable: Unusable): Promise<T> {
	try {
		return await read;
	} catch (error) {
		if (error instanceof KubeconfigFault) {
			return unusable(error.message);
		}
		throw error;
	}
}

const anHour = 3_600_000;

/** Forms that only these issuers use. The time of a token of EKS is in the URL that it is made of. */
function tokenFacts(token: string): Extract<UserFacts, { kind: 'token' }> {
	const [, eks] = /^k8s-aws-v1\.(.+)$/.exec(token) ?? [];
	if (eks !== undefined) {
		const url = Buffer.from(eks, 'base64url').toString('utf8');
		const [, date = '', time = ''] = /X-Amz-Date=(\d{8})T(\d{6})Z/i.exec(url) ?? [];
		const signed = Date.parse(
			`${date.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`,
		);
		return { kind: 'token', until: Number.isNaN(signed) ? undefined : signed + anHour / 4, issuer: 'eks' };
	}
	const issuer = /^sha256~/.test(token)
		? 'openshift'
		: /^ya29\./.test(token)
			? 'google'
			: /^(kubeconfig-|token-)[\w.-]+:\S+$/.test(token)
				? 'rancher'
				: undefined;
	return { kind: 'token', until: endOfToken(token), ...(issuer && { issuer }) };
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

/** Of the first certificate: those behind it only point to its CA. */
function validity(text: string): Readonly<{ from: number | undefined; until: number | undefined }> {
	const [pem] = text.match(certificates) ?? [];
	const certificate = pem === undefined ? undefined : attempt(() => new X509Certificate(pem));
	return { from: certificate?.validFromDate.getTime(), until: certificate?.validToDate.getTime() };
}

const textOf = (value: unknown): string | undefined =>
	typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;
