import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request as forward } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { type Duplex, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { WebSocket, WebSocketServer } from 'ws';
import { parse, stringify } from 'yaml';
import { createServerCertificate } from '../../../source/practice/certificates.ts';

/** A text in parts, of which none is sent to a client that has gone away before it. */
export type Pieces = Iterable<string | Buffer>;

/** What of a cluster's words is changed on their way. `line` is `METHOD path`. */
export type Rewrite = Readonly<{
	/** One JSON text: a whole answer, or a line of a watch. */
	json(line: string, text: string): Pieces;
	/** What a command in a pod wrote, by channel: 1 and 2, and its status as JSON on 3. */
	exec(channel: number, text: string): Pieces;
}>;

/** Real HTTPS servers in front of all clusters of a kubeconfig, which pass on everything, rewritten. */
export type RewritingFront = AsyncDisposable & Readonly<{ kubeconfig: string; ports: readonly number[] }>;

type Config = { clusters: { name: string; cluster: Record<string, string> & { server: string } }[] };

const certificate = createServerCertificate('rewriting-front');

/** `cluster` is its name in the kubeconfig. */
export async function openRewritingFront(
	kubeconfig: string,
	rewriteOf: (cluster: string) => Rewrite,
): Promise<RewritingFront> {
	const config = parse(kubeconfig) as Config;
	const closing: (() => void)[] = [];
	const ports: number[] = [];
	for (const { name, cluster } of config.clusters) {
		const { port, close } = await openServer(new URL(cluster.server), () => rewriteOf(name));
		closing.push(close);
		ports.push(port);
		cluster.server = `https://127.0.0.1:${port}`;
		cluster['certificate-authority-data'] = Buffer.from(certificate.caPem).toString('base64');
	}
	return {
		kubeconfig: stringify(config),
		ports,
		async [Symbol.asyncDispose]() {
			for (const close of closing) close();
		},
	};
}

async function openServer(behind: URL, rewrite: () => Rewrite) {
	const there = { host: behind.hostname, port: Number(behind.port), rejectUnauthorized: false } as const;
	const server = createServer({ cert: certificate.certPem, key: certificate.keyPem });
	const sockets = new Set<Duplex>();
	server.on('secureConnection', socket => {
		sockets.add(socket);
		socket.on('error', () => {}).on('close', () => sockets.delete(socket));
	});
	server.on('request', (request, response) => {
		const { method, url: path = '', headers } = request;
		const passed = forward({ ...there, path, method, headers }, answer =>
			passOn(`${method} ${path}`, answer, response, rewrite()).catch(() => response.destroy()),
		);
		response.on('close', () => passed.destroy());
		passed.on('error', () => response.destroy());
		request.pipe(passed);
	});
	const front = new WebSocketServer({ noServer: true, handleProtocols: offered => [...offered][0] ?? false });
	server.on('upgrade', (request: IncomingMessage, socket, head) => {
		socket.on('error', () => {});
		const { authorization = '', 'sec-websocket-protocol': protocols = '' } = request.headers;
		const upstream = new WebSocket(
			`wss://${behind.host}${request.url}`,
			protocols.split(',').map(protocol => protocol.trim()),
			{ rejectUnauthorized: false, headers: { authorization } },
		);
		upstream.on('error', () => socket.destroy());
		upstream.on('open', () =>
			front.handleUpgrade(request, socket, head, client => bridge(client, upstream, rewrite())),
		);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		close() {
			front.close();
			server.close();
			for (const socket of sockets) socket.destroy();
		},
	};
}

async function passOn(line: string, answer: IncomingMessage, response: ServerResponse, { json }: Rewrite) {
	const { 'content-length': _length, 'transfer-encoding': _encoding, ...headers } = answer.headers;
	response.writeHead(answer.statusCode ?? 500, headers).flushHeaders();
	answer.on('error', () => response.destroy());
	if (line.includes('watch=1')) {
		// A client that has gone away leaves it unread, but it still tells of what breaks.
		const events = createInterface({ input: answer }).on('error', () => {});
		await pipeline(async function* () {
			for await (const event of events) {
				yield* json(line, event);
				yield '\n';
			}
		}, response);
		return;
	}
	await pipeline(Readable.from(json(line, await text(answer).catch(() => ''))), response);
}

function bridge(client: WebSocket, upstream: WebSocket, { exec }: Rewrite): void {
	client.on('message', (data, isBinary) => upstream.send(data, { binary: isBinary }));
	client.on('close', () => upstream.close()).on('error', () => {});
	let sent = Promise.resolve();
	upstream.on('message', (data: Buffer) => {
		const channel = Buffer.of(data[0] ?? 0);
		const pieces = exec(data[0] ?? 0, data.subarray(1).toString());
		sent = sent.then(() => sendAll(client, channel, pieces));
	});
	upstream.on('close', () => sent.then(() => client.close()));
}

async function sendAll(client: WebSocket, channel: Buffer, pieces: Pieces): Promise<void> {
	for (const piece of pieces) {
		if (client.readyState !== WebSocket.OPEN) {
			return;
		}
		const message = Buffer.concat([channel, Buffer.from(piece)]);
		await new Promise<void>(resolve => client.send(message, () => resolve()));
	}
}
