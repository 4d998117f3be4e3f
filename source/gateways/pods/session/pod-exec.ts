import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import WebSocket from 'ws';
import type { PodRef } from '../../../pairing/clusters/cluster.ts';
import { asRecord, defined, isRecord, parseJson, textIn } from '../../../pairing/words/json.ts';
import { shortLine } from '../../../pairing/words/outside-text.ts';
import type { PairingError } from '../../../pairing/words/problem.ts';
import type { Connection } from '../../kubernetes/connection.ts';
import {
	type Asked,
	cancelled,
	explainBlockedUpgrade,
	explainNetwork,
	explainNonsense,
	explainStatus,
} from '../../kubernetes/explain.ts';
import { Gathered } from '../../kubernetes/gathered.ts';
import { retryAfterOf } from '../../kubernetes/retry-after.ts';
import { logIn } from '../../kubernetes/session.ts';

export type ExecPlace = Readonly<{
	pod: PodRef;
	container: string;
	/** Is in the URL, and so in the audit log of the API server: never a secret. */
	command: readonly string[];
}>;

export type ExecEnd =
	| Readonly<{ kind: 'exited'; code: number }>
	/** The container's runtime could not start it, or the pod would not take it: nothing has run. */
	| Readonly<{ kind: 'not-started'; error: PairingError }>
	/** It may have run. */
	| Readonly<{ kind: 'broken'; error: PairingError }>;

/** Who hears of an exec. After its end, nothing more comes. */
export type ExecListener = Readonly<{
	output(stream: 'stdout' | 'stderr', bytes: Buffer): void;
	ended(end: ExecEnd): void;
}>;

export type Exec = Readonly<{
	/** Travels inside the connection, which no one logs. Its end cannot be signalled: the reader has to count. */
	send(stdin: string): void;
	/** Not while it is being closed either, when what is sent goes nowhere. */
	isOpen(): boolean;
	/** Whether this process stays for it. */
	keepsProcess(does: boolean): void;
}>;

const channel = { stdin: 0, stdout: 1, stderr: 2, status: 3 } as const;
const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
/** Bytes. A list of ten thousand credentials is smaller. */
const mostOutput = 2 * 1024 * 1024;
/** Bytes that a frame counts for on top of what it carries: one without any is work as well. */
const frameCost = 64;

/**
 * Opens an exec in a pod over WebSocket. On `ws` itself: client-node's Exec closes the socket at the end of stdin (which
 * loses output), never calls back when a connection dies, and throws past its caller on a broken status frame.
 * It ends at once with the connection's signal.
 * @param asked its secrets may grow for as long as the exec lasts
 */
export async function openExec(
	{ server, signal, ...connection }: Connection,
	place: ExecPlace,
	asked: Asked,
	seconds: number,
	listener: ExecListener,
): Promise<Exec | Extract<ExecEnd, { kind: 'not-started' }>> {
	const options = await connection.socketOptions();
	if (signal.aborted) {
		throw cancelled(asked.side);
	}
	const { promise: opening, resolve } = Promise.withResolvers<
		Exec | Extract<ExecEnd, { kind: 'not-started' }>
	>();
	const socket = dial(urlOf(server, place), options, seconds);
	let underneath: Socket | undefined;
	let isOver = false;
	const over = (end: ExecEnd) => {
		if (isOver) {
			return;
		}
		isOver = true;
		signal.removeEventListener('abort', stop);
		// A polite close waits for an answer that a dead server never gives.
		socket.terminate();
		if (end.kind === 'not-started') {
			resolve(end);
		}
		listener.ended(end);
	};
	const broken = (error: PairingError) => over({ kind: 'broken', error });
	const stop = () => broken(cancelled(asked.side));
	signal.addEventListener('abort', stop, { once: true });

	const meter = outputMeter(() => broken(explainNonsense(asked, `more than ${mostOutput} bytes of output`)));
	socket.on('unexpected-response', (_request, response) => {
		refusal(asked, response).then(error => over({ kind: 'not-started', error }));
	});
	socket.on('upgrade', response => {
		underneath = response.socket;
	});
	socket.on('open', () => {
		resolve({
			send(stdin) {
				meter.reset();
				socket.send(Buffer.concat([Buffer.from([channel.stdin]), Buffer.from(stdin)]));
			},
			isOpen: () => socket.readyState === WebSocket.OPEN,
			keepsProcess(does) {
				underneath?.[does ? 'ref' : 'unref']();
			},
		});
	});
	socket.on('ping', data => meter.count(data.length));
	socket.on('message', (data: Buffer) => {
		meter.count(data.length);
		const bytes = data.subarray(1);
		switch (isOver ? undefined : data[0]) {
			case channel.stdout:
				meter.said(bytes);
				return listener.output('stdout', bytes);
			case channel.stderr:
				meter.said(bytes);
				return listener.output('stderr', bytes);
			case channel.status:
				return over(readStatus(asked, bytes.toString('utf8'), meter.saidNothing()));
			default:
				return;
		}
	});
	socket.on('error', error => {
		const explained = explainNetwork(asked, error);
		over({ kind: underneath ? 'broken' : 'not-started', error: explained });
	});
	socket.on('close', () => {
		broken(explainNetwork(asked, Object.assign(new Error(), { code: 'closed without a status' })));
	});
	return opening;
}

