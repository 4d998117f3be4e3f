import type { ClusterPlan } from '../cluster-plan.ts';
import type { KubeObject, ObjectStore } from '../contract.ts';
import { resources } from '../resources.ts';
import { portworxProvisioner } from '../volumes/claims.ts';
import { nodeNames } from './nodes.ts';
import { createOperatorInstall } from './operator-install.ts';
import { type PortworxFacts, portworxContainers } from './portworx-facts.ts';
import { createDaemonSet } from './workloads.ts';

/** Portworx as either of its two installers leaves it. */
export function createPortworx(store: ObjectStore, plan: ClusterPlan, facts: PortworxFacts): void {
	if (plan.install === 'operator') createOperatorInstall(store, plan, facts);
	else createDaemonSetInstall(store, plan, facts);
	const { namespace } = plan;
	// Their label begins like that of the real pods, their image has no shell.
	createDaemonSet(store, {
		name: 'portworx-api',
		namespace,
		labels: { name: 'portworx-api' },
		containers: [{ name: 'portworx-api', image: 'registry.k8s.io/pause:3.10' }],
		serviceAccount: 'portworx-api',
		hostNetwork: true,
		nodes: nodeNames(plan),
	});
	store.create(resources.storageclasses, {
		apiVersion: 'storage.k8s.io/v1',
		kind: 'StorageClass',
		metadata: { name: 'px-csi-db' },
		provisioner: portworxProvisioner,
		parameters: { io_profile: 'db_remote', repl: '3' },
		reclaimPolicy: 'Delete',
		volumeBindingMode: 'Immediate',
		allowVolumeExpansion: true,
	});
	for (const [name, selected] of Object.entries(services)) {
		store.create(resources.services, serviceOf(name, selected, namespace, facts.startPort));
		store.create(resources.endpoints, endpointsOf(name, namespace, nodeNames(plan), facts.startPort));
	}

	if (facts.adminToken !== undefined) createTokens(store, namespace, facts.adminToken);
}

function createDaemonSetInstall(
	store: ObjectStore,
	plan: ClusterPlan,
	{ startPort, unready }: PortworxFacts,
): void {
	createDaemonSet(store, {
		name: 'portworx',
		namespace: plan.namespace,
		labels: { name: 'portworx' },
		containers: portworxContainers(plan, startPort),
		serviceAccount: 'px-account',
		hostNetwork: true,
		nodes: nodeNames(plan),
		unready,
	});
}

/** Service -> the label its pods have. */
const services = { 'portworx-service': 'portworx', 'portworx-api': 'portworx-api' };

/** The ports of a service never change; where they lead moves with the start port. */
function portsOf(startPort: number) {
	return [
		{ name: 'px-api', port: 9001, target: startPort },
		{ name: 'px-kvdb', port: 9019, target: 9019 },
		{ name: 'px-sdk', port: 9020, target: startPort + 16 },
		{ name: 'px-rest-gateway', port: 9021, target: startPort + 17 },
		{ name: 'px-api-tls', port: 9023, target: startPort + 19 },
	];
}

function serviceOf(name: string, selected: string, namespace: string, startPort: number): KubeObject {
	const clusterIP = name === 'portworx-api' ? '10.96.90.1' : '10.96.90.2';
	return {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: { name, namespace, labels: { name: selected } },
		spec: {
			ports: portsOf(startPort).map(({ target, ...port }) => ({
				...port,
				targetPort: target,
			})),
			selector: { name: selected },
			clusterIP,
		},
	};
}

function endpointsOf(
	name: string,
	namespace: string,
	nodes: readonly string[],
	startPort: number,
): KubeObject {
	return {
		apiVersion: 'v1',
		kind: 'Endpoints',
		metadata: { name, namespace },
		subsets: [
			{
				addresses: nodes.map(nodeName => ({ ip: '127.0.0.1', nodeName })),
				ports: portsOf(startPort).map(({ name: port, target }) => ({
					name: port,
					port: target,
					protocol: 'TCP',
				})),
			},
		],
	};
}

function createTokens(store: ObjectStore, namespace: string, adminToken: string): void {
	const contents = {
		'px-admin-token': { 'auth-token': adminToken },
		'px-user-token': { 'auth-token': 'practice-user-token' },
		'px-shared-secret': { 'shared-secret': 'practice-shared-secret' },
		'px-system-secrets': { 'system-secret': 'practice-system-secret' },
	};
	for (const [name, stringData] of Object.entries(contents)) {
		store.create(resources.secrets, {
			apiVersion: 'v1',
			kind: 'Secret',
			metadata: { name, namespace },
			stringData,
		});
	}
}
