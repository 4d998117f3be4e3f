import { connect, isIP, type Socket } from 'node:net';
import { unescaped } from './kubeconfig/address.ts';

type Address = Readonly<{ host: string; port: number }>;

/** Why a proxy did not open the way, in words for evidence. */
export const failed = (code: string): Error => Object.assign(new Error(code), { code });

/** A connection through a SOCKS5 proxy, which is given the name of the server: nothing is resolved here (RFC 1928, 1929). */
export async function socks5(proxy: URL, to: Address, patience: number): Promise<Socket> {
	const socket = connect({ host: proxy.hostname.replaceAll(/[[\]]/g, ''), port: Number(proxy.port || 1080) });
	// In all: an idle timeout begins again with each byte.
	const deadline = setTimeout(() => socket.destroy(failed('the proxy does not respond')), patience);
	const read = reader(socket);
	try {
		await logIn(socket, proxy, read);
		socket.write(Buffer.concat([Buffer.from([5, 1, 0]), addressOf(to.host), portOf(to.port)]));
		const [, status, , kind] = await read(4);
		if (status !== 0) {
			throw failed(`the proxy answers with SOCKS code ${status}`);
		}
		const [length = 0] = kind === 3 ? await read(1) : [kind === 4 ? 16 : 4];
		await read(length + 2);
		return socket;
	} catch (error) {
		socket.destroy();
		throw error;
	} finally {
		clearTimeout(deadline);
	}
}

async function logIn(socket: Socket, proxy: URL, read: (bytes: number) => Promise<Buffer>): Promise<void> {
	const [name, password] = [unescaped(proxy.username), unescaped(proxy.password)];
	const login = name.length + password.length > 0;
	if (login && (name.length === 0 || name.length > 255 || password.length > 255)) {
		throw failed('the proxy login has no name, or is too long for SOCKS');
	}
	socket.write(Buffer.from([5, login ? 2 : 1, 0, ...(login ? [2] : [])]));
	const [, method] = await read(2);
	if (method === 2) {
		socket.write(Buffer.concat([Buffer.from([1]), counted(name), counted(password)]));
		const [, refused] = await read(2);
		if (refused !== 0) {
			throw failed('the proxy rejects the login');
		}
	} else if (method !== 0) {
		throw failed('the proxy needs another login method');
	}
}

const counted = (text: Buffer): Buffer => Buffer.concat([Buffer.from([text.length]), text]);

function addressOf(host: string): Buffer {
	return isIP(host) === 4
		? Buffer.from([1, ...host.split('.').map(Number)])
		: Buffer.concat([Buffer.from([3]), counted(Buffer.from(host))]);
}

const portOf = (port: number): Buffer => Buffer.from([port >> 8, port & 0xff]);

/** Takes so many bytes of what comes, and leaves the rest to the next who reads. */
function reader(socket: Socket) {
	return async (bytes: number): Promise<Buffer> => {
		const chunks: Buffer[] = [];
		for (let left = bytes; left > 0; ) {
			// What is left in a socket makes it readable again at once: to wait for more of it would be all that goes on.
			const chunk: unknown = socket.read(Math.min(left, socket.readableLength));
			if (Buffer.isBuffer(chunk)) {
				chunks.push(chunk);
				left -= chunk.length;
			} else {
				await changed(socket);
			}
		}
		return Buffer.concat(chunks);
	};
}

function changed(socket: Socket): Promise<void> {
	const { promise, resolve, reject } = Promise.withResolvers<void>();
	const onError = (error: Error) => reject(error);
	const onEnd = () => reject(failed('the proxy closed the connection'));
	socket.once('readable', resolve).once('error', onError).once('end', onEnd);
	return promise.finally(() => socket.off('readable', resolve).off('error', onError).off('end', onEnd));
}
