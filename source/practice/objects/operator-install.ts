import type { ClusterPlan } from '../cluster-plan.ts';
import type { KubeObject, ObjectStore } from '../contract.ts';
import { timestampOf } from '../object-store.ts';
import { nodeId } from '../pxctl/texts.ts';
import { customResourceDefinition, resources } from '../resources.ts';
import { nodeNames } from './nodes.ts';
import { type Platform, platforms } from './platforms.ts';
import { type PortworxFacts, portworxClusterName, portworxContainers } from './portworx-facts.ts';
import { createDeployment, createPods } from './workloads.ts';

/** The operator, its StorageCluster and what it makes of that. */
export function createOperatorInstall(store: ObjectStore, plan: ClusterPlan, facts: PortworxFacts): void {
	const { namespace } = plan;
	const nodes = nodeNames(plan);
	for (const type of [resources.storageclusters, resources.storagenodes]) {
		store.create(resources.customresourcedefinitions, customResourceDefinition(type));
	}

	createDeployment(store, {
		name: 'portworx-operator',
		namespace,
		labels: { name: 'portworx-operator' },
		containers: [{ name: 'portworx-operator', image: 'docker.io/portworx/px-operator:25.3.1' }],
		serviceAccount: 'portworx-operator',
		hostNetwork: false,
		nodes: nodes.slice(0, 1),
	});
	const cluster = store.create(resources.storageclusters, storageClusterOf(plan, facts));
	const { name } = cluster.metadata;
	const pods = {
		name,
		namespace,
		labels: {
			name: 'portworx',
			'operator.libopenstorage.org/driver': 'portworx',
			'operator.libopenstorage.org/managed-by': 'portworx',
			'operator.libopenstorage.org/name': name,
			storage: 'true',
		},
		containers: portworxContainers(plan, facts.startPort),
		serviceAccount: 'portworx',
		hostNetwork: true,
		nodes,
		unready: facts.unready,
	};
	createPods(store, pods, cluster, name);
	for (const node of nodes) {
		store.create(resources.storagenodes, storageNodeOf(plan, node, cluster, !facts.unready.includes(node)));
	}
}

function storageClusterOf(plan: ClusterPlan, { startPort, adminToken, unready }: PortworxFacts): KubeObject {
	const { namespace, platform, portworxVersion, storkVersion, uuid, stork } = plan;
	const { annotations, disks }: Platform = platforms[platform];
	const isUp = unready.length < nodeNames(plan).length;
	return {
		apiVersion: 'core.libopenstorage.org/v1',
		kind: 'StorageCluster',
		metadata: { name: portworxClusterName(plan), namespace, annotations: { ...annotations } },
		spec: {
			image: `docker.io/portworx/oci-monitor:${portworxVersion}`,
			imagePullPolicy: 'Always',
			version: portworxVersion,
			startPort,
			secretsProvider: 'k8s',
			kvdb: { internal: true },
			...(disks
				? {
						cloudStorage: {
							provider: disks.provider,
							deviceSpecs: [disks.spec],
							kvdbDeviceSpec: disks.spec,
						},
					}
				: { storage: { useAll: true } }),
			csi: { enabled: true },
			stork: { enabled: stork === 'running', image: `docker.io/openstorage/stork:${storkVersion}` },
			...(adminToken !== undefined && { security: { enabled: true, auth: { guestAccess: 'Disabled' } } }),
		},
		status: {
			clusterName: portworxClusterName(plan),
			clusterUid: uuid,
			phase: isUp ? plan.phase : 'Degraded',
			version: portworxVersion,
			storage: { storageNodesPerZone: 1 },
			conditions: [
				{
					type: 'RuntimeState',
					source: 'Portworx',
					status: isUp ? 'Online' : 'Offline',
					lastTransitionTime: timestampOf(new Date()),
				},
			],
		},
	};
}

function storageNodeOf(plan: ClusterPlan, node: string, cluster: KubeObject, isUp: boolean): KubeObject {
	const { name, uid } = cluster.metadata;
	const owner = { apiVersion: cluster.apiVersion, kind: cluster.kind, name, uid };
	return {
		apiVersion: 'core.libopenstorage.org/v1',
		kind: 'StorageNode',
		metadata: {
			name: node,
			namespace: plan.namespace,
			ownerReferences: [{ ...owner, controller: true, blockOwnerDeletion: true }],
		},
		spec: { version: plan.portworxVersion, cloudStorage: {} },
		status: {
			phase: isUp ? 'Online' : 'Offline',
			nodeUid: nodeId(node),
			network: { dataIP: '127.0.0.1', mgmtIP: '127.0.0.1' },
			storage: { totalSize: '150Gi', usedSize: '9448928051' },
			geography: {},
			conditions: [
				{
					type: 'NodeState',
					status: isUp ? 'Online' : 'Offline',
					lastTransitionTime: timestampOf(new Date()),
				},
			],
		},
	};
}
