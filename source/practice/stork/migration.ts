import { recordOf } from '../api/json.ts';
import type { KubeObject, ObjectStore } from '../contract.ts';
import { resources } from '../resources.ts';
import { phaseOf, portworxProvisioner } from '../volumes/claims.ts';

export const finalizer = 'stork.libopenstorage.org/finalizer-cleanup';

export type MigratedVolume = Readonly<{
	bytesTotal: number;
	namespace: string;
	persistentVolumeClaim: string;
	reason: string;
	status: 'InProgress' | 'Successful' | 'Failed';
	volume: string;
}>;

export type MigratedResource = Readonly<{
	group: string;
	kind: string;
	name: string;
	namespace: string;
	reason: string;
	status: 'InProgress' | 'Successful' | 'Failed';
	transformedBy: '';
	version: string;
}>;

export type MigrationStatus = Readonly<{
	stage: '' | 'Volumes' | 'Applications' | 'Final';
	status: '' | 'Pending' | 'InProgress' | 'Failed' | 'PartialSuccess' | 'Successful';
	volumes: readonly MigratedVolume[] | null;
	resources: readonly MigratedResource[] | null;
	summary: object | null;
	finishTimestamp: string | null;
	volumeMigrationFinishTimestamp: string | null;
	resourceMigrationFinishTimestamp: string | null;
}>;

export const statusOf = ({ status }: KubeObject): MigrationStatus => ({
	...beginning,
	...(recordOf(status) as Partial<MigrationStatus>),
});

const beginning: MigrationStatus = {
	stage: '',
	status: '',
	volumes: null,
	resources: null,
	summary: null,
	finishTimestamp: null,
	volumeMigrationFinishTimestamp: null,
	resourceMigrationFinishTimestamp: null,
};

/** Written with the finalizer: what Stork's Go types have without `omitempty`. */
export const unset = {
	adminClusterPair: '',
	excludeResourceTypes: null,
	excludeSelectors: null,
	ignoreOwnerReferencesCheck: null,
	includeNetworkPolicyWithCIDR: null,
	includeOptionalResourceTypes: null,
	includeResources: null,
	includeVolumes: null,
	namespaceSelectors: null,
	namespaces: null,
	postExecRule: '',
	preExecRule: '',
	purgeDeletedResources: null,
	selectors: null,
	skipDeletedNamespaces: null,
	skipServiceUpdate: null,
	startApplications: null,
	transformSpecs: null,
};

/** Written with the first stage, where the spec says nothing else. */
const defaults = {
	ignoreOwnerReferencesCheck: false,
	includeNetworkPolicyWithCIDR: false,
	includeResources: true,
	includeVolumes: true,
	purgeDeletedResources: false,
	skipDeletedNamespaces: true,
	skipServiceUpdate: false,
	startApplications: false,
};

export function withDefaults({ spec }: KubeObject): object {
	const given = Object.entries(recordOf(spec)).filter(([, value]) => value !== null);
	return { ...unset, ...defaults, ...Object.fromEntries(given) };
}

export const adminNamespace = 'kube-system';

/** Why Stork does not begin: it says so in an event, and looks again later. */
export function refusalOf(migration: KubeObject): string | undefined {
	const { namespace } = migration.metadata;
	if (!recordOf(migration.spec).clusterPair) return 'clusterPair to migrate to cannot be empty';
	const namespaces = namespacesOf(migration);
	if (namespaces.length === 0)
		return "no valid namespace found based on the provided 'Namespaces' and 'NamespaceSelectors'";
	const isAdmin = namespace === adminNamespace;
	return isAdmin || namespaces.every(name => name === namespace)
		? undefined
		: 'migration namespaces should only contain the current namespace';
}

export const namespacesOf = ({ spec }: KubeObject): readonly string[] => {
	const { namespaces } = recordOf(spec);
	return Array.isArray(namespaces) ? namespaces.map(String) : [];
};

/** What one migration takes along: these kinds, as far as its selectors choose them. */
export type Collected = Readonly<{
	claims: readonly KubeObject[];
	volumes: readonly KubeObject[];
	others: readonly KubeObject[];
}>;

/** What the destination has of its own. */
const ofEachCluster = ['kube-root-ca.crt', 'kubernetes', 'openshift-service-ca.crt'];

export function collect(store: ObjectStore, migration: KubeObject): Collected {
	const { selectors } = recordOf(migration.spec);
	const wanted = Object.entries(recordOf(selectors)) as [string, string][];
	const isChosen = ({ metadata }: KubeObject) =>
		wanted.every(([label, value]) => metadata.labels?.[label] === value);
	const all = (resource: Parameters<ObjectStore['list']>[0]) =>
		namespacesOf(migration)
			.flatMap(namespace => store.list(resource, namespace))
			.filter(isChosen);
	// One that is not bound yet is left out, without a word.
	const claims = all(resources.persistentvolumeclaims).filter(claim => phaseOf(claim) === 'Bound');
	const volumes = claims.flatMap(claim => {
		const { volumeName } = recordOf(claim.spec);
		const volume = store.get(resources.persistentvolumes, undefined, String(volumeName));
		return volume && recordOf(recordOf(volume.spec).csi).driver === portworxProvisioner ? [volume] : [];
	});
	const others = [resources.configmaps, resources.secrets, resources.services]
		.flatMap(all)
		.filter(({ metadata }) => !ofEachCluster.includes(metadata.name));
	return { claims, volumes, others };
}
