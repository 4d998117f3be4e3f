import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { socks5 } from '../../../source/gateways/kubernetes/socks5.ts';

const to = { host: 'cluster.example', port: 6443 };

/** Longer than any machine takes for a few bytes. */
const patience = 30_000;

test('a SOCKS proxy that answers a byte at a time opens the way, and what follows is left to the next reader', async () => {
	const proxy = await openProxy(async socket => {
		await sendSlowly(socket, [5, 0]);
		await sendSlowly(socket, [5, 0, 0, 3, 4, ...Buffer.from('here'), 0, 1, ...Buffer.from('hello')]);
	});
	const socket = await socks5(proxy, to, patience);
	let said = '';
	for await (const chunk of socket) {
		said += chunk;
		if (said === 'hello') break;
	}
	expect(said).toBe('hello');
});

test('one that goes on answering is given up in all, not for each byte', async () => {
	const proxy = await openProxy(async socket => {
		await sendSlowly(socket, [5, 0]);
		await sendSlowly(socket, [5, 0, 0, 3, 255]);
		const timer = setInterval(() => socket.write('a'), 20);
		socket.on('close', () => clearInterval(timer));
	});
	await expect(socks5(proxy, to, 200)).rejects.toThrow('the proxy does not respond');
});

async function openProxy(serve: (socket: Socket) => Promise<void>): Promise<URL> {
	const server = createServer(socket => {
		socket.on('error', () => {});
		serve(socket).catch(() => {});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => void server.close());
	const address = server.address();
	return new URL(`socks5://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
}

const pause = promisify(setImmediate);

/** Once something was asked. Each byte is in a segment of its own. */
async function sendSlowly(socket: Socket, bytes: readonly number[]): Promise<void> {
	socket.setNoDelay(true);
	await once(socket, 'data');
	for (const byte of bytes) {
		await new Promise(resolve => socket.write(Buffer.of(byte), resolve));
		await pause();
	}
}
