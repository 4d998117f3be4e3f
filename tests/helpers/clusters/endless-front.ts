import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request as forward } from 'node:https';
import { type AddressInfo, createServer as createPlainServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import { parse, stringify } from 'yaml';
import { createServerCertificate } from '../../../source/practice/certificates.ts';

/** What sits between the program and a cluster: a real HTTPS server that passes on all but what it is to spoil. */
export type Front = AsyncDisposable &
	Readonly<{
		/** The practice clusters' kubeconfig, in which the cluster `east` is reached through here. */
		kubeconfig: string;
		/** How many requests were answered without end. */
		spoiled(): number;
	}>;

/** What is done to an answer; gone when the client has gone. */
export type Spoil = (response: ServerResponse, request: IncomingMessage) => void;
/** The same for an exec: the socket, on which nothing was written yet, and what accepts the WebSocket. */
export type SpoilExec = (socket: Duplex, request: IncomingMessage, accept: () => void) => void;

export type FrontOptions = Readonly<{
	/** Of requests that are no exec; `METHOD path?query`. */
	answers?: (line: string) => Spoil | undefined;
	exec?: SpoilExec;
	/** In the place of a proxy, which the whole way goes through; `scheme` is that of its URL. */
	proxy?: Readonly<{ scheme: 'http' | 'socks5'; serve: (socket: Duplex) => void }> | undefined;
}>;

const certificate = createServerCertificate('front');

export async function openFront(kubeconfig: string, { answers, exec, proxy }: FrontOptions): Promise<Front> {
	const config = parse(kubeconfig) as Config;
	const east = config.clusters.find(({ name }) => name.endsWith('east'));
	if (!east) {
		throw new Error('there is no cluster east');
	}
	const behind = new URL(east.cluster.server);
	const there = { host: behind.hostname, port: Number(behind.port), rejectUnauthorized: false } as const;
	const sockets = new Set<Duplex>();
	let spoiled = 0;
	const server = createServer({
		cert: certificate.certPem,
		key: certificate.keyPem,
		keepAliveTimeout: 0,
		requestTimeout: 0,
	});
	server.on('secureConnection', socket => {
		sockets.add(socket);
		socket.on('error', () => {}).on('close', () => sockets.delete(socket));
	});
	server.on('request', (request, response) => {
		response.on('error', () => {});
		const { method, url: path, headers } = request;
		const spoil = answers?.(`${method} ${path}`);
		if (spoil) {
			spoiled += 1;
			request.resume();
			spoil(response, request);
			return;
		}
		const passed = forward({ ...there, path, method, headers }, answer => {
			response.writeHead(answer.statusCode ?? 500, answer.headers);
			answer.pipe(response);
		});
		passed.on('error', () => response.destroy());
		request.pipe(passed);
	});
	server.on('upgrade', (request, socket) => {
		socket.on('error', () => {});
		if (exec) {
			spoiled += 1;
			exec(socket, request, () => socket.write(acceptance(request)));
			return;
		}
		const passed = connect(there, () => {
			const { rawHeaders, method, url } = request;
			const lines = rawHeaders.flatMap((name, index) =>
				index % 2 ? [] : `${name}: ${rawHeaders[index + 1]}`,
			);
			passed.write([`${method} ${url} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
			passed.pipe(socket).pipe(passed);
		});
		sockets.add(passed);
		passed.on('error', () => socket.destroy()).on('close', () => sockets.delete(passed));
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	east.cluster.server = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
	east.cluster['certificate-authority-data'] = Buffer.from(certificate.caPem).toString('base64');
	const inBetween = createPlainServer(socket => {
		spoiled += 1;
		sockets.add(socket);
		socket.on('error', () => {}).on('close', () => sockets.delete(socket));
		socket.once('data', () => proxy?.serve(socket));
	});
	await new Promise<void>(resolve => inBetween.listen(0, '127.0.0.1', resolve));
	if (proxy) {
		east.cluster['proxy-url'] = `${proxy.scheme}://127.0.0.1:${(inBetween.address() as AddressInfo).port}`;
	}
	return {
		kubeconfig: stringify(config),
		spoiled: () => spoiled,
		async [Symbol.asyncDispose]() {
			inBetween.close();
			const closed = new Promise(resolve => server.close(resolve));
			for (const socket of sockets) {
				socket.destroy();
			}
			await closed;
		},
	};
}

type Config = { clusters: { name: string; cluster: Record<string, string> & { server: string } }[] };

function acceptance({ headers }: IncomingMessage): string {
	const key = `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
	return [
		'HTTP/1.1 101 Switching Protocols',
		'Upgrade: websocket',
		'Connection: Upgrade',
		`Sec-WebSocket-Accept: ${createHash('sha1').update(key).digest('base64')}`,
		'Sec-WebSocket-Protocol: v5.channel.k8s.io',
		'',
		'',
	].join('\r\n');
}
