import type { RequestOptions } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { ClosedToPods } from '../contract.ts';
import { goMessage } from '../go-errors.ts';
import { type Answer, request } from '../request.ts';
import { type Entry, idToken, refusalOf } from './client-rules.ts';
import type { ClusterPair } from './cluster-pair.ts';

export type SchedulerCheck =
	| Readonly<{ kind: 'ready' }>
	| Readonly<{ kind: 'error'; message: string }>
	/** No client can be made of the embedded kubeconfig: Stork logs it and writes no status at all. */
	| Readonly<{ kind: 'no-client'; message: string }>;

export type Surroundings = Readonly<{
	timeout: number;
	signal: AbortSignal;
	closedToPods: ClosedToPods;
	/** Its client-go came with it. */
	storkVersion: string;
}>;

/** Asks the remote API server for its version with the kubeconfig that the pair carries, as Stork does from its pod. */
export async function checkScheduler(
	{ spec }: ClusterPair,
	surroundings: Surroundings,
): Promise<SchedulerCheck> {
	try {
		const { code, body } = await askRemote(spec.config, '/version?timeout=32s', surroundings);
		return code === 200 ? { kind: 'ready' } : { kind: 'error', message: refusal(code, body) };
	} catch (error) {
		const { message } = error as Error;
		return error instanceof NoClient ? { kind: 'no-client', message } : { kind: 'error', message };
	}
}

/** No client can be made of the embedded kubeconfig. */
class NoClient extends Error {}

export type RemoteRequest = Readonly<{ method: 'GET' | 'POST' | 'PUT'; body?: object }>;

/** Asks the remote API server with the kubeconfig that a pair carries. Rejects in the words of a Go client when there is no answer. */
export async function askRemote(
	config: ClusterPair['spec']['config'],
	path: string,
	{ timeout, signal, closedToPods, storkVersion }: Surroundings,
	{ method, body }: RemoteRequest = { method: 'GET' },
): Promise<Answer> {
	const client = clientOf(config, storkVersion);
	if (client.kind !== 'client') throw new NoClient(client.message);
	const url = new URL(`${client.server}${path}`);
	const says = method === 'GET' ? 'Get' : method === 'POST' ? 'Post' : 'Put';
	const obstacle = obstacleOf(url, client, closedToPods);
	if (obstacle !== undefined) throw new Error(`${says} "${url}": ${obstacle}`);
	const headers = { ...client.options.headers, ...(body && { 'content-type': 'application/json' }) };
	const options = { ...client.options, headers, method, timeout, signal };
	return request(url, options, body && JSON.stringify(body)).catch(({ message }: Error) => {
		throw new Error(`${says} "${url}": ${message}`);
	});
}

/** Why not even a connection comes about, in the order in which Go finds out. */
function obstacleOf(
	url: URL,
	{ proxy, plugin }: ReadyClient,
	closedToPods: ClosedToPods,
): string | undefined {
	if (plugin !== undefined) {
		return `getting credentials: ${pluginMissing(plugin)}`;
	}

	if (proxy !== '') {
		// A proxy on loopback is one of the machine that wrote the kubeconfig. No other one is known here.
		return `proxyconnect tcp: ${goMessage(Object.assign(new Error(), { code: 'ECONNREFUSED' }), new URL(proxy))}`;
	}

	const closed = closedToPods.get(url.host);
	const code = closed && ({ refused: 'ECONNREFUSED', silent: 'ETIMEDOUT' } as const)[closed];
	return code && goMessage(Object.assign(new Error(), { code }), url);
}

type ReadyClient = Readonly<{
	kind: 'client';
	server: string;
	options: RequestOptions & { headers: Record<string, string | string[]> };
	/** Empty for none. */
	proxy: string;
	plugin: string | undefined;
}>;

type Client = ReadyClient | Extract<SchedulerCheck, { kind: 'no-client' }>;

