import type { KubeObject, ResourceId } from '../../contract.ts';
import { recordOf } from '../json.ts';

/** What a real server adds to a new object by itself. */
export function withDefaults(resource: ResourceId, object: KubeObject, timestamp: string): KubeObject {
	switch (`${resource.group}/${resource.plural}`) {
		case '/namespaces':
			return namespace(object);
		case '/persistentvolumeclaims':
		case '/persistentvolumes':
			return volume(object);
		case '/pods':
			return pod(object);
		case '/events':
			return { eventTime: null, reportingComponent: '', reportingInstance: '', ...object };
		case '/services':
			return service(object);
		case 'apiextensions.k8s.io/customresourcedefinitions':
			return definition(object, timestamp);
		default:
			return normalForm(resource, object);
	}
}

/** What a server makes of every object before it keeps it, new or changed: a Secret's `stringData` becomes `data`. */
export function normalForm(resource: ResourceId, object: KubeObject): KubeObject {
	if (resource.group !== '') return object;
	if (resource.plural === 'namespaces') return named(object);
	return resource.plural === 'secrets' ? secret(object) : object;
}

/** The label with its name stays whatever anybody writes there. */
function named(object: KubeObject): KubeObject {
	const { metadata } = object;
	const labels = { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name };
	return { ...object, metadata: { ...metadata, labels } };
}

function namespace(object: KubeObject): KubeObject {
	return {
		...named(object),
		spec: { ...recordOf(object.spec), finalizers: ['kubernetes'] },
		status: { phase: 'Active' },
	};
}

function pod(object: KubeObject): KubeObject {
	return { ...object, status: { phase: 'Pending', ...recordOf(object.status) } };
}

function volume(object: KubeObject): KubeObject {
	return {
		...object,
		spec: { volumeMode: 'Filesystem', ...recordOf(object.spec) },
		status: { phase: 'Pending', ...recordOf(object.status) },
	};
}

function service(object: KubeObject): KubeObject {
	const spec = recordOf(object.spec);
	const ports = (Array.isArray(spec.ports) ? spec.ports : []).map(port => ({
		protocol: 'TCP',
		targetPort: recordOf(port).port,
		...recordOf(port),
	}));
	const defaults = { type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster' };
	return {
		...object,
		spec: { ...defaults, ...spec, ...(ports.length > 0 && { ports }) },
		status: { loadBalancer: {}, ...recordOf(object.status) },
	};
}

function secret(object: KubeObject): KubeObject {
	const { stringData, ...rest } = object;
	const encoded = Object.entries(recordOf(stringData)).map(([key, value]) => [
		key,
		Buffer.from(String(value)).toString('base64'),
	]);
	const data = { ...recordOf(rest.data), ...Object.fromEntries(encoded) };
	return { type: 'Opaque', ...rest, ...(Object.keys(data).length > 0 && { data }) };
}

function definition(object: KubeObject, lastTransitionTime: string): KubeObject {
	const spec = recordOf(object.spec);
	const versions = (spec.versions ?? []) as { name: string; storage?: boolean }[];
	const conditions = [
		condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
		condition('Established', 'InitialNamesAccepted', 'the initial names have been accepted'),
	].map(({ type, status, ...why }) => ({ type, status, lastTransitionTime, ...why }));
	const storedVersions = versions.filter(version => version.storage).map(version => version.name);
	return { ...object, status: { conditions, acceptedNames: spec.names, storedVersions } };
}

function condition(type: string, reason: string, message: string) {
	return { type, status: 'True', reason, message };
}
