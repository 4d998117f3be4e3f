import { randomBytes } from 'node:crypto';
import type { RawData, WebSocket } from 'ws';
import type { ExecProcess, ExecRequest, ExecRunner, Rewrite } from '../../contract.ts';
import type { Cut } from './deliver.ts';

const channels = { stdin: 0, stdout: 1, stderr: 2, status: 3, close: 255 } as const;

/** What becomes of an exec with a piece of its standard input: it never arrives, nothing comes of it whole, or a status ends all. */
export type PieceFault = Readonly<
	{ kind: 'lost' } | { kind: 'spoiled'; by: Cut | Rewrite } | { kind: 'ends'; status: Buffer }
>;

type Circumstances = Readonly<{
	spoiled: Cut | Rewrite | undefined;
	/** Asked from the second piece on. */
	faultOf(piece: number): PieceFault | undefined;
	/** Ends the command and its connection at once. */
	closing: AbortSignal;
}>;

/** Runs the command and carries its streams over the socket's channels. */
export function runExec(
	socket: WebSocket,
	request: ExecRequest,
	runner: ExecRunner,
	{ closing, faultOf, spoiled }: Circumstances,
): void {
	let cut = typeof spoiled === 'function' ? undefined : spoiled;
	let send = senderWith(socket, spoiled);
	// The first frame is empty and tells the client that the session is.
	send(
		request.stdout ? channels.stdout : request.stderr ? channels.stderr : channels.status,
		new Uint8Array(),
	).catch(() => undefined);
	const process = start(runner, request);
	if (request.stdout) process.onStdout(chunk => send(channels.stdout, chunk));
	if (request.stderr) process.onStderr(chunk => send(channels.stderr, chunk));
	let pieces = 0;
	let isDeaf = false;
	const hear = (data: RawData) => {
		pieces += 1;
		const fault = pieces === 1 ? undefined : faultOf(pieces);
		isDeaf ||= fault?.kind === 'lost' || fault?.kind === 'ends';
		if (fault?.kind === 'ends') {
			send(channels.status, fault.status).catch(() => undefined);
			socket.close(1000);
		}
		if (fault?.kind === 'spoiled') {
			cut = typeof fault.by === 'function' ? undefined : fault.by;
			send = senderWith(socket, fault.by);
		}
		if (!isDeaf) receive(process, bytesOf(data));
	};
	if (request.stdin) socket.on('message', hear);
	else process.stdin.end();
	// A command outlives its client, but nothing more comes from it on standard input.
	socket.on('close', () => process.stdin.end());
	socket.on('error', () => socket.terminate());
	const kill = () => process.kill();
	closing.addEventListener('abort', kill);
	process.done
		.then(
			end => finish(socket, send, cut, statusOf(request, end)),
			(error: Error) => finish(socket, send, cut, internalError(error.message)),
		)
		.finally(() => closing.removeEventListener('abort', kill));
}

const succeeded = { metadata: {}, status: 'Success' };

/** Kept when it is sent, so that output without end waits for the one who reads it. */
type Send = (channel: number, payload: Uint8Array) => Promise<void>;

function sender(socket: WebSocket, cut: Cut | undefined): Send {
	let left = cut?.afterBytes ?? Number.POSITIVE_INFINITY;
	let isBroken = false;
	let said = 0;
	const { ends } = cut ?? {};
	return (channel, payload) =>
		new Promise((resolve, reject) => {
			if (isBroken) {
				reject(new Error('The connection is broken'));
				return;
			}
			const words = cut?.before === undefined ? -1 : Buffer.from(payload).indexOf(cut.before);
			const part = payload.subarray(0, words < 0 ? left : words);
			left -= part.length;
			isBroken = words >= 0 || (cut !== undefined && left <= 0);
			// What still arrives has to be on its way before the connection breaks.
			const sent = (error?: Error) => {
				if (isBroken) cut?.break();
				if (error) reject(error);
				else resolve();
			};
			if (ends && Buffer.from(payload).includes(ends.words) && ++said === ends.times) {
				isBroken = true;
				ends.atOnce(() => {
					socket.send(Buffer.concat([Buffer.of(channel), part]));
					socket.send(
						Buffer.concat([Buffer.of(channels.status), Buffer.from(JSON.stringify(succeeded))]),
						sent,
					);
					socket.close(1000);
				});
			} else if (part.length > 0 || payload.length === 0)
				socket.send(Buffer.concat([Buffer.of(channel), part]), sent);
			else sent();
		});
}

const senderWith = (socket: WebSocket, spoiled: Cut | Rewrite | undefined): Send =>
	typeof spoiled === 'function' ? rewriter(sender(socket, undefined), spoiled) : sender(socket, spoiled);

const rewriter =
	(send: Send, rewrite: Rewrite): Send =>
	async (channel, payload) => {
		if (payload.length === 0) return send(channel, payload);
		const text = Buffer.from(payload).toString();
		for (const part of rewrite(text, channel === channels.status ? 'status' : 'output')) {
			await send(channel, Buffer.from(part));
		}
	};

function start(runner: ExecRunner, request: ExecRequest): ExecProcess {
	try {
		return runner(request);
	} catch (error) {
		return {
			stdin: { write() {}, end() {} },
			onStdout() {},
			onStderr() {},
			done: Promise.reject(error as Error),
			kill() {},
		};
	}
}

/** Version 5 knows a frame that closes a channel; it is how standard input ends. Resizing (channel 4) means nothing here. */
function receive({ stdin }: ExecProcess, frame: Buffer): void {
	const [channel] = frame;
	if (channel === channels.stdin && frame.length > 1) stdin.write(frame.subarray(1));
	if (channel === channels.close && frame[1] === channels.stdin) stdin.end();
}

function finish(socket: WebSocket, send: Send, cut: Cut | undefined, status: object): void {
	if (cut) {
		// The client never hears how it ended; a ping goes out after whatever the command wrote.
		socket.ping(undefined, undefined, cut.break);
		return;
	}
	send(channels.status, Buffer.from(JSON.stringify(status)))
		.catch(() => undefined)
		.finally(() => socket.close(1000));
}

function statusOf({ command }: ExecRequest, end: Awaited<ExecProcess['done']>): object {
	if (end.kind === 'not-started') {
		const id = randomBytes(32).toString('hex');
		return internalError(
			`error executing command in container: failed to exec in container: failed to start exec "${id}": OCI runtime exec failed: exec failed: unable to start container process: exec: "${command[0]}": ${end.message}: unknown`,
		);
	}
	if (end.code === 0) return succeeded;
	return {
		metadata: {},
		status: 'Failure',
		message: `command terminated with non-zero exit code: error executing command [${command.join(' ')}], exit code ${end.code}`,
		reason: 'NonZeroExitCode',
		details: { causes: [{ reason: 'ExitCode', message: String(end.code) }] },
	};
}

function internalError(message: string): object {
	return {
		metadata: {},
		status: 'Failure',
		message: `Internal error occurred: ${message}`,
		reason: 'InternalError',
		details: { causes: [{ message }] },
		code: 500,
	};
}

function bytesOf(data: RawData): Buffer {
	if (Array.isArray(data)) return Buffer.concat(data);
	return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
