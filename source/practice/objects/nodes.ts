import type { ClusterPlan } from '../cluster-plan.ts';
import type { KubeObject } from '../contract.ts';
import { timestampOf } from '../object-store.ts';
import { platforms } from './platforms.ts';

/** All three nodes are this machine: their address is loopback. */
export function nodesOf({ name: cluster, platform, region }: ClusterPlan): KubeObject[] {
	const { kubernetesVersion, osImage, zones, providerId, labels } = platforms[platform];
	return zones(region).map((zone, index) => {
		const name = nodeName(cluster, index);
		const place = { cluster, name, region, zone, number: index };
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
			spec: { providerID: providerId(place) },
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
	});
}

export function nodeNames({ name }: ClusterPlan): string[] {
	return [0, 1, 2].map(index => nodeName(name, index));
}

function nodeName(cluster: string, index: number): string {
	return `${cluster}-${index + 1}`;
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
