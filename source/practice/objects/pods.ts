import { createHash } from 'node:crypto';
import { listOf, recordOf } from '../api/json.ts';
import type { KubeObject } from '../contract.ts';
import { timestampOf } from '../object-store.ts';

export type Container = Readonly<{ name: string; image: string; args?: readonly string[] }>;

export type PodPlan = Readonly<{
	name: string;
	namespace: string;
	node: string;
	labels: Readonly<Record<string, string>>;
	containers: readonly Container[];
	serviceAccount: string;
	hostNetwork: boolean;
	/** `apps/v1` DaemonSet and the like, with the uid it got in the store. */
	owner: Readonly<{ apiVersion: string; kind: string; name: string; uid: string }>;
	/** When false the first container runs and its readiness probe fails. */
	isReady: boolean;
}>;

export function podOf(plan: PodPlan): KubeObject {
	const { name, namespace, labels, owner } = plan;
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			name,
			namespace,
			labels: { ...labels },
			ownerReferences: [{ ...owner, controller: true, blockOwnerDeletion: true }],
		},
		spec: podSpec(plan),
		status: statusOf(plan, timestampOf(new Date())),
	};
}

export function podSpec({
	containers,
	serviceAccount,
	hostNetwork,
	node,
}: Pick<PodPlan, 'containers' | 'serviceAccount' | 'hostNetwork'> & { node?: string }) {
	return {
		containers: containers.map(container => ({
			...container,
			imagePullPolicy: 'Always',
			...(hostNetwork && { securityContext: { privileged: true } }),
		})),
		serviceAccountName: serviceAccount,
		serviceAccount,
		...(node && { nodeName: node }),
		...(hostNetwork && { hostNetwork }),
	};
}

/** The suffixes that controllers put on the names of their pods; the same at every start. */
export const podSuffixes = ['4kq2m', '7xbsn', 'w9d5t'];

function statusOf({ name, containers, isReady }: PodPlan, time: string) {
	const [first] = containers;
	const unready = {
		reason: 'ContainersNotReady',
		message: `containers with unready status: [${first?.name}]`,
	};
	const condition = (type: string, holds: boolean) => ({
		type,
		status: holds ? 'True' : 'False',
		lastProbeTime: null,
		lastTransitionTime: time,
		...(!holds && unready),
	});
	return {
		phase: 'Running',
		conditions: [
			condition('Initialized', true),
			condition('Ready', isReady),
			condition('ContainersReady', isReady),
			condition('PodScheduled', true),
		],
		hostIP: '127.0.0.1',
		podIP: '127.0.0.1',
		podIPs: [{ ip: '127.0.0.1' }],
		startTime: time,
		containerStatuses: containers.map(container => ({
			name: container.name,
			state: { running: { startedAt: time } },
			lastState: {},
			ready: isReady || container !== first,
			restartCount: 0,
			image: container.image,
			imageID: `${container.image}@sha256:${hash(container.image)}`,
			containerID: `containerd://${hash(name + container.name)}`,
			started: true,
		})),
		qosClass: 'BestEffort',
	};
}

function hash(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

export function isReady({ status }: KubeObject): boolean {
	return listOf(recordOf(status).conditions).some(one => one.type === 'Ready' && one.status === 'True');
}
