import { createServer, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Listening, listenOnLoopback } from './loopback.ts';

export type Proxy = Listening &
	Readonly<{
		/** `host:port` of every tunnel that was asked for, oldest first. */
		tunnels: readonly string[];
	}>;

/** An HTTP proxy on this machine, as people have one to reach a cluster. It points to one port of loopback and nowhere else. */
export async function startProxy(port: number): Promise<Proxy> {
	const tunnels: string[] = [];
	const allowed = [`127.0.0.1:${port}`, `localhost:${port}`];
	const server = createServer((_request, response) => response.writeHead(405).end());
	server.on('connect', ({ url = '' }: IncomingMessage, client: Duplex, head: Buffer) => {
		tunnels.push(url);
		if (allowed.includes(url)) openTunnel(client, port, head);
		else client.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
	});
	return { ...(await listenOnLoopback(server)), tunnels };
}

function openTunnel(client: Duplex, port: number, head: Buffer): void {
	const upstream = connect(port, '127.0.0.1', () => {
		client.write('HTTP/1.1 200 Connection established\r\n\r\n');
		upstream.write(head);
		client.pipe(upstream).pipe(client);
	});
	upstream.on('error', () => client.destroy());
	upstream.on('close', () => client.destroy());
	client.on('error', () => upstream.destroy());
	client.on('close', () => upstream.destroy());
}
