import type { KubeObject } from '../../contract.ts';
import { recordOf } from '../json.ts';
import { ageOf } from './age.ts';
import { age, type Columns, listAt, pairs, textAt } from './cells.ts';

/** What `kubectl get` shows of the core types, besides the name. */
export const coreColumns: Readonly<Record<string, Columns>> = {
	'/pods': {
		Ready: pod => {
			const statuses = listAt(pod.status, 'containerStatuses');
			const ready = statuses.filter(status => status.ready).length;
			return `${ready}/${listAt(pod.spec, 'containers').length}`;
		},
		Status: podStatus,
		Restarts: pod => String(restartsOf(pod)),
		Age: age,
		'+IP': pod => textAt(pod.status, 'podIP'),
		'+Node': pod => textAt(pod.spec, 'nodeName'),
		'+Nominated Node': pod => textAt(pod.status, 'nominatedNodeName'),
		'+Readiness Gates': () => '<none>',
	},
	'/nodes': {
		Status: nodeStatus,
		Roles: nodeRoles,
		Age: age,
		Version: node => textAt(recordOf(node.status).nodeInfo, 'kubeletVersion'),
		'+Internal-IP': node => addressOf(node, 'InternalIP'),
		'+External-IP': node => addressOf(node, 'ExternalIP'),
		'+OS-Image': node => textAt(recordOf(node.status).nodeInfo, 'osImage', '<unknown>'),
		'+Kernel-Version': node => textAt(recordOf(node.status).nodeInfo, 'kernelVersion', '<unknown>'),
		'+Container-Runtime': node =>
			textAt(recordOf(node.status).nodeInfo, 'containerRuntimeVersion', '<unknown>'),
	},
	'/namespaces': { Status: namespace => textAt(namespace.status, 'phase'), Age: age },
	'/services': {
		Type: service => textAt(service.spec, 'type', 'ClusterIP'),
		'Cluster-IP': service => textAt(service.spec, 'clusterIP'),
		'External-IP': externalAddresses,
		'Port(s)': servicePorts,
		Age: age,
		'+Selector': service => pairs(recordOf(recordOf(service.spec).selector)),
	},
	'/endpoints': { Endpoints: endpointAddresses, Age: age },
	'/events': {
		'Last Seen': (event, now) => ageOf(event.lastTimestamp ?? event.eventTime ?? event.firstTimestamp, now),
		Type: event => textAt(event, 'type', ''),
		Reason: event => textAt(event, 'reason', ''),
		Object: ({ involvedObject }) =>
			`${textAt(involvedObject, 'kind', '').toLowerCase()}/${textAt(involvedObject, 'name', '')}`,
		'+Subobject': event => textAt(event.involvedObject, 'fieldPath', ''),
		'+Source': event => textAt(event.source, 'component', ''),
		Message: event => textAt(event, 'message', '').trim(),
		'+First Seen': (event, now) => ageOf(event.firstTimestamp ?? event.eventTime, now),
		'+Count': event => Number(event.count ?? 1),
		'+Name': event => event.metadata.name,
	},
	'/secrets': {
		Type: secret => textAt(secret, 'type', 'Opaque'),
		Data: secret => Object.keys(recordOf(secret.data)).length,
		Age: age,
	},
	'/configmaps': { Data: map => Object.keys(recordOf(map.data)).length, Age: age },
	'/serviceaccounts': { Secrets: account => listAt(account, 'secrets').length, Age: age },
};

function podStatus(pod: KubeObject): string {
	if (pod.metadata.deletionTimestamp) return 'Terminating';
	const stuck = listAt(pod.status, 'containerStatuses')
		.flatMap(({ state }) => [recordOf(state).waiting, recordOf(state).terminated])
		.map(state => recordOf(state).reason)
		.find(reason => typeof reason === 'string');
	return stuck ?? textAt(pod.status, 'reason', textAt(pod.status, 'phase', 'Unknown'));
}

function restartsOf(pod: KubeObject): number {
	return listAt(pod.status, 'containerStatuses').reduce(
		(sum, { restartCount }) => sum + Number(restartCount ?? 0),
		0,
	);
}

function nodeStatus(node: KubeObject): string {
	const ready = listAt(node.status, 'conditions').find(({ type }) => type === 'Ready');
	const condition = ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady';
	return recordOf(node.spec).unschedulable === true ? `${condition},SchedulingDisabled` : condition;
}

function nodeRoles({ metadata }: KubeObject): string {
	const prefix = 'node-role.kubernetes.io/';
	const roles = Object.keys(metadata.labels ?? {}).filter(label => label.startsWith(prefix));
	return (
		roles
			.map(label => label.slice(prefix.length))
			.toSorted()
			.join(',') || '<none>'
	);
}

function addressOf(node: KubeObject, type: string): string {
	const found = listAt(node.status, 'addresses').find(address => address.type === type);
	return textAt(found, 'address');
}

function externalAddresses({ spec, status }: KubeObject): string {
	const { type, externalIPs } = recordOf(spec);
	const ingress = listAt(recordOf(status).loadBalancer, 'ingress').map(({ ip, hostname }) => ip ?? hostname);
	const addresses = [...ingress, ...(Array.isArray(externalIPs) ? externalIPs : [])];
	if (addresses.length > 0) return addresses.join(',');
	return type === 'LoadBalancer' ? '<pending>' : '<none>';
}

function servicePorts({ spec }: KubeObject): string {
	const ports = listAt(spec, 'ports').map(
		({ port, nodePort, protocol }) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol ?? 'TCP'}`,
	);
	return ports.join(',') || '<none>';
}

function endpointAddresses(endpoints: KubeObject): string {
	const all = listAt(endpoints, 'subsets').flatMap(subset =>
		listAt(subset, 'addresses').flatMap(({ ip }) =>
			listAt(subset, 'ports').map(({ port }) => `${ip}:${port}`),
		),
	);
	const more = all.length > 3 ? ` + ${all.length - 3} more...` : '';
	return all.length === 0 ? '<none>' : `${all.slice(0, 3).join(',')}${more}`;
}
