import { readFile } from 'node:fs/promises';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent, type RequestOptions, request } from 'node:https';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { KubeConfig } from '@kubernetes/client-node';
import { defined, textIn } from '../../pairing/words/json.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { remember } from '../../pairing/words/remember.ts';
import { Secret } from '../../pairing/words/secret.ts';
import { execCredential, type PluginSurroundings } from './exec-plugin.ts';
import { type Asked, cancelled, codeOf, explainLogin, explainNetwork, explainTimeout } from './explain.ts';
import type { ContextEntry } from './kubeconfig.ts';
import { leadThrough } from './proxy-tunnel.ts';

/** One cluster's API server with the credentials of one context: the only place that holds them together. */
export type Connection = Readonly<{
	side: Side;
	context: string;
	server: string;
	/** Fires when everything should end at once. */
	signal: AbortSignal;
	/** Seconds that any one question may take, however many it is given itself. */
	longest?: number;
	/** What it has logged in with until now. */
	secrets?: readonly Secret[];
	send(request: ApiRequest): Promise<IncomingMessage>;
	/** URL and options for a WebSocket to the same server. */
	socketOptions(): Promise<RequestOptions>;
	close(): void;
}>;

export type ApiRequest = Readonly<{
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	/** Path and query. */
	path: string;
	body?: Readonly<{ contentType: string; text: string }>;
	/** For the answer to begin; what follows is bounded by the reader. */
	seconds: number;
	signal?: AbortSignal;
}>;

/**
 * A KubeConfig of its own for each side: client-node keeps tokens by user name inside one, and would send one cluster's
 * token to the other.
 */
export function connect(
	side: Side,
	entry: ContextEntry,
	surroundings: PluginSurroundings & Readonly<{ longest?: number }>,
): Connection {
	const { signal, longest = Number.POSITIVE_INFINITY } = surroundings;
	const server = (entry.server ?? '').replace(/\/+$/, '');
	const agents = new Set<PlainAgent>();
	const secrets: Secret[] = [];
	const options = connectionOptions(
		entry,
		{ side, context: entry.name, server, what: 'logging in' },
		surroundings,
		{ agents, secrets },
	);
	return {
		side,
		context: entry.name,
		server,
		signal,
		longest,
		secrets,
		send: async apiRequest => {
			const asked: Asked = {
				side,
				context: entry.name,
				server,
				what: `${apiRequest.method} ${apiRequest.path.split('?')[0]}`,
			};
			const seconds = Math.min(apiRequest.seconds, longest);
			return send(asked, { ...apiRequest, seconds }, await options(), signal);
		},
		socketOptions: options,
		close: () => {
			for (const agent of agents) {
				agent.destroy();
			}
		},
	};
}

function connectionOptions(
	entry: ContextEntry,
	asked: Asked,
	surroundings: PluginSurroundings,
	opened: Opened,
) {
	const logInAnew = () => remember(() => build(entry, asked, surroundings, opened));
	let login = logInAnew();
	return async (): Promise<RequestOptions> => {
		const mine = login;
		const { options, until } = await mine();
		if (until > Date.now()) {
			return options;
		}
		// Of all who find it over at the same time, the first logs in for all.
		if (login === mine) {
			login = logInAnew();
		}
		return (await login()).options;
	};
}

/** What a login leaves behind: what is to be closed, and what is to be kept from being shown. */
type Opened = Readonly<{ agents: Set<PlainAgent>; secrets: Secret[] }>;

async function build(
	entry: ContextEntry,
	asked: Asked,
	surroundings: PluginSurroundings,
	{ agents, secrets }: Opened,
) {
	const exec = entry.user?.fields.exec;
	const credential = exec ? await execCredential(entry, asked, surroundings) : undefined;
	try {
		const fromFile = await tokenFromFile(entry);
		const until = Math.min(
			credential?.until ?? Number.POSITIVE_INFINITY,
			fromFile ? Date.now() + tokenFileLasts : Number.POSITIVE_INFINITY,
		);
		const config = kubeConfigOf(entry, { ...fromFile, ...credential?.user });
		const options: RequestOptions = { auth: loginInAddress(entry) };
		await config.applyToHTTPSOptions(options);
		secrets.push(...secretsOf(options));
		// client-node's own agent opens a connection for each request.
		const { ca, cert, key, passphrase, pfx, agent: itsAgent, ...rest } = options;
		const { rejectUnauthorized, servername } = options;
		// Not the key itself: with NODE_DEBUG=http, Node prints the options of agents.
		const secureContext = createSecureContext(defined({ ca, cert, key, passphrase, pfx }));
		const proxy = textIn(entry.cluster?.fields['proxy-url']);
		if (proxy.startsWith('socks') && itsAgent instanceof PlainAgent) {
			Object.assign(itsAgent, { options: { ...defined({ rejectUnauthorized, servername }), secureContext } });
			return { options: { ...rest, agent: itsAgent }, until };
		}
		const agent = isPlain(entry)
			? new PlainAgent({ keepAlive: true })
			: new Agent({ keepAlive: true, secureContext, ...defined({ rejectUnauthorized, servername }) });
		if (proxy) {
			leadThrough(new URL(proxy), agent);
		}
		agents.add(agent);
		return { options: { ...rest, agent }, until };
	} catch (error) {
		throw explainLogin(asked, error);
	}
}

