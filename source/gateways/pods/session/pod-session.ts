import { randomUUID } from 'node:crypto';
import type { PodRef } from '../../../pairing/clusters/cluster.ts';
import { portworxContainer } from '../../../pairing/clusters/portworx.ts';
import type { PairingError } from '../../../pairing/words/problem.ts';
import type { Secret } from '../../../pairing/words/secret.ts';
import type { Connection } from '../../kubernetes/connection.ts';
import { type Asked, explainNetwork, explainTimeout } from '../../kubernetes/explain.ts';
import { type JobStream, jobStream } from './job-stream.ts';
import { type Exec, type ExecEnd, openExec } from './pod-exec.ts';
import { jobInput, podLoop, type Work } from './pod-loop.ts';

export type Job = Readonly<{
	work: Work;
	/** The counted lines that the work takes. */
	stdin: string;
	/** What of them is secret. */
	secrets?: readonly Secret[];
	seconds: number;
}>;

export type JobResult =
	| Readonly<{ kind: 'exited'; code: number; stdout: string; stderr: string }>
	/** Nothing of it has run. */
	| Readonly<{ kind: 'not-started'; error: PairingError }>;

/** One exec, and in it a loop that does one job after the other. */
export type PodSession = Readonly<{
	/** No more jobs can be given to it. */
	isOver(): boolean;
	/** How many it was given. */
	jobs(): number;
	/**
	 * What it is given while another runs is lost.
	 * @throws PairingError when the job may have run; then the session is over
	 */
	run(job: Job): Promise<JobResult>;
}>;

type Running = Readonly<{
	stdout: JobStream;
	stderr: JobStream;
	resolve(result: JobResult): void;
	reject(error: unknown): void;
}>;

/** Milliseconds. Load balancers give up connections that say nothing for a minute, without a word to either end. */
const longestRest = 10_000;

/** Nothing is opened before the first job. */
export function podSession(connection: Connection, pod: PodRef): PodSession {
	const secrets: Secret[] = [];
	const asked: Asked = {
		side: connection.side,
		context: connection.context,
		server: connection.server,
		what: `exec in pod ${pod.namespace}/${pod.name}`,
		get secrets() {
			return [...(connection.secrets ?? []), ...secrets];
		},
	};
	const ending = new AbortController();
	const signal = AbortSignal.any([connection.signal, ending.signal]);
	const place = { pod, container: portworxContainer, command: ['sh', '-c', podLoop] };
	let jobs = 0;
	let isOver = false;
	let running: Running | undefined;
	let exec: Exec | undefined;
	let rest: NodeJS.Timeout | undefined;
	const end = () => {
		isOver = true;
		ending.abort();
	};

	const listener = {
		output(stream: 'stdout' | 'stderr', bytes: Buffer) {
			running?.[stream].add(bytes);
			const result = running && resultOf(running);
			if (result) {
				running?.resolve(result);
			}
		},
		ended(ended: ExecEnd) {
			isOver = true;
			if (running) {
				settle(running, ended, asked, jobs === 1);
			}
		},
	};

	const begin = async (input: string, seconds: number) => {
		if (!exec) {
			const opened = await openExec({ ...connection, signal }, place, asked, seconds, listener);
			if ('kind' in opened) {
				return;
			}
			exec = opened;
		}
		exec.keepsProcess(true);
		exec.send(input);
	};

	return {
		isOver: () => isOver || exec?.isOpen() === false,
		jobs: () => jobs,
		async run(job) {
			clearTimeout(rest);
			jobs += 1;
			secrets.push(...(job.secrets ?? []));
			const seconds = Math.min(job.seconds, connection.longest ?? job.seconds);
			const mark = randomUUID().replaceAll('-', '');
			const { promise, resolve, reject } = Promise.withResolvers<JobResult>();
			running = { stdout: jobStream(mark), stderr: jobStream(mark), resolve, reject };
			const timer = setTimeout(() => reject(explainTimeout(asked, seconds)), seconds * 1000);
			begin(jobInput(mark, job.work, job.stdin), seconds).catch(reject);
			try {
				return await promise;
			} catch (error) {
				end();
				throw error;
			} finally {
				clearTimeout(timer);
				running = undefined;
				exec?.keepsProcess(false);
				rest = setTimeout(end, longestRest).unref();
			}
		},
	};
}

function resultOf({ stdout, stderr }: Running): JobResult | undefined {
	const code = stdout.code();
	return code === undefined || stderr.code() === undefined
		? undefined
		: { kind: 'exited', code, stdout: stdout.text(), stderr: stderr.text() };
}

/** Of a job whose exec ends before it. A first job that the loop has not begun ended with what took the loop's place. */
function settle(
	{ stdout, stderr, resolve, reject }: Running,
	ended: ExecEnd,
	asked: Asked,
	isFirst: boolean,
) {
	if (ended.kind === 'not-started') {
		resolve(ended);
	} else if (ended.kind === 'broken') {
		reject(ended.error);
	} else if (isFirst && !stdout.began() && !stderr.began()) {
		resolve({ kind: 'exited', code: ended.code, stdout: stdout.text(), stderr: stderr.text() });
	} else {
		reject(explainNetwork(asked, Object.assign(new Error(), { code: 'closed before the command ended' })));
	}
}
