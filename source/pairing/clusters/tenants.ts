/** What makes a namespace somebody's. Kinds that a cluster does not serve are passed over. */
export const tenantTypes = (
	[
		['v1', 'pods'],
		['v1', 'services'],
		['v1', 'configmaps'],
		['v1', 'secrets'],
		['v1', 'persistentvolumeclaims'],
		['v1', 'serviceaccounts'],
		['apps/v1', 'deployments'],
		['apps/v1', 'statefulsets'],
		['batch/v1', 'jobs'],
		['batch/v1', 'cronjobs'],
		['rbac.authorization.k8s.io/v1', 'rolebindings'],
		['stork.libopenstorage.org/v1alpha1', 'clusterpairs'],
		['stork.libopenstorage.org/v1alpha1', 'migrations'],
		['stork.libopenstorage.org/v1alpha1', 'migrationschedules'],
	] as const
).map(([apiVersion, plural]) => ({ apiVersion, plural, scope: 'namespace' }) as const);
