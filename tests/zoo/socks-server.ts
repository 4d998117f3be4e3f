import type { Socket } from 'node:net';

/** The server's part of SOCKS5 (RFC 1928), each message of the client in one chunk, as Go and Node send them on loopback. */
export function answerSocks(
	socket: Socket,
	opened: (address: string, auth: string | undefined) => void,
): void {
	let auth: string | undefined;
	const next = (read: (chunk: Buffer) => void) => socket.once('data', read);
	next(greeting => {
		const wantsLogin = greeting.subarray(2).includes(2);
		socket.write(Buffer.from([5, wantsLogin ? 2 : 0]));
		next(first => {
			if (!wantsLogin) {
				ask(first);
				return;
			}
			const nameEnd = 2 + (first[1] ?? 0);
			auth = `${first.subarray(2, nameEnd)}:${first.subarray(nameEnd + 1)}`;
			socket.write(Buffer.from([1, 0]));
			next(ask);
		});
	});
	const ask = (message: Buffer) => {
		const byName = message[3] === 3;
		const start = byName ? 5 : 4;
		const end = start + (byName ? (message[4] ?? 0) : message[3] === 4 ? 16 : 4);
		const address = message.subarray(start, end);
		const host = byName ? address.toString() : address.length === 4 ? [...address].join('.') : '::1';
		opened(`${host}:${message.readUInt16BE(end)}`, auth);
	};
}
