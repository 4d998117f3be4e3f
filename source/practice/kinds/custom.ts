import { cluster, custom, type Resource, status } from './kind.ts';

const portworx = 'core.libopenstorage.org/v1';
const stork = 'stork.libopenstorage.org/v1alpha1';

/** What Stork registers when it starts: types without a schema, without columns and, all but a few, without short names. */
export const storkKinds = {
	applicationbackups: custom(stork, 'applicationbackups', 'ApplicationBackup'),
	applicationbackupschedules: custom(stork, 'applicationbackupschedules', 'ApplicationBackupSchedule'),
	applicationclones: custom(stork, 'applicationclones', 'ApplicationClone'),
	applicationregistrations: custom(stork, 'applicationregistrations', 'ApplicationRegistration', {
		...cluster,
		shortNames: ['appreg'],
	}),
	applicationrestores: custom(stork, 'applicationrestores', 'ApplicationRestore'),
	backuplocations: custom(stork, 'backuplocations', 'BackupLocation'),
	clusterdomainsstatuses: custom(stork, 'clusterdomainsstatuses', 'ClusterDomainsStatus', {
		...cluster,
		shortNames: ['cds'],
	}),
	clusterdomainupdates: custom(stork, 'clusterdomainupdates', 'ClusterDomainUpdate', {
		...cluster,
		shortNames: ['cdu'],
	}),
	clusterpairs: custom(stork, 'clusterpairs', 'ClusterPair'),
	groupvolumesnapshots: custom(stork, 'groupvolumesnapshots', 'GroupVolumeSnapshot'),
	migrations: custom(stork, 'migrations', 'Migration'),
	migrationschedules: custom(stork, 'migrationschedules', 'MigrationSchedule'),
	namespacedschedulepolicies: custom(stork, 'namespacedschedulepolicies', 'NamespacedSchedulePolicy'),
	resourcetransformations: custom(stork, 'resourcetransformations', 'ResourceTransformation'),
	rules: custom(stork, 'rules', 'Rule'),
	schedulepolicies: custom(stork, 'schedulepolicies', 'SchedulePolicy', cluster),
	volumesnapshotrestores: custom(stork, 'volumesnapshotrestores', 'VolumeSnapshotRestore'),
	volumesnapshotschedules: custom(stork, 'volumesnapshotschedules', 'VolumeSnapshotSchedule'),
} as const satisfies Record<string, Resource>;

/** What OpenShift and the operator of Portworx define. */
export const otherCustomKinds = {
	infrastructures: custom('config.openshift.io/v1', 'infrastructures', 'Infrastructure', {
		...cluster,
		subresources: [status('Infrastructure')],
	}),
	storageclusters: custom(portworx, 'storageclusters', 'StorageCluster', {
		shortNames: ['stc'],
		subresources: [status('StorageCluster')],
	}),
	storagenodes: custom(portworx, 'storagenodes', 'StorageNode', {
		shortNames: ['sn'],
		subresources: [status('StorageNode')],
	}),
} as const satisfies Record<string, Resource>;
