import { expect, test } from 'vitest';
import type { PortworxFacts } from '../../../source/pairing/clusters/cluster.ts';
import type { Pod, Service } from '../../../source/pairing/clusters/kubernetes.ts';
import {
	endpointsOf,
	type PortworxSightings,
	portworxOf,
} from '../../../source/pairing/clusters/portworx.ts';
import type { StorageCluster, StorageNode } from '../../../source/pairing/clusters/portworx-kinds.ts';
import { failureOf } from '../../helpers/problem-from.ts';

test('an operator install: what the StorageCluster says', () => {
	const storageCluster = stc({ spec: { startPort: 17001 }, status: { clusterUid: 'uid', version: '3.1.6' } });
	expect(
		portworxOf(
			sightings({
				storageClusters: [storageCluster],
				pods: [pod('b'), pod('a'), pod('c', { ready: 'False' })],
			}),
		),
	).toEqual({
		install: 'operator',
		namespace: 'portworx',
		pods: [ref('a'), ref('b')],
		podCount: 3,
		version: '3.1.6',
		reportedUuid: 'uid',
		secured: false,
		startPort: 17001,
	});
});

test('a DaemonSet install: what pods and services say', () => {
	const pods = [pod('a', { namespace: 'kube-system' })];
	expect(
		portworxOf(sightings({ pods, services: [service({ namespace: 'kube-system', targetPort: 9011 })] })),
	).toEqual({
		install: 'daemonset',
		namespace: 'kube-system',
		pods: [{ ...ref('a'), namespace: 'kube-system' }],
		podCount: 1,
		secured: false,
		startPort: 9011,
	});
});

test('with the operator, a stray pod of the same label in another namespace does not count', () => {
	const facts = portworxOf(
		sightings({ storageClusters: [stc()], pods: [pod('a'), pod('stray', { namespace: 'apps' })] }),
	);
	expect([facts.pods, facts.podCount]).toEqual([[ref('a')], 1]);
});

test.each([
	['StorageCluster', { startPort: 9100 }, 17001, 9100],
	['services', {}, 17001, 17001],
	['default', {}, undefined, 9001],
	['default, as the target port has a name', {}, 'px-api', 9001],
])('start port from %s', (_, spec, targetPort, startPort) => {
	const services =
		targetPort === undefined
			? []
			: [service({ targetPort }), service({ namespace: 'elsewhere', targetPort: 1 })];
	expect(
		portworxOf(sightings({ storageClusters: [stc({ spec })], pods: [pod('a')], services })).startPort,
	).toBe(startPort);
});

test.each([
	[undefined, false],
	[{ enabled: false }, false],
	[{ enabled: true }, true],
	[{ enabled: true, auth: {} }, true],
	[{ enabled: true, auth: { enabled: true } }, true],
	[{ enabled: true, auth: { enabled: false } }, false],
])('PX-Security %j: %s', (security, secured) => {
	expect(
		portworxOf(sightings({ storageClusters: [stc({ spec: { security } })], pods: [pod('a')] })).secured,
	).toBe(secured);
});

test.each([
	['not Ready', { ready: 'False' }],
	['Pending', { phase: 'Pending' }],
	['being deleted', { deletionTimestamp: '2026-01-01T00:00:00Z' }],
	['without the container portworx', { containers: ['telemetry'] }],
])('a pod that is %s is passed over', (_, what) => {
	expect(portworxOf(sightings({ pods: [pod('a', what), pod('b')] })).pods).toEqual([ref('b')]);
});