/** `kubectl proxy` listens without TLS. */
const isPlain = ({ server }: ContextEntry): boolean => server?.startsWith('http:') === true;

/** client-node does not know the field `tokenFile`. As for kubectl, the file wins over a token beside it. */
async function tokenFromFile({ user }: ContextEntry): Promise<{ token: string } | undefined> {
	const file = user?.fields.tokenFile;
	return user && typeof file === 'string' && file !== ''
		? { token: (await readFile(resolve(user.folder, file), 'utf8')).trim() }
		: undefined;
}

/** Milliseconds. Such files are written anew while they are in use; client-go reads them as often. */
const tokenFileLasts = 60_000;

function loginInAddress({ cluster }: ContextEntry): string | undefined {
	const { username, password } = new URL(String(cluster?.fields.server));
	return username ? `${decodeURIComponent(username)}:${decodeURIComponent(password)}` : undefined;
}

function secretsOf(options: RequestOptions): readonly Secret[] {
	const sent = loginHeaders(options).map(([, value]) => value);
	// Whoever quotes a header may leave its first word out, or take apart what follows.
	return [
		...sent,
		...sent.map(value => value.replace(/^\S+ +/, '')),
		...(options.auth ? passwordIn(options.auth) : []),
	]
		.filter(Boolean)
		.map(value => new Secret(value));
}

const passwordIn = (auth: string): readonly string[] => [auth, auth.slice(auth.indexOf(':') + 1)];

const loginHeaders = ({ headers, auth }: RequestOptions): readonly (readonly [string, string])[] => [
	...Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)] as const),
	...(auth ? [['Authorization', `Basic ${Buffer.from(auth).toString('base64')}`] as const] : []),
];

/** The headers that log in go into the request when it is made: with NODE_DEBUG=http, Node prints the options of requests. */
export function logIn(outgoing: ClientRequest, options: RequestOptions): void {
	for (const [name, value] of loginHeaders(options)) {
		outgoing.setHeader(name, value);
	}
}

function kubeConfigOf(entry: ContextEntry, fromPlugin: Record<string, unknown>): KubeConfig {
	const { exec: _exec, ...user } = entry.user?.fields ?? {};
	const config = new KubeConfig();
	config.loadFromString(
		JSON.stringify({
			apiVersion: 'v1',
			kind: 'Config',
			clusters: [{ name: 'cluster', cluster: clusterOf(entry) }],
			users: [{ name: 'user', user: { ...absolute(user, entry.user?.folder ?? ''), ...fromPlugin } }],
			contexts: [{ name: 'context', context: { cluster: 'cluster', user: 'user' } }],
			'current-context': 'context',
		}),
	);
	config.makePathsAbsolute(entry.cluster?.folder ?? '');
	return config;
}

/** client-node refuses an address without TLS unless it is told not to look at certificates, of which there are none. */
const clusterOf = (entry: ContextEntry): Record<string, unknown> => ({
	...entry.cluster?.fields,
	extensions: undefined,
	...(isPlain(entry) && { 'insecure-skip-tls-verify': true }),
});

/** User and cluster may stand in different files, so each has a folder of its own. */
function absolute(user: Record<string, unknown>, folder: string): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(user).map(([key, value]) =>
			['client-certificate', 'client-key'].includes(key) && typeof value === 'string'
				? [key, resolve(folder, value)]
				: [key, value],
		),
	);
}

function send(
	asked: Asked,
	api: ApiRequest,
	options: RequestOptions,
	runSignal: AbortSignal,
): Promise<IncomingMessage> {
	const answer = Promise.withResolvers<IncomingMessage>();
	const deadline = AbortSignal.timeout(api.seconds * 1000);
	const ends = AbortSignal.any([runSignal, deadline, ...(api.signal ? [api.signal] : [])]);
	const url = new URL(asked.server + api.path);
	const open = url.protocol === 'http:' ? plainRequest : request;
	const { headers: _headers, auth: _auth, ...plain } = options;
	const outgoing = open(url, {
		...plain,
		method: api.method,
		signal: ends,
		headers: {
			Accept: 'application/json',
			'User-Agent': 'pxpair',
			...(api.body && {
				'Content-Type': api.body.contentType,
				'Content-Length': Buffer.byteLength(api.body.text),
			}),
		},
	});
	logIn(outgoing, options);
	const whyItEnded = (error: unknown) =>
		deadline.aborted
			? explainTimeout(asked, api.seconds)
			: ends.aborted
				? cancelled(asked.side)
				: explainNetwork(asked, error);
	const onError = (error: unknown) => {
		if (outgoing.reusedSocket && codeOf(error) === 'ECONNRESET' && !ends.aborted) {
			// The server had closed the idle connection before it saw anything of this request.
			answer.resolve(send(asked, api, options, runSignal));
			return;
		}
		answer.reject(whyItEnded(error));
	};
	outgoing.once('error', onError);
	// A connection may end with more than one error.
	outgoing.on('error', () => {});
	outgoing.on('response', response => {
		// What comes now is about the answer, whose reader is told as well: nothing is sent anew once it has been seen.
		outgoing.off('error', onError);
		// Left to itself, an answer that is broken off like this would say that the connection was reset.
		ends.addEventListener('abort', () => response.destroy(whyItEnded(undefined)));
		answer.resolve(response);
	});
	outgoing.end(api.body?.text);
	return answer.promise;
}
