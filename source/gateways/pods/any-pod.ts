import type { PodRef, PortworxFacts } from '../../pairing/clusters/cluster.ts';
import { withoutUnseen } from '../../pairing/words/outside-text.ts';
import { PairingError } from '../../pairing/words/problem.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { redact } from '../machine/redact.ts';
import type { Job, JobResult } from './session/pod-session.ts';
import { sessionsOf } from './session/pod-sessions.ts';

export type PodRun = Job &
	Readonly<{
		/** Whether running it twice does no harm, so that a broken connection may be followed by another one. */
		repeatable: boolean;
	}>;

/**
 * Its streams are to be read, secrets and all, without what no one sees: a secret that is also a word of theirs hides nothing there. An API
 * server knows the login that it is asked with, and may say anything in the name of a pod, so what is told of them goes through `shown`.
 */
export type RanInPod = Extract<JobResult, { kind: 'exited' }> &
	Readonly<{
		pod: PodRef;
		/** The output as it came. */
		raw: string;
		/** Without the login, and without the secrets of the job. */
		shown(text: string): string;
	}>;

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
				const secrets = [...(connection.secrets ?? []), ...(job.secrets ?? [])];
				return {
					...result,
					stdout: withoutUnseen(result.stdout),
					stderr: withoutUnseen(result.stderr),
					raw: result.stdout,
					pod,
					shown: text => redact(text, secrets),
				};
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
