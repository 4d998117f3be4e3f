import type { Agent, IncomingMessage } from 'node:http';
import { request as plainRequest } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import type { Side } from '../../pairing/words/pair.ts';
import type { Secret } from '../../pairing/words/secret.ts';
import type { PluginSurroundings } from './exec-plugin.ts';
import { type Asked, cancelled, codeOf, explainNetwork, explainTimeout } from './explain.ts';
import type { ContextEntry } from './kubeconfig.ts';
import { logIn, sessionOptions } from './session.ts';

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

export function connect(side: Side, entry: ContextEntry, surroundings: PluginSurroundings): Connection {
	const { signal, longest = Number.POSITIVE_INFINITY } = surroundings;
	const server = addressOf(entry.server ?? '');
	const agents = new Set<Agent>();
	const secrets: Secret[] = [];
	const options = sessionOptions(
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

/** A path is a prefix; a query is dropped (client-go rest/url_utils.go). */
function addressOf(server: string): string {
	const url = URL.parse(server);
	return (url ? `${url.protocol}//${url.host}${url.pathname}` : server).replace(/\/+$/, '');
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
	const { headers: _headers, ...plain } = options;
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
		if (api.method === 'GET' && outgoing.reusedSocket && codeOf(error) === 'ECONNRESET' && !ends.aborted) {
			// The server had closed the idle connection. A write it may have carried out first, so that is looked at instead.
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
