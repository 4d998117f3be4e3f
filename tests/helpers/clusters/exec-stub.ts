import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { stubCertificate } from './api-stub.ts';

/** A server that takes every exec, and does with its socket what it is told. */
export async function execStub(onSocket: (socket: WebSocket) => void): Promise<string> {
	const server = createServer({ cert: stubCertificate.certPem, key: stubCertificate.keyPem });
	const sockets = new WebSocketServer({ server, handleProtocols: () => 'v4.channel.k8s.io' });
	sockets.on('connection', socket => {
		socket.on('error', () => {});
		onSocket(socket);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(async () => {
		for (const socket of sockets.clients) socket.terminate();
		const closed = new Promise(resolve => server.close(resolve));
		server.closeAllConnections();
		await closed;
	});
	return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
