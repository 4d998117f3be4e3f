import type { KubeObject, ObjectStore, ResourceId } from './contract.ts';

export type Subresource = Readonly<{ name: string; kind: string; verbs: readonly string[] }>;

/** One resource type as discovery describes it. */
export type Resource = ResourceId &
	Readonly<{
		kind: string;
		singular: string;
		namespaced: boolean;
		shortNames: readonly string[];
		categories: readonly string[];
		verbs: readonly string[];
		subresources: readonly Subresource[];
		/** Defined by a CustomResourceDefinition: no schema, no strategic merge. */
		custom: boolean;
	}>;

type Traits = Partial<Pick<Resource, 'namespaced' | 'shortNames' | 'categories' | 'verbs' | 'subresources'>>;

const builtInVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const customVerbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
const reviewVerbs = ['create'];

/** Every resource type the practice clusters know by name; the custom ones are served while their definition is in the store. */
export const resources = {
	configmaps: builtIn('', 'v1', 'configmaps', 'ConfigMap', { shortNames: ['cm'] }),
	endpoints: builtIn('', 'v1', 'endpoints', 'Endpoints', { shortNames: ['ep'] }),
	events: builtIn('', 'v1', 'events', 'Event', { shortNames: ['ev'] }),
	namespaces: builtIn('', 'v1', 'namespaces', 'Namespace', {
		namespaced: false,
		shortNames: ['ns'],
		verbs: builtInVerbs.filter(verb => verb !== 'deletecollection'),
		subresources: [{ name: 'finalize', kind: 'Namespace', verbs: ['update'] }, status('Namespace')],
	}),
	nodes: builtIn('', 'v1', 'nodes', 'Node', {
		namespaced: false,
		shortNames: ['no'],
		subresources: [status('Node')],
	}),
	pods: builtIn('', 'v1', 'pods', 'Pod', {
		shortNames: ['po'],
		categories: ['all'],
		subresources: [{ name: 'exec', kind: 'PodExecOptions', verbs: ['create', 'get'] }, status('Pod')],
	}),
	secrets: builtIn('', 'v1', 'secrets', 'Secret'),
	serviceaccounts: builtIn('', 'v1', 'serviceaccounts', 'ServiceAccount', {
		shortNames: ['sa'],
		subresources: [{ name: 'token', kind: 'TokenRequest', verbs: ['create'] }],
	}),
	services: builtIn('', 'v1', 'services', 'Service', {
		shortNames: ['svc'],
		categories: ['all'],
		subresources: [status('Service')],
	}),
	customresourcedefinitions: builtIn(
		'apiextensions.k8s.io',
		'v1',
		'customresourcedefinitions',
		'CustomResourceDefinition',
		{
			namespaced: false,
			shortNames: ['crd', 'crds'],
			categories: ['api-extensions'],
			subresources: [status('CustomResourceDefinition')],
		},
	),
	daemonsets: builtIn('apps', 'v1', 'daemonsets', 'DaemonSet', {
		shortNames: ['ds'],
		categories: ['all'],
		subresources: [status('DaemonSet')],
	}),
	deployments: builtIn('apps', 'v1', 'deployments', 'Deployment', {
		shortNames: ['deploy'],
		categories: ['all'],
		subresources: [status('Deployment')],
	}),
	selfsubjectreviews: builtIn('authentication.k8s.io', 'v1', 'selfsubjectreviews', 'SelfSubjectReview', {
		namespaced: false,
		verbs: reviewVerbs,
	}),
	selfsubjectaccessreviews: builtIn(
		'authorization.k8s.io',
		'v1',
		'selfsubjectaccessreviews',
		'SelfSubjectAccessReview',
		{ namespaced: false, verbs: reviewVerbs },
	),
	leases: builtIn('coordination.k8s.io', 'v1', 'leases', 'Lease'),
	clusterrolebindings: builtIn(
		'rbac.authorization.k8s.io',
		'v1',
		'clusterrolebindings',
		'ClusterRoleBinding',
		{
			namespaced: false,
		},
	),
	clusterroles: builtIn('rbac.authorization.k8s.io', 'v1', 'clusterroles', 'ClusterRole', {
		namespaced: false,
	}),
	rolebindings: builtIn('rbac.authorization.k8s.io', 'v1', 'rolebindings', 'RoleBinding'),
	roles: builtIn('rbac.authorization.k8s.io', 'v1', 'roles', 'Role'),
	infrastructures: custom('config.openshift.io', 'v1', 'infrastructures', 'Infrastructure', {
		namespaced: false,
		subresources: [status('Infrastructure')],
	}),
	storageclusters: custom('core.libopenstorage.org', 'v1', 'storageclusters', 'StorageCluster', {
		shortNames: ['stc'],
		subresources: [status('StorageCluster')],
	}),
	storagenodes: custom('core.libopenstorage.org', 'v1', 'storagenodes', 'StorageNode', {
		shortNames: ['sn'],
		subresources: [status('StorageNode')],
	}),
	clusterpairs: custom('stork.libopenstorage.org', 'v1alpha1', 'clusterpairs', 'ClusterPair'),
	migrations: custom('stork.libopenstorage.org', 'v1alpha1', 'migrations', 'Migration'),
} as const satisfies Record<string, Resource>;

