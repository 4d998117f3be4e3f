import { connect } from 'node:net';
import type { ClosedToPods } from '../contract.ts';
import { SystemError } from '../pod/files.ts';
import { createPipe, during, OpenFile } from '../pod/streams.ts';
import type { Refused } from '../pxctl/refused.ts';
import type { CurlOptions } from './curl-options.ts';
import { type Failed, type Fetched, fetchOverLoopback } from './loopback.ts';
import type { KeptObjects } from './objects.ts';
import { askPracticeStore } from './stores.ts';

/** The network as pods see it. Of this machine they reach the ports that the practice clusters opened, and no others. */
export type PodNetwork = Readonly<{
	fetch(options: CurlOptions, ca: string | undefined): Promise<Fetched | Failed>;
	/** A connection, as bash opens one for `/dev/tcp`. */
	connect(host: string, port: string, signal: AbortSignal): Promise<OpenFile>;
}>;

export type Surroundings = Readonly<{
	closedToPods: ClosedToPods;
	/** Ports of loopback where the practice clusters listen. */
	openToPods: Pick<ReadonlySet<number>, 'has'>;
	/** What the practice stores refuse just now. */
	refused(): Refused;
}>;

const isLoopback = (host: string): boolean => /^(127\.\d+\.\d+\.\d+|::1|localhost)$/.test(host);
const isAddress = (host: string): boolean => /^[\d.]+$|:/.test(host);

export function createPodNetwork({ closedToPods, openToPods, refused }: Surroundings): PodNetwork {
	const kept: KeptObjects = new Map();
	return {
		async fetch(options, ca) {
			const { url, connectTo } = options;
			const host = connectTo?.host ?? url.hostname.replaceAll(/[[\]]/g, '');
			const port = connectTo?.port ?? (url.port || (url.protocol === 'http:' ? '80' : '443'));
			const failed = (why: string): Failed => ({
				code: 7,
				words: `Failed to connect to ${host} port ${port}: ${why}`,
			});
			switch (closedToPods.get(`${host}:${port}`)) {
				case 'refused':
					return failed('Connection refused');
				case 'silent':
					return { code: 28, words: 'Connection timed out after 5001 milliseconds' };
				default:
					break;
			}
			if (isLoopback(host)) {
				return openToPods.has(Number(port))
					? fetchOverLoopback(options, '127.0.0.1', port, ca)
					: failed('Connection refused');
			}
			const answer = askPracticeStore(options, refused(), kept);
			if (answer) return answer;
			return isAddress(host)
				? failed('No route to host')
				: { code: 6, words: `Could not resolve host: ${host}` };
		},
		async connect(host, port, signal) {
			const closed = closedToPods.get(`${host}:${port}`);
			if (closed === 'silent') return during(signal, new Promise<never>(() => undefined));
			if (!isLoopback(host)) throw new SystemError(isAddress(host) ? 'EHOSTUNREACH' : 'ENOTFOUND');
			if (closed || !openToPods.has(Number(port))) throw new SystemError('ECONNREFUSED');
			return connected(Number(port), signal);
		},
	};
}

async function connected(port: number, signal: AbortSignal): Promise<OpenFile> {
	const socket = connect(port, '127.0.0.1');
	const { promise, resolve, reject } = Promise.withResolvers<void>();
	socket.once('connect', resolve);
	socket.on('error', () => reject(new SystemError('ECONNREFUSED')));
	try {
		await during(signal, promise);
	} catch (error) {
		socket.destroy();
		throw error;
	}
	const { reader, writer } = createPipe();
	const forever = new AbortController().signal;
	socket.on('data', (chunk: Buffer) => {
		socket.pause();
		writer.write(chunk, forever).then(
			() => socket.resume(),
			() => socket.destroy(),
		);
	});
	socket.once('close', () => writer.release());
	return new OpenFile({
		isTerminal: false,
		read: waits => reader.read(waits),
		async write(bytes, waits) {
			const { promise: written, resolve: done } = Promise.withResolvers<void>();
			socket.write(bytes, () => done());
			await during(waits, written);
		},
		close() {
			reader.release();
			socket.destroy();
		},
	});
}
