import type { IncomingMessage } from 'node:http';
import WebSocket from 'ws';
import type { PodRef } from '../../pairing/clusters/cluster.ts';
import { asRecord, defined, isRecord, parseJson, textIn } from '../../pairing/words/json.ts';
import { PairingError } from '../../pairing/words/problem.ts';
import type { Secret } from '../../pairing/words/secret.ts';
import type { Connection } from '../kubernetes/connection.ts';
import {
	type Asked,
	cancelled,
	explainBlockedUpgrade,
	explainNetwork,
	explainNonsense,
	explainStatus,
	explainTimeout,
	shortLine,
} from '../kubernetes/explain.ts';
import { Gathered } from '../kubernetes/gathered.ts';
import { logIn } from '../kubernetes/session.ts';

export type PodCommand = Readonly<{
	pod: PodRef;
	container: string;
	/** Is in the URL, and so in the audit log of the API server: never a secret. */
	command: readonly string[];
	/** Travels inside the connection, which no one logs. Its end cannot be signalled: the reader has to count. */
	stdin: string;
	/** What of it is secret. */
	secrets?: readonly Secret[];
	seconds: number;
}>;

export type PodResult =
	| Readonly<{ kind: 'exited'; code: number; stdout: string; stderr: string }>
	/** The container's runtime could not start it, or the pod would not take it: nothing has run. */
	| Readonly<{ kind: 'not-started'; error: PairingError }>;

const channel = { stdin: 0, stdout: 1, stderr: 2, status: 3 } as const;
const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
/** Bytes. A list of ten thousand credentials is smaller. */
const mostOutput = 2 * 1024 * 1024;
/** Bytes that a frame counts for on top of what it carries: one without any is work as well. */
const frameCost = 64;

/**
 * Runs a command in a pod over WebSocket. On `ws` itself: client-node's Exec closes the socket at the end of stdin (which
 * loses output), never calls back when a connection dies, and throws past its caller on a broken status frame.
 * @throws PairingError when the connection fails once the command may have run
 */
export async function execInPod(connection: Connection, request: PodCommand): Promise<PodResult> {
	const { side, context, server, signal } = connection;
	const { pod } = request;
	const seconds = Math.min(request.seconds, connection.longest ?? request.seconds);
	const options = await connection.socketOptions();
	const asked: Asked = {
		side,
		context,
		server,
		what: `exec in pod ${pod.namespace}/${pod.name}`,
		secrets: [...(connection.secrets ?? []), ...(request.secrets ?? [])],
	};
	const { agent, rejectUnauthorized, servername } = options;
	if (signal.aborted) {
		throw cancelled(side);
	}
	const { promise, resolve, reject } = Promise.withResolvers<PodResult>();
	const socket = new WebSocket(urlOf(server, request), protocols, {
		...defined({ agent, rejectUnauthorized, servername }),
		headers: { 'User-Agent': 'pxpair' },
		finishRequest(outgoing) {
			logIn(outgoing, options.headers);
			outgoing.end();
		},
		handshakeTimeout: Math.min(seconds, 15) * 1000,
		followRedirects: false,
		maxPayload: mostOutput,
		maxFragments: 1000,
		maxBufferedChunks: 10_000,
	});
	const output = { stdout: new Gathered(), stderr: new Gathered() };
	let opened = false;
	let room = mostOutput;
	const count = (bytes: number) => {
		room -= bytes + frameCost;
		if (room < 0) {
			reject(explainNonsense(asked, `more than ${mostOutput} bytes of output`));
		}
	};

	socket.on('unexpected-response', (_request, response) => {
		refusal(asked, response).then(error => resolve({ kind: 'not-started', error }));
	});
	socket.on('open', () => {
		opened = true;
		socket.send(Buffer.concat([Buffer.from([channel.stdin]), Buffer.from(request.stdin)]));
	});
	socket.on('ping', data => count(data.length));
	socket.on('message', (data: Buffer) => {
		count(data.length);
		const bytes = data.subarray(1);
		switch (data[0]) {
			case channel.stdout:
				output.stdout.add(bytes);
				return;
			case channel.stderr:
				output.stderr.add(bytes);
				return;
			case channel.status:
				settle(readStatus(asked, bytes.toString('utf8'), output), resolve, reject);
				return;
			default:
				return;
		}
	});
	socket.on('error', error => {
		const explained = explainNetwork(asked, error);
		if (opened) {
			reject(explained);
		} else {
			resolve({ kind: 'not-started', error: explained });
		}
	});
	socket.on('close', () => {
		reject(explainNetwork(asked, Object.assign(new Error(), { code: 'closed without a status' })));
	});

	return bounded(promise, socket, asked, seconds, signal);
}