/** What this cluster serves now: the built-in types and whatever its CustomResourceDefinitions define. */
export function servedResources(store: Pick<ObjectStore, 'list'>): Resource[] {
	const builtIns = Object.values<Resource>(resources).filter(resource => !resource.custom);
	return [...builtIns, ...store.list(resources.customresourcedefinitions).flatMap(resourcesDefinedBy)];
}

/** The definition to put into a store so that a custom type is served. */
export function customResourceDefinition(resource: Resource): KubeObject {
	const { group, version, plural, singular, kind, shortNames } = resource;
	const names = {
		plural,
		singular,
		kind,
		listKind: `${kind}List`,
		...(shortNames.length > 0 && { shortNames }),
	};
	const served = {
		name: version,
		served: true,
		storage: true,
		schema: { openAPIV3Schema: { 'x-kubernetes-preserve-unknown-fields': true } },
		...(hasStatus(resource) && { subresources: { status: {} } }),
	};
	return {
		apiVersion: 'apiextensions.k8s.io/v1',
		kind: 'CustomResourceDefinition',
		metadata: { name: `${plural}.${group}` },
		spec: {
			group,
			names,
			scope: resource.namespaced ? 'Namespaced' : 'Cluster',
			versions: [served],
			conversion: { strategy: 'None' },
		},
	};
}

export function apiVersionOf({ group, version }: ResourceId): string {
	return group === '' ? version : `${group}/${version}`;
}

export function hasStatus(resource: Resource): boolean {
	return resource.subresources.some(subresource => subresource.name === 'status');
}

type DefinitionSpec = {
	group: string;
	scope: string;
	names: { plural: string; kind: string; singular?: string; shortNames?: string[]; categories?: string[] };
	versions: { name: string; served: boolean; subresources?: { status?: object } }[];
};

function resourcesDefinedBy(definition: KubeObject): Resource[] {
	const { group, names, scope, versions } = (definition.spec ?? {}) as Partial<DefinitionSpec>;
	if (!group || !names?.plural || !names.kind || !Array.isArray(versions)) return [];
	return versions
		.filter(version => version.served)
		.map(version =>
			custom(group, version.name, names.plural, names.kind, {
				namespaced: scope === 'Namespaced',
				shortNames: names.shortNames ?? [],
				categories: names.categories ?? [],
				subresources: version.subresources?.status ? [status(names.kind)] : [],
			}),
		);
}

function builtIn(
	group: string,
	version: string,
	plural: string,
	kind: string,
	traits: Traits = {},
): Resource {
	return resource(group, version, plural, kind, { verbs: builtInVerbs, ...traits }, false);
}

function custom(group: string, version: string, plural: string, kind: string, traits: Traits = {}): Resource {
	return resource(group, version, plural, kind, { verbs: customVerbs, ...traits }, true);
}

function resource(
	group: string,
	version: string,
	plural: string,
	kind: string,
	traits: Traits,
	isCustom: boolean,
): Resource {
	return {
		group,
		version,
		plural,
		kind,
		singular: kind.toLowerCase(),
		namespaced: true,
		shortNames: [],
		categories: [],
		verbs: [],
		subresources: [],
		...traits,
		custom: isCustom,
	};
}

function status(kind: string): Subresource {
	return { name: 'status', kind, verbs: ['get', 'patch', 'update'] };
}
