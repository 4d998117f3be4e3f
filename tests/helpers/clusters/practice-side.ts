import { onTestFinished } from 'vitest';
import { clusterApi } from '../../../source/gateways/kubernetes/cluster-api.ts';
import { discovery } from '../../../source/gateways/kubernetes/discovery.ts';
import { systemClock } from '../../../source/gateways/machine/clock.ts';
import { pxctl } from '../../../source/gateways/pods/pxctl.ts';
import type { ClusterApi, Discovery, Pxctl } from '../../../source/pairing/clusters/ports.ts';
import type { ClusterPlan } from '../../../source/practice/cluster-plan.ts';
import type { FaultHook, RequestRecord } from '../../../source/practice/contract.ts';
import { startPractice } from '../../../source/practice/practice.ts';
import type { PracticeCluster } from '../../../source/practice/practice-cluster.ts';
import { connectionTo, entryFor } from './api-stub.ts';

/** One practice cluster, and our gateways to it as source. */
export type PracticeSide = Readonly<{
	cluster: PracticeCluster;
	api: ClusterApi;
	pxctl: Pxctl;
	discovery: Discovery;
	/** The execs that the cluster received. */
	execs(): RequestRecord[];
}>;

export async function practiceSide(
	plan: Partial<ClusterPlan> = {},
	options: { fault?: FaultHook; prepare?: (cluster: PracticeCluster) => void } = {},
): Promise<PracticeSide> {
	const { fault, prepare } = options;
	const practice = await startPractice({
		override: ({ east, west }) => ({ east: { ...east, ...plan }, west }),
		...(fault && { fault: { east: fault } }),
	});
	onTestFinished(() => practice.close());
	const cluster = practice.clusters.east;
	prepare?.(cluster);
	const connection = connectionTo(entryFor(cluster, { user: { token: cluster.token } }));
	const api = clusterApi(connection, systemClock);
	const found = discovery(connection, api, () => commands);
	const commands: Pxctl = pxctl(connection, api, () => found.portworx());
	return {
		cluster,
		api,
		pxctl: commands,
		discovery: found,
		execs: () => cluster.requests.filter(({ url }) => url.includes('/exec?')),
	};
}
