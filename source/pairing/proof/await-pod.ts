import { eventType } from '../clusters/kubernetes.ts';
import { latestWarning } from '../clusters/latest-warning.ts';
import {
	claimType,
	configMapType,
	volumeType,
	type WorkPod,
	workPodType,
} from '../clusters/migration-kinds.ts';
import type { ClusterWorld } from '../clusters/ports.ts';
import type { Need } from '../step/permissions-needed.ts';
import { may } from '../step/permissions-needed.ts';
import type { Step, Verdict } from '../step/step.ts';
import { kubectl } from '../steps/kubectl.ts';
import { shell } from '../words/command.ts';
import { docs } from '../words/docs.ts';
import type { Side } from '../words/pair.ts';
import { clusterProblem, fail, remedies } from '../words/problem.ts';
import { command } from '../words/way.ts';
import { remediesFor } from './causes.ts';
import { afterWriting, pastVerdict } from './later.ts';
import type { Proof, ProofOf } from './proof.ts';

/** Seconds that a claim and a pod get at most: an image may have to be pulled. */
const podSeconds = 180;

/**
 * A claim that is not Bound when Stork collects is left out without a word, and so is a volume: both are waited for.
 * https://github.com/libopenstorage/stork/blob/master/pkg/resourcecollector/resourcecollector.go
 */
export const awaitWritten = (of: ProofOf, context: string, seconds: number): Step => ({
	id: 'await-written/source',
	title: {
		plan: 'Wait until the volume on the source is Bound and written',
		doing: 'Waiting for the volume to be written on the source…',
		holds: 'The volume is written on the source',
	},
	...awaiting('source', of.proof, context, seconds),
	needs: [
		...needsOf('source', of.proof),
		may('source', 'get', claimType, 'see whether the claim is Bound', { namespace: of.proof.namespace }),
		may('source', 'get', volumeType, 'see whether the volume is Bound'),
	],
	async check(context) {
		const cluster = context.world.source;
		const { proof } = of;
		const ended = await endOf(cluster, proof);
		if (ended.kind !== 'succeeded') {
			const isFound = ended.kind !== 'pending' || ended.since !== undefined;
			return isFound ? ended : ((await pastVerdict(context, afterWriting(of))) ?? ended);
		}
		const claim = await cluster.api.get(claimType, proof.name, proof.namespace);
		const name = claim?.spec?.volumeName;
		const volume = name ? await cluster.api.get(volumeType, name) : undefined;
		return claim?.status?.phase === 'Bound' && volume?.status?.phase === 'Bound'
			? { kind: 'holds', evidence: `PersistentVolume ${name}, Bound` }
			: waitingFor(
					cluster,
					proof,
					`PersistentVolume ${name ?? 'none yet'}: ${volume?.status?.phase ?? 'no phase'}`,
				);
	},
});

export const awaitRead = (proof: Proof, context: string, seconds: number): Step => ({
	id: 'await-read/destination',
	title: {
		plan: 'Read the volume and the ConfigMap on the destination, and compare them with what was written',
		doing: 'Reading the volume on the destination…',
		holds: 'What was written on the source is read on the destination',
	},
	...awaiting('destination', proof, context, seconds),
	needs: [
		...needsOf('destination', proof),
		may('destination', 'get', configMapType, 'read the migrated ConfigMap', { namespace: proof.namespace }),
	],
	async check({ world }) {
		const cluster = world.destination;
		const ended = await endOf(cluster, proof);
		if (ended.kind !== 'succeeded') {
			return ended;
		}
		const { data } = (await cluster.api.get(configMapType, proof.name, proof.namespace)) ?? {};
		const read = { volume: ended.message.trim(), ConfigMap: data?.nonce ?? '' };
		const wrong = Object.entries(read).filter(([, nonce]) => nonce !== proof.nonce);
		return wrong.length === 0
			? { kind: 'holds', evidence: `nonce ${proof.nonce}` }
			: fail({
					id: 'proof-differs',
					title: `What arrived on the destination is not what was written on the source`,
					side: 'destination',
					evidence: `written: ${proof.nonce}; ${wrong.map(([what, nonce]) => `${what}: ${nonce || 'empty'}`).join('; ')}`,
					remedies: [
						'Do not rely on this pair: ask Portworx support, with the name of the volume and the time.',
					],
					docs: docs.verify,
				});
	},
});