function dial(
	url: string,
	{ headers, agent, rejectUnauthorized, servername }: Awaited<ReturnType<Connection['socketOptions']>>,
	seconds: number,
): WebSocket {
	return new WebSocket(url, protocols, {
		...defined({ agent, rejectUnauthorized, servername }),
		headers: { 'User-Agent': 'pxpair' },
		finishRequest(outgoing) {
			logIn(outgoing, headers);
			outgoing.end();
		},
		handshakeTimeout: Math.min(seconds, 15) * 1000,
		followRedirects: false,
		maxPayload: mostOutput,
		maxFragments: 1000,
		maxBufferedChunks: 10_000,
	});
}

/** Of what comes for one input. */
function outputMeter(exceeded: () => void) {
	let room = mostOutput;
	let total = 0;
	return {
		reset() {
			room = mostOutput;
		},
		count(bytes: number) {
			room -= bytes + frameCost;
			if (room < 0) {
				exceeded();
			}
		},
		said(bytes: Buffer) {
			total += bytes.length;
		},
		saidNothing: () => total === 0,
	};
}

/** The last frame: a Kubernetes Status with the exit code among its causes. */
function readStatus(asked: Asked, text: string, saidNothing: boolean): ExecEnd {
	const status = parseJson(text);
	if (!isRecord(status)) {
		return { kind: 'broken', error: explainNonsense(asked, 'a status that is not JSON') };
	}
	if (status.status === 'Success') {
		return { kind: 'exited', code: 0 };
	}
	const details = isRecord(status.details) ? status.details : {};
	const causes: unknown[] = Array.isArray(details.causes) ? details.causes : [];
	const exitCode = causes.find(cause => isRecord(cause) && cause.reason === 'ExitCode');
	const code = isRecord(exitCode) ? Number(textIn(exitCode.message) || Number.NaN) : Number.NaN;
	if (Number.isInteger(code)) {
		return { kind: 'exited', code };
	}
	const message = textIn(status.message);
	const error = explainStatus(asked, Number(textIn(status.code) || 500), status);
	return { kind: saidNothing && neverStarted.test(message) ? 'not-started' : 'broken', error };
}

/** How container runtimes and kubelets say that nothing has run. With any other failure it may have. */
const neverStarted =
	/OCI runtime exec failed|unable to start container process|failed to (create|start) exec|container not found|container is in \w+ state/i;

/** Bytes; a Status has a few hundred. */
const mostOfARefusal = 64 * 1024;

/** An upgrade that is refused carries a Status, which `ws` leaves to us to read. */
async function refusal(asked: Asked, response: IncomingMessage): Promise<PairingError> {
	const body = new Gathered();
	try {
		for await (const piece of response) {
			body.add(piece);
			if (body.size > mostOfARefusal) {
				break;
			}
		}
	} catch {
		// What came so far will do.
	}
	const status = asRecord(parseJson(body.text));
	const code = response.statusCode ?? 0;
	const again = retryAfterOf(response.headers);
	const message = textIn(status.message);
	// An API server answers with a Status; that it wants an upgrade it says only where the wish for one was lost on the way.
	return status.kind === 'Status' && !/upgrade (request )?required/i.test(message)
		? explainStatus(asked, code, status, again)
		: code === 401 || code === 429 || (code === 503 && again !== undefined)
			? explainStatus(asked, code, {}, again)
			: explainBlockedUpgrade(
					asked,
					`the upgrade to WebSocket was answered with ${code} ${shortLine(message || (response.statusMessage ?? ''), 100)}`,
				);
}

function urlOf(server: string, { pod, container, command }: ExecPlace): string {
	const query = new URLSearchParams(command.map(word => ['command', word]));
	for (const stream of ['stdin', 'stdout', 'stderr']) {
		query.set(stream, 'true');
	}
	query.set('container', container);
	const path = `/api/v1/namespaces/${encodeURIComponent(pod.namespace)}/pods/${encodeURIComponent(pod.name)}/exec`;
	return `${server.replace(/^http/, 'ws')}${path}?${query}`;
}
