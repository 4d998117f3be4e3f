import { onTestFinished } from 'vitest';
import { clusterApi } from '../../../source/gateways/kubernetes/cluster-api.ts';
import { discovery } from '../../../source/gateways/kubernetes/discovery.ts';
import { systemClock } from '../../../source/gateways/machine/clock.ts';
import { podView } from '../../../source/gateways/pods/pod-view.ts';
import { pxctl } from '../../../source/gateways/pods/pxctl.ts';
import type { PodView, Pxctl } from '../../../source/pairing/clusters/ports.ts';
import type { ClusterPlan } from '../../../source/practice/cluster-plan.ts';
import type { FaultHook, RequestRecord } from '../../../source/practice/contract.ts';
import { startPractice } from '../../../source/practice/practice.ts';
import type { PracticeCluster } from '../../../source/practice/practice-cluster.ts';
import { connectionTo, entryFor } from './api-stub.ts';

/** What is seen from the pods of `east`, and what that cluster received for it. */
export type PodSide = Readonly<{
	east: PracticeCluster;
	west: PracticeCluster;
	view: PodView;
	pxctl: Pxctl;
	execs(): RequestRecord[];
}>;

export async function podSide(
	plans: { east?: Partial<ClusterPlan>; west?: Partial<ClusterPlan> } = {},
	fault?: FaultHook,
): Promise<PodSide> {
	const practice = await startPractice({
		override: ({ east, west }) => ({ east: { ...east, ...plans.east }, west: { ...west, ...plans.west } }),
		// Tests put servers of their own where pods look.
		openToPods: { has: () => true },
		...(fault && { fault: { east: fault } }),
	});
	onTestFinished(() => practice.close());
	const { east, west } = practice.clusters;
	const connection = connectionTo(entryFor(east, { user: { token: east.token } }));
	const api = clusterApi(connection, systemClock);
	const found = discovery(connection, api, () => commands);
	const commands: Pxctl = pxctl(connection, api, () => found.portworx());
	return {
		east,
		west,
		view: podView(connection, () => found.portworx()),
		pxctl: commands,
		execs: () => east.requests.filter(({ url }) => url.includes('/exec?')),
	};
}
