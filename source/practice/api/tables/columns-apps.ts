import type { KubeObject } from '../../contract.ts';
import { type Json, recordOf } from '../json.ts';
import { age, type Cell, type Columns, pairs } from './cells.ts';

const createdAt: Cell = ({ metadata }) => metadata.creationTimestamp ?? '';

const containers: Columns = {
	'+Containers': workload =>
		containersOf(workload)
			.map(({ name }) => name)
			.join(','),
	'+Images': workload =>
		containersOf(workload)
			.map(({ image }) => image)
			.join(','),
	'+Selector': ({ spec }) => pairs(recordOf(recordOf(recordOf(spec).selector).matchLabels)),
};

/** What `kubectl get` shows of workloads, roles and definitions, besides the name. */
export const appColumns: Readonly<Record<string, Columns>> = {
	'apps/deployments': {
		Ready: ({ spec, status }) => `${numberAt(status, 'readyReplicas')}/${numberAt(spec, 'replicas', 1)}`,
		'Up-to-date': ({ status }) => numberAt(status, 'updatedReplicas'),
		Available: ({ status }) => numberAt(status, 'availableReplicas'),
		Age: age,
		...containers,
	},
	'apps/daemonsets': {
		Desired: ({ status }) => numberAt(status, 'desiredNumberScheduled'),
		Current: ({ status }) => numberAt(status, 'currentNumberScheduled'),
		Ready: ({ status }) => String(numberAt(status, 'numberReady')),
		'Up-to-date': ({ status }) => numberAt(status, 'updatedNumberScheduled'),
		Available: ({ status }) => numberAt(status, 'numberAvailable'),
		'Node Selector': workload => pairs(recordOf(podSpecOf(workload).nodeSelector)),
		Age: age,
		...containers,
	},
	'rbac.authorization.k8s.io/clusterroles': { 'Created At': createdAt },
	'rbac.authorization.k8s.io/roles': { 'Created At': createdAt },
	'rbac.authorization.k8s.io/clusterrolebindings': { Role: roleOf, Age: age },
	'rbac.authorization.k8s.io/rolebindings': { Role: roleOf, Age: age },
	'apiextensions.k8s.io/customresourcedefinitions': { 'Created At': createdAt },
};

function containersOf(workload: KubeObject): Json[] {
	const { containers } = podSpecOf(workload);
	return Array.isArray(containers) ? containers.map(recordOf) : [];
}

function podSpecOf({ spec }: KubeObject): Json {
	return recordOf(recordOf(recordOf(spec).template).spec);
}

function roleOf({ roleRef }: KubeObject): string {
	const { kind, name } = recordOf(roleRef);
	return `${kind}/${name}`;
}

function numberAt(value: unknown, field: string, otherwise = 0): number {
	return Number(recordOf(value)[field] ?? otherwise);
}
