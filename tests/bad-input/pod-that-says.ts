import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { WebSocketServer } from 'ws';
import { turns } from '../../source/gateways/kubernetes/api/answer.ts';
import type { Connection } from '../../source/gateways/kubernetes/connection.ts';
import type { PortworxFacts } from '../../source/pairing/clusters/cluster.ts';

export type Said = Readonly<{ stdout?: string; stderr?: string; status?: string }>;

export type TalkingPod = Readonly<{
	connection: () => Connection;
	portworx: PortworxFacts;
	/** What the next commands in it print, and the last frame of their connection. */
	says(said: Said): void;
}>;

export const success = JSON.stringify({ status: 'Success' });
export const exitCode = (code: number): string =>
	JSON.stringify({
		status: 'Failure',
		reason: 'NonZeroExitCode',
		details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
	});

/** A cluster with one pod, in which every command says what it is told to, over the protocol of exec. */
export function podThatSays(): TalkingPod {
	let now: Said = {};
	const server = createServer();
	const sockets = new WebSocketServer({ server, handleProtocols: () => 'v5.channel.k8s.io' });
	sockets.on('connection', socket => {
		socket.on('error', () => {});
		socket.once('message', () => {
			const { stdout = '', stderr = '', status = success } = now;
			for (const [channel, text] of [
				[1, stdout],
				[2, stderr],
				[3, status],
			] as const) {
				socket.send(Buffer.concat([Buffer.from([channel]), Buffer.from(text)]));
			}
			socket.close();
		});
	});
	beforeAll(() => new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve)));
	afterAll(() => {
		sockets.close();
		server.close();
	});
	return {
		connection: () => ({
			side: 'source',
			context: 'east',
			server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
			signal: new AbortController().signal,
			longest: 10,
			takeTurn: turns(),
			logIn: async () => {},
			send: () => Promise.reject(new Error('nothing but exec is asked for')),
			socketOptions: async () => ({}),
			close() {},
		}),
		portworx: {
			install: 'operator',
			namespace: 'px',
			pods: [{ namespace: 'px', name: 'px-1' }],
			podCount: 1,
			secured: false,
			startPort: 9001,
		},
		says(said) {
			now = said;
		},
	};
}
