import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { type Practice, type PracticeOptions, startPractice } from '../../source/practice/practice.ts';
import { longestChain } from './longest-chain.ts';
import type { Surroundings } from './surroundings.ts';

/** Practice clusters in this process, which count what reaches their API servers. */
export type Clusters = AsyncDisposable &
	Readonly<{
		practice: Practice;
		/** What a command is given to reach them. */
		args: readonly string[];
		kubeconfig: string;
		/** Since the last time it was asked. */
		count(): Readonly<{
			requests: number;
			execs: number;
			/** On the cluster that had more of them. */
			mostExecs: number;
			/** The most of them of which each was asked for when the one before it had begun. */
			execChain: number;
			connections: number;
		}>;
	}>;

let opened = 0;

export async function openClusters(
	surroundings: Surroundings,
	options: PracticeOptions = {},
): Promise<Clusters> {
	const practice = await startPractice({ ...options, folder: surroundings.folder });
	const { east, west } = practice.clusters;
	const kubeconfig = surroundings.file(`clusters-${opened++}`, practice.kubeconfig);
	const ports = [east, west].map(({ url }) => Number(new URL(url).port));
	let connections = 0;
	const connected = (message: unknown) => {
		const { socket } = message as { socket: Socket };
		connections += ports.includes(socket.localPort ?? 0) ? 1 : 0;
	};
	subscribe('net.server.socket', connected);
	const named = ['--source', 'east', '--destination', 'west', '--kubeconfig', kubeconfig];
	return {
		practice,
		args: ['examples/practice-s3.yaml', ...named, '--storkctl', 'none'],
		kubeconfig,
		count() {
			const all = [...east.requests, ...west.requests];
			const [here = 0, there = 0] = [east, west].map(
				({ requests }) => requests.filter(({ url }) => /\/exec\?/.test(url)).length,
			);
			const execs = {
				execs: here + there,
				mostExecs: Math.max(here, there),
				execChain: longestChain([...east.execs, ...west.execs]),
			};
			const counted = { requests: all.length, ...execs, connections };
			for (const { requests, execs } of [east, west]) {
				requests.length = 0;
				execs.length = 0;
			}
			connections = 0;
			return counted;
		},
		async [Symbol.asyncDispose]() {
			unsubscribe('net.server.socket', connected);
			await practice.close();
		},
	};
}
