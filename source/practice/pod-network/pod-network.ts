import { type AddressInfo, createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { type CurlCall, type CurlResult, podsCurl, type Surroundings } from './pods-curl.ts';

/** The network as the pods of one cluster see it: their curl hands over to this process what it is to do. */
export type PodNetwork = Readonly<{
	/** Where the pods' curl finds it, on 127.0.0.1. */
	port: number;
	/** From now on, connections of the pods to that `host:port` fail. */
	block(place: string, how: 'refused' | 'silent'): void;
	close(): Promise<void>;
}>;

export async function startPodNetwork(storeRefuses: Surroundings['storeRefuses']): Promise<PodNetwork> {
	const blocked = new Map<string, 'refused' | 'silent'>();
	const surroundings: Surroundings = { blocked: place => blocked.get(place), storeRefuses };
	const sockets = new Set<Socket>();
	// A call ends where its sender has no more to say.
	const server = createServer({ allowHalfOpen: true }, socket => {
		sockets.add(socket);
		socket.on('error', () => undefined);
		socket.on('close', () => sockets.delete(socket));
		void answer(socket, surroundings);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		block: (place, how) => void blocked.set(place, how),
		async close() {
			const closed = new Promise(resolve => server.close(resolve));
			for (const socket of sockets) socket.destroy();
			await closed;
		},
	};
}

async function answer(socket: Socket, surroundings: Surroundings) {
	try {
		const call = JSON.parse(await text(socket)) as CurlCall;
		const result: CurlResult = await podsCurl(call, surroundings);
		socket.end(JSON.stringify(result));
	} catch {
		// Broken off, as whoever asked has been ended.
		socket.destroy();
	}
}