test.each<[string, Partial<PortworxSightings>, { id: string; evidence: string }]>([
	[
		'no credentials',
		{},
		{
			id: 'portworx-not-found',
			evidence: 'context west: no StorageCluster and no pod labelled name=portworx in any namespace',
		},
	],
	[
		'a StorageCluster without pods',
		{ storageClusters: [stc()] },
		{ id: 'portworx-not-ready', evidence: 'namespace portworx: no pod labelled name=portworx' },
	],
	[
		'no pod Ready',
		{ pods: [pod('a', { ready: 'False' }), pod('b', { phase: 'Pending' })] },
		{ id: 'portworx-not-ready', evidence: 'namespace portworx: a Running, not Ready; b Pending, not Ready' },
	],
	[
		'two StorageClusters',
		{ storageClusters: [stc(), stc({ namespace: 'px2' })], pods: [pod('a')] },
		{
			id: 'portworx-ambiguous',
			evidence:
				'context west: StorageCluster portworx/px, phase unknown; StorageCluster px2/px, phase unknown',
		},
	],
	[
		'DaemonSets in two namespaces',
		{ pods: [pod('a'), pod('b', { namespace: 'kube-system' })] },
		{ id: 'portworx-ambiguous', evidence: 'context west: namespace portworx; namespace kube-system' },
	],
])('%s', async (_, seen, failure) => {
	expect(await failureOf(() => portworxOf(sightings(seen)))).toEqual(failure);
});

test('a StorageCluster without storage, or one that is being deleted beside another, is left aside', () => {
	const metadata = (more: object) => ({ name: 'old', namespace: 'px2', ...more });
	const disabled = {
		...stc(),
		metadata: metadata({ annotations: { 'operator.libopenstorage.org/disable-storage': 'true' } }),
	};
	const deleted = { ...stc(), metadata: metadata({ deletionTimestamp: '2026-11-01T00:00:00Z' }) };
	const leftAside = (...clusters: StorageCluster[]) =>
		portworxOf(sightings({ storageClusters: clusters, pods: [pod('a')] })).leftAside;
	expect(leftAside(disabled, stc())).toEqual(['px2/old (storage disabled)']);
	expect(leftAside(deleted, stc())).toEqual(['px2/old (being deleted since 2026-11-01T00:00:00Z)']);
	const alone = { ...stc(), metadata: { ...stc().metadata, deletionTimestamp: '2026-11-01T00:00:00Z' } };
	expect(portworxOf(sightings({ storageClusters: [alone], pods: [pod('a')] }))).toMatchObject({
		deletedSince: '2026-11-01T00:00:00Z',
	});
});

test.each([
	['made by the operator, are about to be deleted', true, { install: 'operator', isUnclaimed: true }],
	['of a DaemonSet, are an installation of their own', false, { install: 'daemonset' }],
])('pods beside StorageClusters without storage, %s', (_, byOperator, seen) => {
	const disabled = {
		...stc(),
		metadata: { ...stc().metadata, annotations: { 'operator.libopenstorage.org/disable-storage': 'true' } },
	};
	const labels = byOperator ? { 'operator.libopenstorage.org/managed-by': 'portworx' } : {};
	const { metadata, ...rest } = pod('a');
	const pods = [{ ...rest, metadata: { ...metadata, labels } }];
	const { install, isUnclaimed, leftAside } = portworxOf(sightings({ storageClusters: [disabled], pods }));
	expect({ install, ...(isUnclaimed && { isUnclaimed }), leftAside }).toEqual({
		...seen,
		leftAside: ['portworx/px (storage disabled)'],
	});
});

test('the condition that is not completed says why', () => {
	const conditions = [
		{ status: 'Completed', message: 'fine' },
		{ status: 'InProgress', message: 'Wipe operation still in progress' },
	];
	const storageCluster = stc({ status: { phase: 'Uninstalling', conditions } });
	expect(portworxOf(sightings({ storageClusters: [storageCluster], pods: [pod('a')] })).condition).toBe(
		'Wipe operation still in progress',
	);
	const bare = stc({ status: { phase: 'Degraded', reason: 'kvdb lost a member' } });
	expect(portworxOf(sightings({ storageClusters: [bare], pods: [pod('a')] })).condition).toBe(
		'kvdb lost a member',
	);
});

const facts = {
	namespace: 'portworx',
	startPort: 17001,
	pods: [ref('a', '10.0.0.9')],
} as unknown as PortworxFacts;
const clusterIP = service({ targetPort: 17001 });

