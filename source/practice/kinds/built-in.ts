import { builtIn, cluster, type Resource, review, scale, status, workload } from './kind.ts';

const builtInVerbs = builtIn('v1', '', '').verbs;
const tokenGroup = { group: 'authentication.k8s.io', version: 'v1' };
const rbac = 'rbac.authorization.k8s.io/v1';
const authorization = 'authorization.k8s.io/v1';

/** The types that every cluster has, as far as pairing and migrating meet them. */
export const builtInKinds = {
	configmaps: builtIn('v1', 'configmaps', 'ConfigMap', { shortNames: ['cm'] }),
	endpoints: builtIn('v1', 'endpoints', 'Endpoints', { shortNames: ['ep'] }),
	events: builtIn('v1', 'events', 'Event', { shortNames: ['ev'] }),
	limitranges: builtIn('v1', 'limitranges', 'LimitRange', { shortNames: ['limits'] }),
	namespaces: builtIn('v1', 'namespaces', 'Namespace', {
		...cluster,
		shortNames: ['ns'],
		verbs: builtInVerbs.filter(verb => verb !== 'deletecollection'),
		subresources: [{ name: 'finalize', kind: 'Namespace', verbs: ['update'] }, status('Namespace')],
	}),
	nodes: builtIn('v1', 'nodes', 'Node', { ...cluster, shortNames: ['no'], subresources: [status('Node')] }),
	persistentvolumeclaims: builtIn('v1', 'persistentvolumeclaims', 'PersistentVolumeClaim', {
		shortNames: ['pvc'],
		subresources: [status('PersistentVolumeClaim')],
	}),
	persistentvolumes: builtIn('v1', 'persistentvolumes', 'PersistentVolume', {
		...cluster,
		shortNames: ['pv'],
		subresources: [status('PersistentVolume')],
	}),
	pods: builtIn('v1', 'pods', 'Pod', {
		...workload,
		shortNames: ['po'],
		subresources: [
			{ name: 'exec', kind: 'PodExecOptions', verbs: ['create', 'get'] },
			{ name: 'log', kind: 'Pod', verbs: ['get'] },
			status('Pod'),
		],
	}),
	replicationcontrollers: builtIn('v1', 'replicationcontrollers', 'ReplicationController', {
		...workload,
		shortNames: ['rc'],
		subresources: [scale, status('ReplicationController')],
	}),
	resourcequotas: builtIn('v1', 'resourcequotas', 'ResourceQuota', {
		shortNames: ['quota'],
		subresources: [status('ResourceQuota')],
	}),
	secrets: builtIn('v1', 'secrets', 'Secret'),
	serviceaccounts: builtIn('v1', 'serviceaccounts', 'ServiceAccount', {
		shortNames: ['sa'],
		subresources: [{ name: 'token', kind: 'TokenRequest', verbs: ['create'], foreign: tokenGroup }],
	}),
	services: builtIn('v1', 'services', 'Service', {
		...workload,
		shortNames: ['svc'],
		subresources: [status('Service')],
	}),
	apiservices: builtIn('apiregistration.k8s.io/v1', 'apiservices', 'APIService', {
		...cluster,
		categories: ['api-extensions'],
		subresources: [status('APIService')],
	}),
	customresourcedefinitions: builtIn(
		'apiextensions.k8s.io/v1',
		'customresourcedefinitions',
		'CustomResourceDefinition',
		{
			...cluster,
			shortNames: ['crd', 'crds'],
			categories: ['api-extensions'],
			subresources: [status('CustomResourceDefinition')],
		},
	),
	daemonsets: builtIn('apps/v1', 'daemonsets', 'DaemonSet', {
		...workload,
		shortNames: ['ds'],
		subresources: [status('DaemonSet')],
	}),
	deployments: builtIn('apps/v1', 'deployments', 'Deployment', {
		...workload,
		shortNames: ['deploy'],
		subresources: [scale, status('Deployment')],
	}),
	replicasets: builtIn('apps/v1', 'replicasets', 'ReplicaSet', {
		...workload,
		shortNames: ['rs'],
		subresources: [scale, status('ReplicaSet')],
	}),
	statefulsets: builtIn('apps/v1', 'statefulsets', 'StatefulSet', {
		...workload,
		shortNames: ['sts'],
		subresources: [scale, status('StatefulSet')],
	}),
	selfsubjectreviews: review('authentication.k8s.io/v1', 'selfsubjectreviews', 'SelfSubjectReview'),
	tokenreviews: review('authentication.k8s.io/v1', 'tokenreviews', 'TokenReview'),
	localsubjectaccessreviews: review(
		authorization,
		'localsubjectaccessreviews',
		'LocalSubjectAccessReview',
		{},
	),
	selfsubjectaccessreviews: review(authorization, 'selfsubjectaccessreviews', 'SelfSubjectAccessReview'),
	selfsubjectrulesreviews: review(authorization, 'selfsubjectrulesreviews', 'SelfSubjectRulesReview'),
	subjectaccessreviews: review(authorization, 'subjectaccessreviews', 'SubjectAccessReview'),
	cronjobs: builtIn('batch/v1', 'cronjobs', 'CronJob', {
		...workload,
		shortNames: ['cj'],
		subresources: [status('CronJob')],
	}),
	jobs: builtIn('batch/v1', 'jobs', 'Job', { ...workload, subresources: [status('Job')] }),
	leases: builtIn('coordination.k8s.io/v1', 'leases', 'Lease'),
	ingresses: builtIn('networking.k8s.io/v1', 'ingresses', 'Ingress', {
		shortNames: ['ing'],
		subresources: [status('Ingress')],
	}),
	clusterrolebindings: builtIn(rbac, 'clusterrolebindings', 'ClusterRoleBinding', cluster),
	clusterroles: builtIn(rbac, 'clusterroles', 'ClusterRole', cluster),
	rolebindings: builtIn(rbac, 'rolebindings', 'RoleBinding'),
	roles: builtIn(rbac, 'roles', 'Role'),
	storageclasses: builtIn('storage.k8s.io/v1', 'storageclasses', 'StorageClass', {
		...cluster,
		shortNames: ['sc'],
	}),
} as const satisfies Record<string, Resource>;
