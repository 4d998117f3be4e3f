import type { IncomingMessage } from 'node:http';
import { request as plainRequest } from 'node:http';
import { Agent, type RequestOptions, request } from 'node:https';
import { resolve } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { defined } from '../pairing/json.ts';
import type { Side } from '../pairing/pair.ts';
import { execCredential } from './exec-plugin.ts';
import { type Asked, cancelled, codeOf, explainNetwork, explainTimeout } from './explain.ts';
import type { ContextEntry } from './kubeconfig.ts';

/** One cluster's API server with the credentials of one context: the only place that holds them together. */
export type Connection = Readonly<{
	side: Side;
	context: string;
	server: string;
	/** Fires when everything should end at once. */
	signal: AbortSignal;
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
export function connect(side: Side, entry: ContextEntry, signal: AbortSignal): Connection {
	const server = (entry.server ?? '').replace(/\/+$/, '');
	const agents = new Set<Agent>();
	const options = connectionOptions(
		entry,
		{ side, context: entry.name, server, what: 'logging in' },
		signal,
		agents,
	);
	return {
		side,
		context: entry.name,
		server,
		signal,
		send: async apiRequest => {
			const asked: Asked = {
				side,
				context: entry.name,
				server,
				what: `${apiRequest.method} ${apiRequest.path.split('?')[0]}`,
			};
			return send(asked, apiRequest, await options(), signal);
		},
		socketOptions: options,
		close: () => {
			for (const agent of agents) {
				agent.destroy();
			}
		},
	};
}

function connectionOptions(entry: ContextEntry, asked: Asked, signal: AbortSignal, agents: Set<Agent>) {
	let current: Promise<{ options: RequestOptions; until: number }> | undefined;
	return async (): Promise<RequestOptions> => {
		const known = await current?.catch(() => undefined);
		if (!known || known.until <= Date.now()) {
			current = build(entry, asked, signal, agents);
		}
		return (await current)?.options ?? {};
	};
}

async function build(entry: ContextEntry, asked: Asked, signal: AbortSignal, agents: Set<Agent>) {
	const exec = entry.user?.fields.exec;
	const credential = exec ? await execCredential(entry, asked, signal) : undefined;
	const config = kubeConfigOf(entry, credential?.user ?? {});
	const options: RequestOptions = {};
	try {
		await config.applyToHTTPSOptions(options);
	} catch (error) {
		throw explainNetwork(asked, error);
	}
	if (!entry.cluster?.fields['proxy-url']) {
		// client-node's own agent opens a connection for each request.
		const { ca, cert, key, rejectUnauthorized, servername } = options;
		const agent = new Agent({
			keepAlive: true,
			...defined({ ca, cert, key, rejectUnauthorized, servername }),
		});
		agents.add(agent);
		options.agent = agent;
	}
	return { options, until: credential?.until ?? Number.POSITIVE_INFINITY };
}

function kubeConfigOf(entry: ContextEntry, fromPlugin: Record<string, unknown>): KubeConfig {
	const { exec: _exec, ...user } = entry.user?.fields ?? {};
	const config = new KubeConfig();
	config.loadFromString(
		JSON.stringify({
			apiVersion: 'v1',
			kind: 'Config',
			clusters: [{ name: 'cluster', cluster: { ...entry.cluster?.fields, extensions: undefined } }],
			users: [{ name: 'user', user: { ...absolute(user, entry.user?.folder ?? ''), ...fromPlugin } }],
			contexts: [{ name: 'context', context: { cluster: 'cluster', user: 'user' } }],
			'current-context': 'context',
		}),
	);
	config.makePathsAbsolute(entry.cluster?.folder ?? '');
	return config;
}

/** User and cluster may stand in different files, so each has a folder of its own. */
function absolute(user: Record<string, unknown>, folder: string): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(user).map(([key, value]) =>
			['client-certificate', 'client-key', 'tokenFile'].includes(key) && typeof value === 'string'
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
	const outgoing = open(url, {
		...options,
		method: api.method,
		signal: ends,
		headers: {
			...options.headers,
			Accept: 'application/json',
			'User-Agent': 'pxpair',
			...(api.body && {
				'Content-Type': api.body.contentType,
				'Content-Length': Buffer.byteLength(api.body.text),
			}),
		},
	});
	outgoing.on('response', answer.resolve);
	outgoing.on('error', error => {
		if (outgoing.reusedSocket && codeOf(error) === 'ECONNRESET' && !ends.aborted) {
			// The server had closed the idle connection before it saw anything of this request.
			answer.resolve(send(asked, api, options, runSignal));
			return;
		}
		answer.reject(
			deadline.aborted
				? explainTimeout(asked, api.seconds)
				: ends.aborted
					? cancelled(asked.side)
					: explainNetwork(asked, error),
		);
	});
	outgoing.end(api.body?.text);
	return answer.promise;
}