function clientOf(config: ClusterPair['spec']['config'], storkVersion: string): Client {
	const context = config.contexts?.[config['current-context']];
	const cluster = config.clusters?.[text(context?.cluster)];
	const user = config.users?.[text(context?.user)];
	if (!context) {
		return noClient('invalid configuration: no configuration has been provided');
	}

	if (!cluster || !user || text(cluster.server) === '') {
		return noClient(
			`invalid configuration: [context was not found for specified context: ${config['current-context']}]`,
		);
	}

	const refusal = refusalOf(cluster, user, storkVersion);
	return refusal === undefined ? buildClient(cluster, user) : noClient(refusal);
}

function buildClient(cluster: Entry, user: Entry): Client {
	try {
		const options = {
			...tlsOf(cluster, user),
			headers: {
				accept: 'application/json, */*',
				'user-agent': 'stork/v0.0.0 (linux/amd64) kubernetes/$Format',
				...impersonationOf(user),
			},
		};
		const server = text(cluster.server).replace(/\/$/, '');
		const ready = { kind: 'client', server, proxy: text(cluster['proxy-url']) } as const;
		// No credentials are read for a server without TLS.
		if (new URL(server).protocol === 'http:') return { ...ready, options, plugin: undefined };
		const authorization = authorizationOf(user);
		const isGiven = authorization !== '' || text(user['client-certificate-data']) !== '';
		return {
			...ready,
			options: {
				...options,
				headers: { ...options.headers, ...(authorization !== '' && { authorization }) },
			},
			plugin: isGiven ? undefined : (user.exec as { command?: string } | undefined)?.command,
		};
	} catch (error) {
		return noClient(`unable to load root certificates: ${(error as Error).message}`);
	}
}

function authorizationOf(user: Entry): string {
	if (text(user.token) !== '') return `Bearer ${text(user.token)}`;
	if (text(user.username) !== '') {
		return `Basic ${Buffer.from(`${text(user.username)}:${text(user.password)}`).toString('base64')}`;
	}

	return user['auth-provider'] ? `Bearer ${idToken(user)}` : '';
}

function impersonationOf(user: Entry): Record<string, string | string[]> {
	const groups = user['act-as-groups'];
	return {
		...(text(user['act-as']) !== '' && { 'impersonate-user': text(user['act-as']) }),
		...(Array.isArray(groups) && { 'impersonate-group': groups.map(text) }),
	};
}

function tlsOf(cluster: Entry, user: Entry): RequestOptions {
	const ca = bytes(cluster['certificate-authority-data']);
	if (ca && !ca.includes('-----BEGIN CERTIFICATE-----')) {
		throw new Error('unable to parse bytes as PEM block');
	}

	const options = {
		...(ca && { ca }),
		...(user['client-certificate-data'] !== undefined && { cert: bytes(user['client-certificate-data']) }),
		...(user['client-key-data'] !== undefined && { key: bytes(user['client-key-data']) }),
	};
	createSecureContext(options);
	return {
		...options,
		rejectUnauthorized: cluster['insecure-skip-tls-verify'] !== true,
		...(cluster['tls-server-name'] !== undefined && { servername: text(cluster['tls-server-name']) }),
	};
}

/** A path is not looked for in PATH, so Go fails only when it starts it. */
function pluginMissing(command: string): string {
	if (command.includes('/')) {
		return `exec: fork/exec ${command}: no such file or directory`;
	}

	return [
		`exec: executable ${command} not found`,
		'',
		'It looks like you are trying to use a client-go credential plugin that is not installed.',
		'',
		'To learn more about this feature, consult the documentation available at:',
		'      https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins',
	].join('\n');
}

/** A Status says it itself; anything else is said by client-go. */
export function refusal(code: number, body: string): string {
	try {
		const { message } = JSON.parse(body) as { message?: string };
		if (message) {
			return message;
		}
	} catch {
		// Not a Status.
	}

	return code === 401
		? 'the server has asked for the client to provide credentials'
		: `an error on the server ("unknown") has prevented the request from succeeding`;
}

function noClient(message: string): Client {
	return { kind: 'no-client', message };
}

function bytes(value: unknown): string | undefined {
	return value === undefined ? undefined : Buffer.from(text(value), 'base64').toString();
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