async function bounded(
	work: Promise<PodResult>,
	socket: WebSocket,
	asked: Asked,
	seconds: number,
	signal: AbortSignal,
): Promise<PodResult> {
	const { promise, reject } = Promise.withResolvers<never>();
	const timer = setTimeout(() => reject(explainTimeout(asked, seconds)), seconds * 1000);
	const stop = () => reject(cancelled(asked.side));
	signal.addEventListener('abort', stop, { once: true });
	try {
		return await Promise.race([work, promise]);
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', stop);
		work.catch(() => {});
		// A polite close waits for an answer that a dead server never gives.
		socket.on('error', () => {});
		socket.terminate();
	}
}

function settle(
	result: PodResult | PairingError,
	resolve: (result: PodResult) => void,
	reject: (error: Error) => void,
) {
	if (result instanceof PairingError) {
		reject(result);
	} else {
		resolve(result);
	}
}

/** The last frame: a Kubernetes Status with the exit code among its causes. */
function readStatus(
	asked: Asked,
	text: string,
	output: Readonly<{ stdout: Gathered; stderr: Gathered }>,
): PodResult | PairingError {
	const status = parseJson(text);
	const exited = (code: number): PodResult => ({
		kind: 'exited',
		code,
		stdout: output.stdout.text,
		stderr: output.stderr.text,
	});
	if (!isRecord(status)) {
		return explainNonsense(asked, 'a status that is not JSON');
	}
	if (status.status === 'Success') {
		return exited(0);
	}
	const details = isRecord(status.details) ? status.details : {};
	const causes: unknown[] = Array.isArray(details.causes) ? details.causes : [];
	const exitCode = causes.find(cause => isRecord(cause) && cause.reason === 'ExitCode');
	const code = isRecord(exitCode) ? Number(textIn(exitCode.message) || Number.NaN) : Number.NaN;
	if (Number.isInteger(code)) {
		return exited(code);
	}
	const message = textIn(status.message);
	const error = explainStatus(asked, Number(textIn(status.code) || 500), textIn(status.reason), message);
	const saidNothing = output.stdout.size + output.stderr.size === 0;
	return saidNothing && neverStarted.test(message) ? { kind: 'not-started', error } : error;
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
	const message = textIn(status.message);
	// An API server answers with a Status; that it wants an upgrade it says only where the wish for one was lost on the way.
	return status.kind === 'Status' && !/upgrade (request )?required/i.test(message)
		? explainStatus(asked, code, textIn(status.reason), message)
		: code === 401 || code === 429
			? explainStatus(asked, code, '', '')
			: explainBlockedUpgrade(
					asked,
					`the upgrade to WebSocket was answered with ${code} ${shortLine(message || (response.statusMessage ?? ''), 100)}`,
				);
}

function urlOf(server: string, { pod, container, command }: PodCommand): string {
	const query = new URLSearchParams(command.map(word => ['command', word]));
	for (const stream of ['stdin', 'stdout', 'stderr']) {
		query.set(stream, 'true');
	}
	query.set('container', container);
	const path = `/api/v1/namespaces/${encodeURIComponent(pod.namespace)}/pods/${encodeURIComponent(pod.name)}/exec`;
	return `${server.replace(/^http/, 'ws')}${path}?${query}`;
}
