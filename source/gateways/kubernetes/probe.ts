import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import { codeOf, hostOf } from './explain.ts';

export type Reach = Readonly<
	{ kind: 'reachable'; milliseconds: number } | { kind: 'unreachable'; because: string }
>;

const seconds = 5;

/**
 * Whether anything answers at a server's address. Sends no credentials, so it trusts no certificate and does not need to: any
 * answer will do.
 */
export function probeServer(server: string, signal: AbortSignal): Promise<Reach> {
	const started = performance.now();
	const { promise, resolve } = Promise.withResolvers<Reach>();
	const deadline = AbortSignal.timeout(seconds * 1000);
	try {
		const url = new URL('/version', server);
		const open = url.protocol === 'http:' ? plainRequest : request;
		const outgoing = open(url, {
			rejectUnauthorized: false,
			signal: AbortSignal.any([signal, deadline]),
			agent: false,
		});
		outgoing.on('response', response => {
			response.destroy();
			resolve({ kind: 'reachable', milliseconds: performance.now() - started });
		});
		outgoing.on('error', error =>
			resolve({
				kind: 'unreachable',
				because: deadline.aborted ? `silent for ${seconds} s` : plainly(codeOf(error)),
			}),
		);
		outgoing.end();
	} catch {
		resolve({ kind: 'unreachable', because: `${hostOf(server)}: not an address` });
	}
	return promise;
}

const plainly = (code: string): string =>
	({
		ECONNREFUSED: 'refuses',
		ENOTFOUND: 'unknown host',
		EAI_AGAIN: 'DNS does not respond',
		ETIMEDOUT: 'silent',
		ECONNRESET: 'closes the connection',
		EHOSTUNREACH: 'no route',
		ENETUNREACH: 'no route',
	})[code] ?? code;
