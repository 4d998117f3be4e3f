import type { PodRef, PortworxFacts } from '../../pairing/clusters/cluster.ts';
import { portworxContainer } from '../../pairing/clusters/portworx.ts';
import { PairingError } from '../../pairing/words/problem.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { execInPod, type PodCommand, type PodResult } from './pod-exec.ts';

export type PodRun = Pick<PodCommand, 'command' | 'stdin' | 'secrets' | 'seconds'> &
	Readonly<{
		/** Whether running it twice does no harm, so that a broken connection may be followed by another pod. */
		repeatable: boolean;
	}>;

export type RanInPod = Extract<PodResult, { kind: 'exited' }> & Readonly<{ pod: PodRef }>;

/**
 * In the first Portworx pod that will have it: pods stand in for each other, since Portworx keeps credentials and tokens for the
 * cluster as a whole.
 */
export async function runInAnyPod(
	connection: Connection,
	{ pods }: PortworxFacts,
	{ repeatable, ...command }: PodRun,
): Promise<RanInPod> {
	let failure: PairingError | undefined;
	for (const pod of pods) {
		try {
			const result = await execInPod(connection, { ...command, pod, container: portworxContainer });
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
