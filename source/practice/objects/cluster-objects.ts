import type { ClusterPlan } from '../cluster-plan.ts';
import type { ObjectStore } from '../contract.ts';
import { storkKinds } from '../kinds/custom.ts';
import { customResourceDefinition, resources } from '../resources.ts';
import { namespace } from './existing-pairs.ts';
import { nodeNames, nodesOf } from './nodes.ts';
import { type Platform, platforms } from './platforms.ts';
import { createPortworx } from './portworx.ts';
import type { PortworxFacts } from './portworx-facts.ts';
import { createDeployment } from './workloads.ts';

/** Fills the store of a new cluster with all that the plan says is there. */
export function createClusterObjects(store: ObjectStore, plan: ClusterPlan, facts: PortworxFacts): void {
	const hasPortworx = plan.install !== 'none';
	for (const name of new Set(['default', 'kube-system', ...(hasPortworx ? [plan.namespace] : [])])) {
		store.create(resources.namespaces, namespace(name));
	}

	for (const node of nodesOf(plan)) store.create(resources.nodes, node);
	createInfrastructure(store, plan);
	if (hasPortworx) createPortworx(store, plan, facts);
	if (plan.stork !== 'crd-missing') {
		for (const type of Object.values(storkKinds)) {
			store.create(resources.customresourcedefinitions, customResourceDefinition(type));
		}
	}

	if (plan.stork === 'running' || plan.stork === 'down') createStork(store, plan);
	for (const object of plan.objects) store.create(typeOf(object.kind), object);
}

/** OpenShift's own word for where it runs. */
function createInfrastructure(store: ObjectStore, { name, platform, region }: ClusterPlan): void {
	const { openShift }: Platform = platforms[platform];
	if (!openShift) return;
	const platformStatus = openShift(region);
	store.create(resources.customresourcedefinitions, customResourceDefinition(resources.infrastructures));
	store.create(resources.infrastructures, {
		apiVersion: 'config.openshift.io/v1',
		kind: 'Infrastructure',
		metadata: { name: 'cluster' },
		spec: { platformSpec: { type: platformStatus.type } },
		status: {
			infrastructureName: `${name}-4kq2m`,
			platform: platformStatus.type,
			platformStatus,
			controlPlaneTopology: 'HighlyAvailable',
			infrastructureTopology: 'HighlyAvailable',
		},
	});
}

function createStork(store: ObjectStore, plan: ClusterPlan): void {
	store.create(resources.serviceaccounts, {
		apiVersion: 'v1',
		kind: 'ServiceAccount',
		metadata: { name: 'stork', namespace: plan.namespace },
	});
	createDeployment(store, {
		name: 'stork',
		namespace: plan.namespace,
		labels: { name: 'stork', tier: 'control-plane' },
		containers: [
			{
				name: 'stork',
				image: `docker.io/openstorage/stork:${plan.storkVersion}`,
				args: ['/stork', '--driver=pxd', '--verbose', '--leader-elect=true'],
			},
		],
		serviceAccount: 'stork',
		hostNetwork: false,
		nodes: nodeNames(plan),
		unready: plan.stork === 'down' ? nodeNames(plan) : [],
	});
}

function typeOf(kind: string) {
	const type = Object.values(resources).find(resource => resource.kind === kind);
	if (!type) throw new Error(`The practice clusters serve no ${kind}`);
	return type;
}
