import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';
import { type Connection, connect } from '../../../source/gateways/kubernetes/connection.ts';
import type { ContextEntry } from '../../../source/gateways/kubernetes/kubeconfig.ts';
import { createServerCertificate, type ServerCertificate } from '../../../source/practice/certificates.ts';

export type Received = Readonly<{
	line: string;
	headers: IncomingMessage['headers'];
	body: string;
	/** Of the client's certificate, when it showed one. */
	subject: string | undefined;
}>;

/** What a stub answers: a text as it is, anything else as JSON; or it does with the response what it wants. */
export type StubAnswer =
	| Readonly<{ code?: number; type?: string; headers?: Record<string, string>; body: unknown }>
	| ((response: ServerResponse, request: IncomingMessage) => void);

export type Stub = Readonly<{
	url: string;
	port: number;
	caPem: string;
	received: Received[];
	/** How many TLS connections there were. */
	connections(): number;
}>;

export type StubOptions = Readonly<{ certificate?: ServerCertificate; asksForCertificate?: boolean }>;

/** An HTTPS server on loopback that answers as told, one answer after the other; the last one again and again. */
export async function startStub(answers: readonly StubAnswer[], options: StubOptions = {}): Promise<Stub> {
	const { certificate = stubCertificate, asksForCertificate = false } = options;
	const received: Received[] = [];
	const sockets = new Set<TLSSocket>();
	let connections = 0;
	const left = [...answers];
	const server = createServer({
		cert: certificate.certPem,
		key: certificate.keyPem,
		requestCert: asksForCertificate,
		rejectUnauthorized: false,
		keepAliveTimeout: 0,
	});
	server.on('secureConnection', socket => {
		connections += 1;
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => sockets.delete(socket));
	});
	server.on('request', async (request, response) => {
		const subject = (request.socket as TLSSocket).getPeerCertificate?.().subject?.CN;
		const { method, url, headers } = request;
		received.push({
			line: `${method} ${url}`,
			headers,
			body: await text(request),
			subject: subject && String(subject),
		});
		const answer = left.length > 1 ? left.shift() : left[0];
		if (typeof answer === 'function') {
			answer(response, request);
			return;
		}
		const { code = 200, type = 'application/json', body, headers: more } = answer ?? { body: {} };
		response.writeHead(code, { 'content-type': type, ...more });
		response.end(typeof body === 'string' ? body : JSON.stringify(body));
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(async () => {
		const closed = new Promise(resolve => server.close(resolve));
		for (const socket of sockets) {
			socket.destroy();
		}
		await closed;
	});
	const { port } = server.address() as AddressInfo;
	return {
		url: `https://127.0.0.1:${port}`,
		port,
		caPem: certificate.caPem,
		received,
		connections: () => connections,
	};
}

export const stubCertificate = createServerCertificate('stub');

type Fields = Record<string, unknown>;

/** The context `east` for a server, with a token of its own unless told otherwise. */
export function entryFor(
	server: Pick<Stub, 'url' | 'caPem'>,
	{
		cluster = {},
		user = { token: 'canary-token' },
		folder = '/',
	}: { cluster?: Fields; user?: Fields; folder?: string } = {},
): ContextEntry {
	const fields: Fields = {
		server: server.url,
		'certificate-authority-data': Buffer.from(server.caPem).toString('base64'),
		...cluster,
	};
	return {
		name: 'east',
		namespace: undefined,
		clusterName: 'east',
		userName: 'admin',
		server: String(fields.server),
		cluster: { fields, folder },
		user: { fields: user, folder },
	};
}

/** A connection as source; closed when the test ends. */
export function connectionTo(
	entry: ContextEntry,
	signal: AbortSignal = new AbortController().signal,
): Connection {
	const connection = connect('source', entry, { environment: { PATH: process.env.PATH }, signal });
	onTestFinished(() => connection.close());
	return connection;
}
