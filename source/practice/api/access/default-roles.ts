import type { KubeObject, ObjectStore } from '../../contract.ts';
import { resources } from '../../resources.ts';
import type { Rule } from './authorization.ts';

const apiVersion = 'rbac.authorization.k8s.io/v1';
const labels = { 'kubernetes.io/bootstrapping': 'rbac-defaults' };
const authenticated = 'system:authenticated';
const everyone = [authenticated, 'system:unauthenticated'];

/** The roles that every cluster has from the start, as far as they speak of what practice serves, and who has them. */
export function createDefaultRoles(store: ObjectStore): void {
	for (const [name, rules] of Object.entries(roles)) {
		const role = { apiVersion, kind: 'ClusterRole', metadata: { name, labels }, rules };
		create(store, resources.clusterroles, role);
	}
	for (const [name, groups] of Object.entries(bindings))
		create(store, resources.clusterrolebindings, {
			apiVersion,
			kind: 'ClusterRoleBinding',
			metadata: { name, labels },
			roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
			subjects: groups.map(group => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: group })),
		});
}

function create(store: ObjectStore, resource: typeof resources.clusterroles, object: KubeObject): void {
	if (!store.get(resource, undefined, object.metadata.name)) store.create(resource, object);
}

const read = ['get', 'list', 'watch'];
const write = ['create', 'delete', 'deletecollection', 'patch', 'update'];

const rule = (group: string, resources: readonly string[], verbs: readonly string[]): Rule => ({
	apiGroups: [group],
	resources: [...resources],
	verbs: [...verbs],
});

const paths = (...nonResourceURLs: string[]): Rule => ({ nonResourceURLs, verbs: ['get'] });

const core = ['configmaps', 'endpoints', 'persistentvolumeclaims', 'pods', 'replicationcontrollers'];
const services = ['serviceaccounts', 'services'];
const scaled = (names: readonly string[]) => names.flatMap(name => [name, `${name}/scale`]);
const apps = ['daemonsets', ...scaled(['deployments', 'replicasets', 'statefulsets'])];

const editing: readonly Rule[] = [
	rule('', ['pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy'], [...read, ...write]),
	rule('', ['secrets'], [...read, ...write]),
	rule('', ['serviceaccounts'], ['impersonate']),
	rule('', ['serviceaccounts/token'], ['create']),
	rule('', [...core, ...services], write),
	rule('apps', apps, write),
	rule('batch', ['cronjobs', 'jobs'], write),
	rule('networking.k8s.io', ['ingresses'], write),
];

const viewing: readonly Rule[] = [
	rule('', [...core, ...services, 'replicationcontrollers/scale'], read),
	rule('', ['events', 'limitranges', 'namespaces', 'pods/log', 'pods/status', 'resourcequotas'], read),
	rule('apps', apps, read),
	rule('batch', ['cronjobs', 'jobs'], read),
	rule('networking.k8s.io', ['ingresses'], read),
];

const roles: Readonly<Record<string, readonly Rule[]>> = {
	'cluster-admin': [rule('*', ['*'], ['*']), { nonResourceURLs: ['*'], verbs: ['*'] }],
	admin: [
		...editing,
		...viewing,
		rule('authorization.k8s.io', ['localsubjectaccessreviews'], ['create']),
		rule('rbac.authorization.k8s.io', ['rolebindings', 'roles'], [...read, ...write]),
	],
	edit: [...editing, ...viewing],
	view: viewing,
	'system:basic-user': [
		rule('authorization.k8s.io', ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'], ['create']),
		rule('authentication.k8s.io', ['selfsubjectreviews'], ['create']),
	],
	'system:discovery': [
		paths(
			'/api',
			'/api/*',
			'/apis',
			'/apis/*',
			'/healthz',
			'/livez',
			'/openapi',
			'/openapi/*',
			'/readyz',
			'/version',
			'/version/',
		),
	],
	'system:public-info-viewer': [paths('/healthz', '/livez', '/readyz', '/version', '/version/')],
	'system:service-account-issuer-discovery': [
		paths('/.well-known', '/.well-known/*', '/.well-known/openid-configuration', '/openid/v1/jwks'),
	],
};

const bindings: Readonly<Record<string, readonly string[]>> = {
	'cluster-admin': ['system:masters'],
	'system:basic-user': [authenticated],
	'system:discovery': [authenticated],
	'system:public-info-viewer': everyone,
	'system:service-account-issuer-discovery': ['system:serviceaccounts'],
};
