import type { KubeObject } from '../../contract.ts';
import { type Json, recordOf } from '../json.ts';
import { ageOf } from './age.ts';
import { age, type Cell, type Columns, listAt, pairs, textAt } from './cells.ts';

const createdAt: Cell = ({ metadata }) => metadata.creationTimestamp ?? '';

const containers: Columns = {
	'+Containers': allContainers,
	'+Images': allImages,
	'+Selector': ({ spec }) => pairs(recordOf(recordOf(recordOf(spec).selector).matchLabels)),
};

const replicas: Columns = {
	Desired: ({ spec }) => numberAt(spec, 'replicas', 1),
	Current: ({ status }) => numberAt(status, 'replicas'),
	Ready: ({ status }) => numberAt(status, 'readyReplicas'),
	Age: age,
	...containers,
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
	'apps/replicasets': replicas,
	'/replicationcontrollers': replicas,
	'apps/statefulsets': {
		Ready: ({ spec, status }) => `${numberAt(status, 'readyReplicas')}/${numberAt(spec, 'replicas', 1)}`,
		Age: age,
		'+Containers': allContainers,
		'+Images': allImages,
	},
	'batch/jobs': {
		Status: jobStatus,
		Completions: ({ spec, status }) => `${numberAt(status, 'succeeded')}/${numberAt(spec, 'completions', 1)}`,
		Duration: jobDuration,
		Age: age,
		...containers,
	},
	'batch/cronjobs': {
		Schedule: ({ spec }) => textAt(spec, 'schedule'),
		Timezone: ({ spec }) => textAt(spec, 'timeZone'),
		Suspend: ({ spec }) => (recordOf(spec).suspend === true ? 'True' : 'False'),
		Active: ({ status }) => listAt(status, 'active').length,
		'Last Schedule': ({ status }, now) => {
			const { lastScheduleTime } = recordOf(status);
			return lastScheduleTime ? ageOf(lastScheduleTime, now) : '<none>';
		},
		Age: age,
	},
	'coordination.k8s.io/leases': { Holder: ({ spec }) => textAt(spec, 'holderIdentity', ''), Age: age },
	'networking.k8s.io/ingresses': {
		Class: ({ spec }) => textAt(spec, 'ingressClassName'),
		Hosts: ({ spec }) =>
			listAt(spec, 'rules')
				.map(({ host }) => host ?? '*')
				.join(',') || '*',
		Address: ({ status }) =>
			listAt(recordOf(status).loadBalancer, 'ingress')
				.map(({ ip, hostname }) => ip ?? hostname)
				.join(','),
		Ports: ({ spec }) => (listAt(spec, 'tls').length > 0 ? '80, 443' : '80'),
		Age: age,
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

function allContainers(workload: KubeObject): string {
	return containersOf(workload)
		.map(({ name }) => name)
		.join(',');
}

function allImages(workload: KubeObject): string {
	return containersOf(workload)
		.map(({ image }) => image)
		.join(',');
}

function jobStatus({ spec, status }: KubeObject): string {
	const is = (wanted: string) =>
		listAt(status, 'conditions').some(({ type, status: is }) => type === wanted && is === 'True');
	if (is('Complete')) return 'Complete';
	if (is('Failed')) return 'Failed';
	return recordOf(spec).suspend === true || is('Suspended') ? 'Suspended' : 'Running';
}

function jobDuration({ status }: KubeObject, now: Date): string {
	const { startTime, completionTime } = recordOf(status);
	if (!startTime) return '';
	return ageOf(startTime, completionTime ? new Date(String(completionTime)) : now);
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
