import { randomInt } from 'node:crypto';
import type { KubeObject, ResourceId } from '../../contract.ts';
import { type Json, recordOf } from '../json.ts';

/** What a real server adds to a new object by itself. */
export function withDefaults(resource: ResourceId, object: KubeObject, timestamp: string): KubeObject {
	switch (`${resource.group}/${resource.plural}`) {
		case '/namespaces':
			return namespace(object);
		case '/persistentvolumeclaims':
		case '/persistentvolumes':
		case '/pods':
			return { ...normalForm(resource, object), status: { phase: 'Pending', ...recordOf(object.status) } };
		case '/events':
			return { eventTime: null, reportingComponent: '', reportingInstance: '', ...object };
		case '/services':
			return service(object);
		case 'apiextensions.k8s.io/customresourcedefinitions':
			return definition(object, timestamp);
		default:
			return { ...(resource.group === 'apps' && { status: {} }), ...normalForm(resource, object) };
	}
}

/** What a server makes of every object before it keeps it, new or changed: a Secret's `stringData` becomes `data`. */
export function normalForm(resource: ResourceId, object: KubeObject): KubeObject {
	if (resource.group === 'apps') return workload(object);
	if (resource.group === 'batch') return job(object);
	if (resource.plural === 'storageclasses')
		return { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate', ...object };
	if (resource.group !== '') return object;
	if (resource.plural === 'namespaces') return named(object);
	if (resource.plural.startsWith('persistentvolume'))
		return { ...object, spec: { volumeMode: 'Filesystem', ...recordOf(object.spec) } };
	if (resource.plural === 'pods') return { ...object, spec: { ...ofPods, ...podSpec(object.spec) } };
	return resource.plural === 'secrets' ? secret(object) : object;
}

function workload(object: KubeObject): KubeObject {
	const spec = recordOf(object.spec);
	const { template } = withTemplate(spec);
	const replicas = object.kind !== 'DaemonSet' && { replicas: 1 };
	const rolling = object.kind === 'Deployment' && { revisionHistoryLimit: 10, progressDeadlineSeconds: 600 };
	const strategy = object.kind === 'Deployment' && { strategy: strategyOf(spec) };
	return { ...object, spec: { ...replicas, ...rolling, ...spec, ...strategy, template } };
}

/** Where it makes Pods, that is in its template, or in that of its Jobs. */
function job(object: KubeObject): KubeObject {
	const spec = recordOf(object.spec);
	if (object.kind !== 'CronJob') return { ...object, spec: withTemplate(spec) };
	const { metadata, spec: ofJob } = recordOf(spec.jobTemplate);
	const jobTemplate = { metadata: recordOf(metadata), spec: withTemplate(recordOf(ofJob)) };
	return { ...object, spec: { concurrencyPolicy: 'Allow', suspend: false, ...spec, jobTemplate } };
}

function withTemplate(spec: Json): Json {
	const { metadata, spec: ofPod } = recordOf(spec.template);
	return { ...spec, template: { metadata: recordOf(metadata), spec: podSpec(ofPod) } };
}

function strategyOf({ strategy }: Readonly<Record<string, unknown>>) {
	const { type = 'RollingUpdate', rollingUpdate } = recordOf(strategy);
	const how = { maxUnavailable: '25%', maxSurge: '25%', ...recordOf(rollingUpdate) };
	const isGiven = type === 'RollingUpdate' || rollingUpdate !== undefined;
	return { type, ...(isGiven && { rollingUpdate: type === 'RollingUpdate' ? how : rollingUpdate }) };
}

const ofPods = {
	serviceAccountName: 'default',
	serviceAccount: 'default',
	enableServiceLinks: true,
	priority: 0,
	preemptionPolicy: 'PreemptLowerPriority',
};

function podSpec(given: unknown) {
	const spec = recordOf(given);
	return {
		restartPolicy: 'Always',
		terminationGracePeriodSeconds: 30,
		dnsPolicy: 'ClusterFirst',
		securityContext: {},
		schedulerName: 'default-scheduler',
		...spec,
		...(Array.isArray(spec.containers) && { containers: spec.containers.map(container) }),
		...(Array.isArray(spec.initContainers) && { initContainers: spec.initContainers.map(container) }),
	};
}

function container(given: unknown) {
	const { ports, ...spec } = recordOf(given);
	return {
		resources: {},
		terminationMessagePath: '/dev/termination-log',
		terminationMessagePolicy: 'File',
		imagePullPolicy: /:(?!latest$)[^/]+$/.test(String(spec.image)) ? 'IfNotPresent' : 'Always',
		...spec,
		...(Array.isArray(ports) && { ports: ports.map(port => ({ protocol: 'TCP', ...recordOf(port) })) }),
	};
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

function service(object: KubeObject): KubeObject {
	const spec = recordOf(object.spec);
	const ports = (Array.isArray(spec.ports) ? spec.ports : []).map(port => ({
		protocol: 'TCP',
		targetPort: recordOf(port).port,
		...recordOf(port),
	}));
	const ip = String(spec.clusterIP || `10.96.${randomInt(1, 90)}.${randomInt(1, 255)}`);
	const families = { ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' };
	const isInside = spec.type !== 'ExternalName';
	const defaults = { type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster' };
	return {
		...object,
		spec: {
			...defaults,
			...(isInside && families),
			...spec,
			...(isInside && { clusterIP: ip, clusterIPs: [ip] }),
			...(ports.length > 0 && { ports }),
		},
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
