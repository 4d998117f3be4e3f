import { createServer, type Socket } from 'node:net';
import { type Listening, listenOnLoopback } from '../way-in/loopback.ts';
import { type CurlCall, podsCurl, type Surroundings } from './pods-curl.ts';
import { spoken, spokenAnswer, spokenCall } from './spoken-call.ts';

/** The network as the pods of one cluster see it, on a port of loopback: their curl hands over what it is to do. */
export function startPodNetwork(surroundings: Surroundings): Promise<Listening> {
	// A call ends where its sender has no more to say.
	return listenOnLoopback(
		createServer({ allowHalfOpen: true }, socket => {
			let bytes: Buffer = Buffer.alloc(0);
			socket.on('error', () => socket.destroy());
			socket.on('data', (chunk: Buffer) => {
				bytes = Buffer.concat([bytes, chunk]);
				const call = isSpoken(bytes) ? spokenCall(bytes) : undefined;
				if (call) {
					void podsCurl(call, surroundings).then(result => socket.end(spokenAnswer(result)));
				}
			});
			socket.on('end', () => {
				if (!isSpoken(bytes)) void answer(socket, bytes.toString(), surroundings);
			});
		}),
	);
}

const isSpoken = (bytes: Buffer): boolean => bytes.subarray(0, spoken.length).toString() === spoken;

async function answer(socket: Socket, call: string, surroundings: Surroundings) {
	try {
		socket.end(JSON.stringify(await podsCurl(JSON.parse(call) as CurlCall, surroundings)));
	} catch {
		// Anyone who asked was ended while it spoke.
		socket.destroy();
	}
}
