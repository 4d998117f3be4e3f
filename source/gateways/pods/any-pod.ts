import type { PodRef, PortworxFacts } from '../../pairing/clusters/cluster.ts';
import { PairingError } from '../../pairing/words/problem.ts';
import type { Connection } from '../kubernetes/connection.ts';
import type { Job, JobResult } from './session/pod-session.ts';
import { sessionsOf } from './session/pod-sessions.ts';

export type PodRun = Job &
	Readonly<{
		/** Whether running it twice does no harm, so that a broken connection may be followed by another one. */
		repeatable: boolean;
	}>;

export type RanInPod = Extract<JobResult, { kind: 'exited' }> & Readonly<{ pod: PodRef }>;

/**
 * In the first Portworx pod that will have it: pods stand in for each other, since Portworx keeps credentials and tokens for the
 * cluster as a whole. One that is talked to already comes before the others.
 */
export async function runInAnyPod(
	connection: Connection,
	{ pods }: PortworxFacts,
	{ repeatable, ...job }: PodRun,
): Promise<RanInPod> {
	const isOpen = (pod: PodRef) => sessionsOf(connection, pod).isOpen();
	const left = [...pods.filter(isOpen), ...pods.filter(pod => !isOpen(pod))];
	let failure: PairingError | undefined;
	for (let pod = left.shift(); pod; pod = left.shift()) {
		const again = pod;
		try {
			const result = await sessionsOf(connection, pod).run(job, () => left.unshift(again));
			if (result.kind === 'exited') {
				return { ...result, pod };
			}
			failure ??= result.error;
			if (isFinal(result.error)) {
				throw result.error;
			}
		} catch (error) {
			if (!(error instanceof PairingError) || !repeatable || isFinal(error)) {
				throw error;
			}
			failure ??= error;
		}
	}
	throw failure;
}

/** What no other pod would answer differently. */
const isFinal = ({ problem }: PairingError): boolean =>
	['cancelled', 'unauthorized', 'forbidden', 'timeout', 'certificate-unknown'].includes(problem.id);
