import { createServer, type Socket } from 'node:net';
import { type Listening, listenOnLoopback } from '../way-in/loopback.ts';
import { type CurlCall, podsCurl, type Surroundings } from './pods-curl.ts';

/** The network as the pods of one cluster see it, on a port of loopback: their curl hands over what it is to do. */
export function startPodNetwork(surroundings: Surroundings): Promise<Listening> {
	// A call ends where its sender has no more to say.
	return listenOnLoopback(
		createServer({ allowHalfOpen: true }, socket => {
			const chunks: Buffer[] = [];
			socket.on('data', (chunk: Buffer) => chunks.push(chunk));
			socket.on('end', () => void answer(socket, Buffer.concat(chunks).toString(), surroundings));
		}),
	);
}

async function answer(socket: Socket, call: string, surroundings: Surroundings) {
	try {
		socket.end(JSON.stringify(await podsCurl(JSON.parse(call) as CurlCall, surroundings)));
	} catch {
		// Whoever asked was ended while it spoke.
		socket.destroy();
	}
}