/** What both of them have. */
const awaiting = (side: Side, { name, namespace }: Proof, context: string, seconds: number) =>
	({
		on: side,
		docs: docs.verify,
		preview: [kubectl(context, '-n', namespace, 'get', `pod/${name}`, '--watch')],
		patience: {
			seconds: Math.min(seconds, podSeconds),
			change: ({ world, signal }, since) =>
				world[side].api.nextChange(workPodType, name, namespace, since, signal),
		},
	}) satisfies Partial<Step>;

const needsOf = (side: Side, { namespace }: Proof): readonly Need[] => [
	may(side, 'get', workPodType, 'see how the pod of the proof ended', { namespace }),
	may(side, 'watch', workPodType, 'see at once when that pod ended', { namespace, for: 'help' }),
	may(side, 'list', eventType, 'read why that pod does not run', { namespace, for: 'help' }),
];

type Ended = Verdict | Readonly<{ kind: 'succeeded'; message: string }>;

async function endOf(cluster: ClusterWorld, proof: Proof): Promise<Ended> {
	const pod = await cluster.api.get(workPodType, proof.name, proof.namespace);
	const state = pod?.status?.containerStatuses?.[0]?.state;
	switch (pod?.status?.phase) {
		case 'Succeeded':
			return { kind: 'succeeded', message: state?.terminated?.message ?? '' };
		case 'Failed':
			throw fail(notRun(cluster, proof, failureOf(pod)));
		default: {
			const waiting = state?.waiting?.message ?? state?.waiting?.reason;
			const since = pod?.metadata.resourceVersion;
			return waitingFor(cluster, proof, `Pod: ${waiting ?? pod?.status?.phase ?? 'not found'}`, since);
		}
	}
}

const failureOf = ({ status }: WorkPod): string => {
	const ended = status?.containerStatuses?.[0]?.state?.terminated;
	const how = ended ? `exit code ${ended.exitCode}${ended.message ? `: ${ended.message}` : ''}` : '';
	return ['Pod: Failed', status?.reason, status?.message, how].filter(Boolean).join(', ');
};

/** The events of claim and pod say why: the provisioner's own words come first. */
async function waitingFor(
	cluster: ClusterWorld,
	proof: Proof,
	state: string,
	since?: string,
): Promise<Verdict> {
	const claim = await cluster.api.get(claimType, proof.name, proof.namespace);
	const pod = await cluster.api.get(workPodType, proof.name, proof.namespace);
	const warning =
		(claim && claim.status?.phase !== 'Bound' && (await latestWarning(cluster, claimType, claim))) ||
		(pod && (await latestWarning(cluster, workPodType, pod)));
	const latest = `claim ${claim?.status?.phase ?? 'not found'}, ${state}${warning ? `: ${warning}` : ''}`;
	return {
		kind: 'pending',
		latest,
		problem: clusterProblem(notRun(cluster, proof, latest)),
		...(since && { since }),
	};
}

function notRun({ side, context }: ClusterWorld, { name, namespace }: Proof, evidence: string) {
	const isBound = !/claim (Pending|Lost|not found)/.test(evidence);
	const what = side === 'source' ? 'write' : 'read';
	return {
		id: isBound ? 'proof-pod-failed' : 'proof-claim-not-bound',
		side,
		title: isBound
			? `The pod that should ${what} the volume on the ${side} did not succeed`
			: `The claim of the proof was not bound on the ${side}`,
		evidence,
		remedies: remedies(
			remediesFor(evidence),
			command(
				'For more, run the proof again, and while it waits',
				shell`kubectl --context ${context} -n ${namespace} describe pvc/${name} pod/${name}`,
			),
		),
		docs: docs.verify,
	} as const;
}