test.each<[string, Service[], StorageNode[], { ip: string; port: number }]>([
	[
		'load balancer by name: its own port',
		[clusterIP, balancer({ hostname: 'lb.example' })],
		[storageNode()],
		{ ip: 'lb.example', port: 9001 },
	],
	[
		'load balancer by address',
		[balancer({ ip: '203.0.113.7' })],
		[storageNode()],
		{ ip: '203.0.113.7', port: 9001 },
	],
	[
		'load balancer that has no address yet: the node',
		[balancer({})],
		[storageNode()],
		{ ip: '10.0.0.2', port: 17001 },
	],
	[
		'load balancer of another Portworx: the node',
		[balancer({ ip: '203.0.113.7' }, 'other')],
		[storageNode()],
		{ ip: '10.0.0.2', port: 17001 },
	],
	[
		'no load balancer: the management address of a node, at the start port',
		[clusterIP],
		[storageNode()],
		{ ip: '10.0.0.2', port: 17001 },
	],
	[
		'no management address: the data address',
		[],
		[storageNode({ network: { dataIP: '10.1.0.2' } })],
		{ ip: '10.1.0.2', port: 17001 },
	],
	[
		'a node that is down is passed over',
		[],
		[storageNode({ phase: 'Offline' }), storageNode({ network: { mgmtIP: '10.0.0.3' } })],
		{ ip: '10.0.0.3', port: 17001 },
	],
	[
		'a node says Running as well as Online',
		[],
		[storageNode({ phase: 'Running' })],
		{ ip: '10.0.0.2', port: 17001 },
	],
	['no StorageNodes: the node of the pod', [clusterIP], [], { ip: '10.0.0.9', port: 17001 }],
])('endpoint: %s', (_, services, nodes, endpoint) => {
	expect(endpointsOf(facts, services, nodes)[0]).toEqual(endpoint);
});

test('endpoint: none to be had', () => {
	expect(endpointsOf({ ...facts, pods: [ref('a', '')] }, [], [])).toEqual([]);
});

function sightings(seen: Partial<PortworxSightings>): PortworxSightings {
	return {
		side: 'destination',
		context: 'west',
		pods: [],
		storageClusters: undefined,
		services: [],
		...seen,
	};
}

type PodOptions = {
	namespace?: string;
	ready?: string;
	phase?: string;
	deletionTimestamp?: string;
	containers?: string[];
};

function pod(name: string, options: PodOptions = {}): Pod {
	const {
		namespace = 'portworx',
		ready = 'True',
		phase = 'Running',
		deletionTimestamp,
		containers = ['csi', 'portworx'],
	} = options;
	return {
		metadata: { name, namespace, ...(deletionTimestamp && { deletionTimestamp }) },
		spec: { containers: containers.map(container => ({ name: container })) },
		status: { phase, hostIP: '10.0.0.9', conditions: [{ type: 'Ready', status: ready }] },
	};
}

function ref(name: string, hostIP = '10.0.0.9') {
	return { namespace: 'portworx', name, ...(hostIP && { hostIP }) };
}

function stc({
	namespace = 'portworx',
	spec = {},
	status = {},
}: {
	namespace?: string;
	spec?: Record<string, unknown>;
	status?: Record<string, unknown>;
} = {}): StorageCluster {
	return { metadata: { name: 'px', namespace }, spec, status };
}

function service({
	namespace = 'portworx',
	targetPort,
}: {
	namespace?: string;
	targetPort: number | string;
}): Service {
	return {
		metadata: { name: 'portworx-service', namespace },
		spec: {
			type: 'ClusterIP',
			ports: [
				{ name: 'px-kvdb', port: 9019, targetPort: 9019 },
				{ name: 'px-api', port: 9001, targetPort },
			],
		},
	};
}

function balancer(ingress: { ip?: string; hostname?: string }, namespace = 'portworx'): Service {
	const found = service({ namespace, targetPort: 17001 });
	return {
		...found,
		spec: { ...found.spec, type: 'LoadBalancer' },
		status: { loadBalancer: { ingress: Object.keys(ingress).length > 0 ? [ingress] : [] } },
	};
}

function storageNode(status: object = {}): StorageNode {
	return {
		metadata: { name: 'node', namespace: 'portworx' },
		status: { phase: 'Online', network: { mgmtIP: '10.0.0.2', dataIP: '10.1.0.2' }, ...status },
	};
}
