import type { ClusterIdentity, RunRecord } from '../../pairing/answers/record.ts';
import { known } from '../../pairing/clusters/cluster.ts';
import { learn } from '../../pairing/clusters/find-facts.ts';
import type { ClusterWorld, World } from '../../pairing/clusters/ports.ts';
import type { ShellLine } from '../../pairing/words/command.ts';
import { outsideText } from '../../pairing/words/outside-text.ts';
import { type Side, sides } from '../../pairing/words/pair.ts';
import { inputProblem, PairingError } from '../../pairing/words/problem.ts';
import { command, startWith } from '../../pairing/words/way.ts';

/** Who a cluster is, as far as it can be read now. */
export async function identityOf({ context, server, discovery }: ClusterWorld): Promise<ClusterIdentity> {
	const [api, uuid] = await Promise.all([learn(discovery.api()), learn(discovery.uuid())]);
	const uid = known(api)?.uid;
	const portworx = known(uuid);
	return { context, server, ...(uid && { uid }), ...(portworx && { portworx }) };
}

export type OtherCluster = Readonly<{ side: Side; before: ClusterIdentity; now: ClusterIdentity }>;

/**
 * The sides on which a context points to another cluster than when the run changed something. A cluster that can't be reached is not
 * another one: that is found when it is asked.
 */
export async function otherClusters(record: RunRecord, world: World): Promise<readonly OtherCluster[]> {
	const found = await Promise.all(
		sides.map(async side => ({ side, before: recorded(record, side), now: await identityOf(world[side]) })),
	);
	return found.filter(
		({ before, now }) => differs(before.uid, now.uid) || differs(before.portworx, now.portworx),
	);
}

/** Records of earlier versions know Portworx's UUIDs only. */
function recorded({ clusters, uuids, answers }: RunRecord, side: Side): ClusterIdentity {
	const portworx = uuids[side];
	return clusters?.[side] ?? { context: answers[side].context, ...(portworx && { portworx }) };
}

const differs = (before: string | undefined, now: string | undefined): boolean =>
	before !== undefined && now !== undefined && before.toLowerCase() !== now.toLowerCase();

/** @throws PairingError when a context points to another cluster than in the run that is gone by, if any */
export async function refuseOtherClusters(record: RunRecord | undefined, world: World): Promise<void> {
	const others = record ? await otherClusters(record, world) : [];
	if (record && others.length > 0) {
		throw new PairingError(otherClustersProblem(record, others));
	}
}

/** `forced`: what undoes the rest anyway. */
export function otherClustersProblem(record: RunRecord, others: readonly OtherCluster[], forced?: ShellLine) {
	const [first] = others;
	const contexts = others.map(({ now }) => now.context).join(' and ');
	return inputProblem({
		id: 'other-cluster',
		...(others.length === 1 && first && { side: first.side }),
		title: `${others.length === 1 ? `The context ${contexts} points` : `The contexts ${contexts} point`} to another cluster than when ${record.id} ran`,
		evidence: others
			.flatMap(({ side, before, now }) => [`${side} then: ${told(before)}`, `${side} now: ${told(now)}`])
			.concat(record.kubeconfig ? [`kubeconfig then: ${outsideText(record.kubeconfig.join(', '))}`] : [])
			.join('\n'),
		remedies: [
			startWith('Name the kubeconfig of that run', '--kubeconfig FILE'),
			...(forced ? [command('Or leave out what is on the other cluster', forced)] : []),
		],
	});
}

const told = ({ context, server, uid, portworx }: ClusterIdentity): string =>
	[
		`context ${context}`,
		server,
		`kube-system UID ${uid ?? 'unknown'}`,
		`Portworx UUID ${portworx ?? 'unknown'}`,
	]
		.filter(Boolean)
		.join(', ');
