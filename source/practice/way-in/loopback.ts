import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

export type Listening = Readonly<{
	port: number;
	/** Ends open connections at once. */
	close(): Promise<void>;
}>;

/** Listens on a free port of loopback. */
export async function listenOnLoopback(server: Server): Promise<Listening> {
	const sockets = new Set<Socket>();
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		// A client that goes away is no one's mistake.
		socket.on('error', () => socket.destroy());
		socket.once('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	return {
		port: (server.address() as AddressInfo).port,
		async close() {
			const closed = new Promise(resolve => server.close(resolve));
			for (const socket of sockets) socket.destroy();
			await closed;
		},
	};
}

/** A port of this machine where nothing listens, as far as one can know. */
export async function closedPort(): Promise<number> {
	const { port, close } = await listenOnLoopback(createServer());
	await close();
	return port;
}
