import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import type { BegunExec, ExecRunner, Fault } from '../contract.ts';
import type { ApiRequest, Cluster } from './cluster.ts';
import { badRequest } from './failures.ts';
import { answerTo, refusalOf } from './handle.ts';
import type { Slots } from './slots.ts';
import { type Cut, deliver, deliverRaw, faultyPayload } from './wire/deliver.ts';
import { execRequestOf } from './wire/exec-request.ts';
import { type PieceFault, runExec } from './wire/exec-session.ts';
import { type Reception, readBody, receive } from './wire/receive.ts';
import { deliverRewritten } from './wire/rewritten.ts';

/** Everything between a socket and the handlers. */
export type Front = Reception &
	Readonly<{
		cluster: Cluster;
		runner: ExecRunner;
		/** Exec protocols, newest first. */
		protocols: readonly string[];
		latency: () => number;
		/** For the execs that begin. */
		beginning: Slots;
		onExec: ((exec: BegunExec) => void) | undefined;
		/** Aborts when the server closes. */
		closing: AbortSignal;
		/** Sends a TCP reset: under TLS that is the matter of the socket below. */
		reset(socket: Duplex): void;
	}>;

export async function serveRequest(
	front: Front,
	message: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const visit = receive(front, message, await readBody(message));
	await delay(front.latency(), undefined, { signal: front.closing });
	const { fault } = visit;
	if (fault?.kind === 'status' || fault?.kind === 'raw') {
		deliver(faultyPayload(fault), response, undefined);
		return;
	}
	if (breaksBefore(front, fault, message.socket)) return;
	const answer = visit.kind === 'refused' ? visit.answer : answerTo(front.cluster, visit.request);
	if (fault?.kind === 'rewritten') {
		await deliverRewritten(answer, response, fault);
		return;
	}
	deliver(answer, response, cutOf(front, fault, message.socket));
}

/** An upgrade is always an exec, or a mistake. */
export async function serveUpgrade(
	front: Front,
	message: IncomingMessage,
	socket: Duplex,
	head: Buffer,
): Promise<void> {
	socket.on('error', () => socket.destroy());
	const visit = receive(front, message, '');
	await takesTime(front, socket);
	const { fault } = visit;
	if (fault?.kind === 'status' || fault?.kind === 'raw') {
		deliverRaw(faultyPayload(fault), socket);
		return;
	}
	if (breaksBefore(front, fault, socket)) return;
	const request =
		visit.kind === 'refused' ? visit.answer : requestOrRefusal(front.cluster, visit.request, message);
	if ('kind' in request) {
		deliverRaw(request, socket);
		return;
	}
	const protocol = protocolOf(front, message);
	if (protocol === undefined) {
		deliverRaw({ code: 403, headers: {}, body: Buffer.alloc(0) }, socket);
		return;
	}
	const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => protocol });
	sockets.handleUpgrade(message, socket as Socket, head, webSocket => {
		front.onExec?.({ asked: visit.record.at, begun: Date.now() });
		runExec(webSocket, request, front.runner, {
			spoiled: spoiledBy(front, fault, socket),
			faultOf: piece => pieceFault(front, front.fault?.({ ...visit.record, piece }), socket),
			closing: front.closing,
		});
	});
}

/** What an exec costs is the work of a node, which has to be waited for. Anyone who goes away meanwhile takes no one's place. */
async function takesTime({ beginning, latency, closing }: Front, socket: Duplex): Promise<void> {
	const gone = new AbortController();
	const leave = () => gone.abort();
	socket.once('close', leave);
	const signal = AbortSignal.any([closing, gone.signal]);
	try {
		await beginning.within(() => delay(latency(), undefined, { signal }), signal);
	} finally {
		socket.off('close', leave);
	}
}

function pieceFault(front: Front, fault: Fault | undefined, socket: Duplex): PieceFault | undefined {
	if (fault?.kind === 'status' || fault?.kind === 'raw') {
		return { kind: 'ends', status: faultyPayload(fault).body };
	}
	if (breaksBefore(front, fault, socket)) return { kind: 'lost' };
	const by = spoiledBy(front, fault, socket);
	return by && { kind: 'spoiled', by };
}

const spoiledBy = (front: Front, fault: Fault | undefined, socket: Duplex) =>
	fault?.kind === 'rewritten' ? fault.rewrite : cutOf(front, fault, socket);

function requestOrRefusal(cluster: Cluster, request: ApiRequest, { headers }: IncomingMessage) {
	try {
		const exec = execRequestOf(cluster, request);
		if (headers.upgrade?.toLowerCase() === 'websocket') return exec;
		throw badRequest('practice clusters speak exec over WebSocket only');
	} catch (error) {
		return refusalOf(error);
	}
}

function protocolOf({ protocols }: Front, { headers }: IncomingMessage): string | undefined {
	const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map(protocol => protocol.trim());
	return protocols.find(protocol => offered.includes(protocol));
}

function breaksBefore(front: Front, fault: Fault | undefined, socket: Duplex): boolean {
	if (fault?.kind !== 'reset' && fault?.kind !== 'hang') return false;
	if (fault.when === 'before' && fault.kind === 'reset') front.reset(socket);
	return fault.when === 'before';
}

function cutOf(front: Front, fault: Fault | undefined, socket: Duplex): Cut | undefined {
	switch (fault?.kind) {
		case 'truncate':
			return { afterBytes: fault.bytes, sendsHead: true, break: () => socket.destroy() };
		case 'exec-cut-before': {
			const afterBytes = Number.POSITIVE_INFINITY;
			return { afterBytes, before: fault.words, sendsHead: true, break: () => socket.destroy() };
		}
		case 'exec-ends': {
			// The last words and the end are heard together.
			const atOnce = (send: () => void) => {
				socket.cork();
				send();
				socket.uncork();
			};
			const afterBytes = Number.POSITIVE_INFINITY;
			return { afterBytes, ends: { ...fault, atOnce }, sendsHead: true, break: () => {} };
		}
		case 'exec-cut':
			return { afterBytes: fault.afterBytes, sendsHead: true, break: () => socket.destroy() };
		case 'reset':
			return { ...fault, sendsHead: fault.afterBytes > 0, break: () => front.reset(socket) };
		case 'hang':
			return { afterBytes: 0, sendsHead: false, break: () => {} };
		default:
			return undefined;
	}
}
