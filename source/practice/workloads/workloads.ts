import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '../contract.ts';
import type { Change, ClusterStore } from '../object-store.ts';
import { resources } from '../resources.ts';
import { reconcileDeployment } from './deployments.ts';
import { collect, isLiving, ownedBy, ownerOf, templateOf } from './owned.ts';
import { originalsIn, reconcileNodes, reconcileSet } from './pods-of.ts';

type React = (change: Pick<Change, 'type' | 'object' | 'previous'>) => void;

/**
 * What Kubernetes' controllers make of Deployments, ReplicaSets and what has a pod on each node. Pods like those that
 * exist when it starts run at once; all others stay Pending.
 */
export function createWorkloads(store: ClusterStore): React {
	const originals = originalsIn(store);
	const { deployments, replicasets, daemonsets } = resources;
	for (const type of [replicasets, deployments, daemonsets])
		for (const object of store.list(type)) reconcile(object);
	return ({ type, object, previous }) => {
		if (type === 'DELETED') collect(store, object);
		else if (object.kind === 'DaemonSet' && !hasTemplateOf(object, previous)) removePods(object);
		const owner = ['Pod', 'ReplicaSet'].includes(object.kind) ? ownerOf(store, object) : undefined;
		if (owner) reconcile(owner);
		if (type !== 'DELETED') reconcile(object);
	};

	function reconcile({ kind, metadata: { namespace, name } }: KubeObject): void {
		const at = (type: (typeof resources)[keyof typeof resources]) => {
			const found = store.get(type, namespace, name);
			return found && isLiving(found) ? found : undefined;
		};
		const deployment = kind === 'Deployment' && at(deployments);
		if (deployment) reconcileDeployment(store, deployment);
		const set = kind === 'ReplicaSet' && at(replicasets);
		if (set) reconcileSet(store, set, originals);
		const owner =
			(kind === 'DaemonSet' && at(daemonsets)) ||
			(kind === 'StorageCluster' && at(resources.storageclusters));
		if (owner) reconcileNodes(store, owner, originals);
	}

	/** Those of its template before. */
	function removePods(daemonSet: KubeObject): void {
		for (const { metadata } of ownedBy(store, resources.pods, daemonSet))
			store.remove(resources.pods, metadata.namespace, metadata.name);
	}
}

const hasTemplateOf = (object: KubeObject, previous: KubeObject | undefined): boolean =>
	!previous || isDeepStrictEqual(templateOf(object), templateOf(previous));
