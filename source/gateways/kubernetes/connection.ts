import type { Agent, IncomingMessage } from 'node:http';
import { request as plainRequest } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import type { Side } from '../../pairing/words/pair.ts';
import type { Secret } from '../../pairing/words/secret.ts';
import { type TakeTurns, turns } from './api/answer.ts';
import type { PluginSurroundings } from './exec-plugin.ts';
import { type Asked, cancelled, codeOf, explainNetwork, explainNonsense, explainTimeout } from './explain.ts';
import { originAndPrefix, serverUrl } from './kubeconfig/address.ts';
import type { ContextEntry } from './kubeconfig.ts';
import { logIn, openSession, type Way } from './session.ts';

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
	/** Large answers are read one after the other. */
	takeTurn: TakeTurns;
	/** Ends with the login, or with why there is none. */
	logIn(): Promise<void>;
	send(request: ApiRequest): Promise<IncomingMessage>;
	/** URL and options for a WebSocket to the same server. */
	socketOptions(): Promise<RequestOptions>;
	close(): void;
}>;

export type ApiRequest = Readonly<{
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	/** Path and query. */
	path: string;
	/** JSON when absent. */
	accept?: string;
	body?: Readonly<{ contentType: string; text: string }>;
	/** For the answer to begin; what follows is bounded by the reader. */
	seconds: number;
	signal?: AbortSignal;
}>;

/** Informational answers (1xx) that may precede one; an API server sends none. */
const mostEarly = 20;

export function connect(side: Side, entry: ContextEntry, surroundings: PluginSurroundings): Connection {
	const { signal, longest = Number.POSITIVE_INFINITY } = surroundings;
	const url = serverUrl(entry.server ?? '');
	const server = url ? originAndPrefix(url) : (entry.server ?? '');
	const agents = new Set<Agent>();
	const secrets: Secret[] = [];
	const session = openSession(
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
		takeTurn: turns(),
		logIn: async () => {
			await session.way();
		},
		send: async apiRequest => {
			const asked: Asked = {
				side,
				context: entry.name,
				server,
				what: `${apiRequest.method} ${apiRequest.path.split('?')[0]}`,
			};
			const seconds = Math.min(apiRequest.seconds, longest);
			const api = { ...apiRequest, seconds };
			const sendAs = async (login: Way) => {
				const answer = await send(asked, api, login, signal);
				if (answer.statusCode !== 401) {
					session.succeeded();
				}
				return answer;
			};
			const way = await session.way();
			const answer = await sendAs(way);
			// Nothing was done. A plugin may give a login that counts (client-go exec.go asks it again, too).
			const another = answer.statusCode === 401 ? await session.another(way) : undefined;
			if (another === undefined) {
				return answer;
			}
			answer.destroy();
			return sendAs(another);
		},
		socketOptions: async () => (await session.way()).options,
		close: () => {
			for (const agent of agents) {
				agent.destroy();
			}
		},
	};
}

function send(asked: Asked, api: ApiRequest, way: Way, runSignal: AbortSignal): Promise<IncomingMessage> {
	const answer = Promise.withResolvers<IncomingMessage>();
	const deadline = AbortSignal.timeout(api.seconds * 1000);
	const ends = AbortSignal.any([runSignal, deadline, ...(api.signal ? [api.signal] : [])]);
	const url = new URL(asked.server + api.path);
	const { options, forward } = way;
	const open = (forward ?? url).protocol === 'http:' ? plainRequest : request;
	const { headers: _headers, ...plain } = options;
	const { headers: forProxy, ...through } = forward ?? {};
	const outgoing = open(url, {
		...plain,
		...(forward && { ...through, path: url.href }),
		method: api.method,
		signal: ends,
		headers: {
			Accept: api.accept ?? 'application/json',
			'User-Agent': 'pxpair',
			...(forward && { Host: url.host }),
			...(api.body && {
				'Content-Type': api.body.contentType,
				'Content-Length': Buffer.byteLength(api.body.text),
			}),
		},
	});
	logIn(outgoing, options.headers);
	logIn(outgoing, forProxy);
	const whyItEnded = (error: unknown) =>
		deadline.aborted
			? explainTimeout(asked, api.seconds)
			: ends.aborted
				? cancelled(asked.side)
				: explainNetwork(asked, error);
	const onError = (error: unknown) => {
		if (api.method === 'GET' && outgoing.reusedSocket && codeOf(error) === 'ECONNRESET' && !ends.aborted) {
			// The server had closed the idle connection. A write it may have carried out first, so that is looked at instead.
			answer.resolve(send(asked, api, way, runSignal));
			return;
		}
		answer.reject(whyItEnded(error));
	};
	outgoing.once('error', onError);
	// A connection may end with more than one error.
	outgoing.on('error', () => {});
	let early = 0;
	outgoing.on('information', () => {
		early += 1;
		if (early > mostEarly) {
			outgoing.destroy(explainNonsense(asked, 'one informational answer after the other'));
		}
	});
	outgoing.on('response', response => {
		// What comes now is about the answer, whose reader is told as well: nothing is sent again once it has been seen.
		outgoing.off('error', onError);
		// Left to itself, an answer that is broken off like this would say that the connection was reset.
		ends.addEventListener('abort', () => response.destroy(whyItEnded(undefined)));
		answer.resolve(response);
	});
	outgoing.end(api.body?.text);
	return answer.promise;
}
