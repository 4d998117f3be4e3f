import type { KubeObject } from '../contract.ts';
import type { MigratedResource, MigratedVolume, MigrationStatus } from './migration.ts';

const size = 1_073_741_824;

export function progressOf(volume: MigratedVolume, look: number, failed: boolean): Partial<MigratedVolume> {
	const stage = look < 3 ? 'Backup' : 'Restore';
	if (failed) {
		const why =
			stage === 'Backup'
				? 'XMinioStorageFull: Storage backend has reached its minimum free disk threshold. Please delete a few objects to proceed.'
				: `ValidateCred: credential with name or uuid clusterPair_${volume.volume.slice(4)} not found`;
		return { status: 'Failed', reason: `Migration ${stage} failed for volume: ${why}` };
	}
	if (look > 3) return { status: 'Successful', bytesTotal: size, reason: 'Migration successful for volume' };
	const done = Math.floor((size * (look - 1)) / 3);
	return {
		bytesTotal: size,
		reason: `Volume migration has started. ${stage} in progress. BytesDone: ${done} BytesTotal: ${size} ETA: ${6 * (4 - look)} seconds`,
	};
}

export function endOf(told: readonly MigratedResource[]): MigrationStatus['status'] {
	const failed = told.filter(({ status }) => status === 'Failed');
	if (failed.some(({ kind }) => kind === 'PersistentVolume')) return 'Failed';
	return failed.length > 0 ? 'PartialSuccess' : 'Successful';
}

export function summaryOf(
	{ metadata }: KubeObject,
	{ stage, volumes, resources: told }: MigrationStatus,
): object | null {
	if (stage === '') return null;
	const arrived = (volumes ?? []).filter(({ status }) => status === 'Successful');
	const elapsed = `${Math.max(0, (Date.now() - Date.parse(metadata.creationTimestamp ?? '')) / 1000).toFixed(3)}s`;
	return {
		elapsedTimeForResourceMigration: stage === 'Volumes' ? 'NA' : elapsed,
		elapsedTimeForVolumeMigration: elapsed,
		numOfMigratedResources: (told ?? []).filter(({ status }) => status === 'Successful').length,
		numOfMigratedVolumes: arrived.length,
		totalBytesMigrated: arrived.reduce((sum, { bytesTotal }) => sum + bytesTotal, 0),
		totalNumberOfResources: (told ?? []).length,
		totalNumberOfVolumes: (volumes ?? []).length,
	};
}

export function eventTextOf({ group, version, kind, namespace, name, reason }: MigratedResource): string {
	return `${group === 'core' ? '' : group}/${version}, Kind=${kind} ${namespace}/${name}: ${reason}`;
}
