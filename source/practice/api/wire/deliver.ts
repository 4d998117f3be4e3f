import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { stringify } from 'yaml';
import type { Fault } from '../../contract.ts';
import type { Answer } from '../cluster.ts';
import { failure } from '../failures.ts';
import { prefersYaml } from '../present.ts';

export type Payload = Readonly<{ code: number; headers: OutgoingHttpHeaders; body: Buffer }>;

/** How a connection ends before its answer does: after so many bytes of the body, which zero may leave without a head. */
export type Cut = Readonly<{
	afterBytes: number;
	/** Of an exec: words that are not sent any more. */
	before?: string;
	/** Of an exec: words after which it ends in good order, and all that is sent as one then. */
	ends?: Readonly<{ words: string; times: number; atOnce: (send: () => void) => void }>;
	sendsHead: boolean;
	break: () => void;
}>;

/** Sends an answer, or as much of it as a fault lets through. */
export function deliver(answer: Answer | Payload, response: ServerResponse, cut: Cut | undefined): void {
	if (cut?.afterBytes === 0 && !cut.sendsHead) {
		cut.break();
		return;
	}
	if ('kind' in answer && answer.kind === 'stream') {
		deliverStream(answer, response, cut);
		return;
	}
	const { code, headers, body } = 'kind' in answer ? payloadOf(answer, response.req) : answer;
	response.writeHead(code, { ...commonHeaders(), ...headers, 'content-length': body.length });
	if (!cut || cut.afterBytes >= body.length) {
		response.end(body);
		return;
	}
	response.flushHeaders();
	response.write(body.subarray(0, cut.afterBytes), cut.break);
}

/** An answer to an upgrade request that is not going to be one, written as HTTP onto its socket. */
export function deliverRaw(answer: Answer | Payload, socket: Duplex): void {
	if ('kind' in answer && answer.kind === 'stream') throw new Error('An upgrade request cannot watch');
	const { code, headers, body } = 'kind' in answer ? payloadOf(answer) : answer;
	const all = { ...commonHeaders(), ...headers, 'content-length': body.length, connection: 'close' };
	const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
	const head = [`HTTP/1.1 ${code} ${STATUS_CODES[code] ?? ''}`, ...lines, '', ''].join('\r\n');
	socket.end(Buffer.concat([Buffer.from(head), body]));
}

export function payloadOf(answer: Extract<Answer, { code: number }>, asked?: IncomingMessage): Payload {
	const { code } = answer;
	if (answer.kind === 'text')
		return {
			code,
			headers: { 'content-type': 'text/plain; charset=utf-8' },
			body: Buffer.from(answer.body),
		};
	const isYaml = prefersYaml(asked?.headers.accept);
	const text = isYaml
		? stringify(answer.body, { sortMapEntries: true })
		: `${JSON.stringify(answer.body, undefined, wantsPretty(asked) ? 2 : undefined)}\n`;
	const body = Buffer.from(text);
	const warning = (answer.warnings ?? []).map(text => `299 - ${JSON.stringify(text)}`);
	const type = isYaml ? 'application/yaml' : 'application/json';
	const headers = { 'content-type': type, ...(warning.length > 0 && { warning: warning.join(', ') }) };
	return { code, headers, body };
}

/** Laid out for people who ask for it, and for tools that only people use. */
function wantsPretty(asked: IncomingMessage | undefined): boolean {
	const pretty = new URLSearchParams(asked?.url?.split('?')[1]).get('pretty');
	return pretty
		? ['1', 'true'].includes(pretty)
		: /^(curl|Wget|Mozilla\/5\.0)/.test(asked?.headers['user-agent'] ?? '');
}

/** What a faulty request gets instead of an answer, when its fault is an answer of its own. */
export function faultyPayload(fault: Extract<Fault, { kind: 'status' | 'raw' }>): Payload {
	if (fault.kind === 'raw')
		return {
			code: fault.code,
			headers: { 'content-type': fault.contentType },
			body: Buffer.from(fault.body),
		};
	const { code, reason, message, retryAfterSeconds } = fault;
	const status = failure(
		code,
		reason,
		message,
		retryAfterSeconds === undefined ? undefined : { retryAfterSeconds },
	);
	const payload = payloadOf({ kind: 'json', code, body: status });
	const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
	return { ...payload, headers: { ...payload.headers, ...headers } };
}

function deliverStream(
	answer: Extract<Answer, { kind: 'stream' }>,
	response: ServerResponse,
	cut: Cut | undefined,
): void {
	response.writeHead(200, { ...commonHeaders(), 'content-type': answer.type });
	response.flushHeaders();
	let left = cut?.afterBytes ?? Number.POSITIVE_INFINITY;
	const write = (event: object | string) => {
		const line = Buffer.from(textOf(event));
		if (response.writableEnded || left <= 0) return;
		const part = line.subarray(0, left);
		left -= part.length;
		response.write(part, () => left <= 0 && cut?.break());
	};
	const stop = answer.start(write, () => response.end());
	response.once('close', stop);
}

export function textOf(event: object | string): string {
	return typeof event === 'string' ? event : `${JSON.stringify(event)}\n`;
}

export function commonHeaders(): OutgoingHttpHeaders {
	return { 'audit-id': randomUUID(), 'cache-control': 'no-cache, private', date: new Date().toUTCString() };
}
