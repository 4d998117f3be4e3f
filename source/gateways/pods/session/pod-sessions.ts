import type { PodRef } from '../../../pairing/clusters/cluster.ts';
import type { Connection } from '../../kubernetes/connection.ts';
import { type Job, type JobResult, type PodSession, podSession } from './pod-session.ts';

/** Those with one pod, over one connection. */
export type PodSessions = Readonly<{
	/** Whether a job could begin without another exec. */
	isOpen(): boolean;
	/**
	 * @param isStale called when the connection broke that an earlier job had left behind
	 * @throws PairingError when the job may have run
	 */
	run(job: Job, isStale?: () => void): Promise<JobResult>;
}>;

/** A session, or why there is none. */
type Taken = PodSession | Extract<JobResult, { kind: 'not-started' }>;

/** Milliseconds that jobs wait for one that runs, before another session is opened. */
const patience = 1000;

const ofConnections = new WeakMap<Connection, Map<string, PodSessions>>();

/** They end with the connection's signal, and by themselves when there is nothing more to do. */
export function sessionsOf(connection: Connection, pod: PodRef): PodSessions {
	const ofPods = ofConnections.get(connection) ?? new Map<string, PodSessions>();
	ofConnections.set(connection, ofPods);
	const name = `${pod.namespace}/${pod.name}`;
	const sessions = ofPods.get(name) ?? openSessions(connection, pod);
	ofPods.set(name, sessions);
	return sessions;
}

function openSessions(connection: Connection, pod: PodRef): PodSessions {
	const resting: PodSession[] = [];
	/** Those that run a job, and whether it takes its time. */
	const working = new Map<PodSession, 'quick' | 'slow'>();
	const waiting: ((taken: Taken) => void)[] = [];
	const start = () => {
		const session = podSession(connection, pod);
		working.set(session, 'quick');
		return session;
	};

	const take = async (): Promise<Taken> => {
		const session = rested(resting);
		if (session) {
			working.set(session, 'quick');
			return session;
		}
		return [...working.values()].includes('quick') ? new Promise(resolve => waiting.push(resolve)) : start();
	};
	const becomesSlow = (session: PodSession) => {
		working.set(session, 'slow');
		waiting.shift()?.(start());
	};
	const giveBack = (session: PodSession, result: JobResult | undefined) => {
		working.delete(session);
		if (result?.kind === 'not-started') {
			// The pod's door is shut for all of them: other pods are tried.
			for (const next of waiting.splice(0)) next(result);
			return;
		}
		const next = waiting.shift();
		if (next) {
			next(session.isOver() ? start() : working.set(session, 'quick') && session);
		} else if (!session.isOver()) {
			resting.push(session);
		}
	};

	return {
		isOpen: () => working.size > 0 || resting.some(session => !session.isOver()),
		async run(job, isStale) {
			const taken = await take();
			if ('kind' in taken) {
				return taken;
			}
			const isUsed = taken.jobs() > 0;
			const timer = setTimeout(() => becomesSlow(taken), patience);
			let result: JobResult | undefined;
			try {
				result = await taken.run(job);
				return result;
			} catch (error) {
				if (isUsed) {
					isStale?.();
				}
				throw error;
			} finally {
				clearTimeout(timer);
				giveBack(taken, result);
			}
		},
	};
}

function rested(resting: PodSession[]): PodSession | undefined {
	for (let session = resting.pop(); session; session = resting.pop()) {
		if (!session.isOver()) {
			return session;
		}
	}
	return undefined;
}
