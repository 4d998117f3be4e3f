import type { ClusterPlan } from '../cluster-plan.ts';
import type { KubeObject } from '../contract.ts';
import { timestampOf } from '../object-store.ts';
import { type Platform, platforms } from './platforms.ts';

/** All nodes are this machine: their address is loopback. Portworx runs on the first three alone. */
export function nodesOf(plan: ClusterPlan): KubeObject[] {
	const { name, extraNodes } = plan;
	const further = Array.from(
		{ length: extraNodes },
		(_, index) => `${name}-worker-${`${index + 1}`.padStart(5, '0')}`,
	);
	return [...nodeNames(plan), ...further].map((node, index) => nodeOf(plan, node, index));
}

export function nodeNames({ name }: ClusterPlan): string[] {
	return [1, 2, 3].map(number => `${name}-${number}`);
}

function nodeOf({ name: cluster, platform, region }: ClusterPlan, name: string, number: number): KubeObject {
	const { kubernetesVersion, osImage, zones, providerId, labels }: Platform = platforms[platform];
	const zone = zones(region)[number % 3] ?? '';
	const place = { cluster, name, region, zone, number };
	const providerID = providerId(place);
	return {
		apiVersion: 'v1',
		kind: 'Node',
		metadata: {
			name,
			labels: {
				'beta.kubernetes.io/arch': 'amd64',
				'beta.kubernetes.io/os': 'linux',
				'kubernetes.io/arch': 'amd64',
				'kubernetes.io/hostname': name,
				'kubernetes.io/os': 'linux',
				...(zone !== '' && {
					'topology.kubernetes.io/region': region,
					'topology.kubernetes.io/zone': zone,
				}),
				...labels(place),
			},
		},
		spec: { ...(providerID !== undefined && { providerID }) },
		status: {
			capacity: resources,
			allocatable: resources,
			conditions: conditions(timestampOf(new Date())),
			addresses: [
				{ type: 'InternalIP', address: '127.0.0.1' },
				{ type: 'Hostname', address: name },
			],
			daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
			nodeInfo: {
				machineID: 'practice',
				systemUUID: 'practice',
				bootID: 'practice',
				kernelVersion: '6.8.0-practice',
				osImage,
				containerRuntimeVersion: 'containerd://2.1.4',
				kubeletVersion: kubernetesVersion,
				kubeProxyVersion: kubernetesVersion,
				operatingSystem: 'linux',
				architecture: 'amd64',
			},
		},
	};
}

const resources = { cpu: '8', 'ephemeral-storage': '83873772Ki', memory: '32386544Ki', pods: '110' };

function conditions(time: string) {
	const shown = (type: string, status: string, reason: string, message: string) => ({
		type,
		status,
		lastHeartbeatTime: time,
		lastTransitionTime: time,
		reason,
		message,
	});
	return [
		shown('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
		shown('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
		shown('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
		shown('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
	];
}
