import { setTimeout as delay } from 'node:timers/promises';
import { recordOf } from '../api/json.ts';
import { updateAs } from '../api/writes/managed-fields.ts';
import type { ClosedToPods, KubeObject, ObjectStore } from '../contract.ts';
import { timestampOf } from '../object-store.ts';
import { resources } from '../resources.ts';
import { type AllVolumes, copyOf, emptyVolume, type Volumes, volumesOf } from '../volumes/volumes.ts';
import { type ClusterPair, decodeClusterPair } from './cluster-pair.ts';
import { createRecorder } from './events.ts';
import { applyRemotely, Unreachable } from './migrated-objects.ts';
import {
	collect,
	finalizer,
	type MigratedVolume,
	type MigrationStatus,
	refusalOf,
	statusOf,
	unset,
	withDefaults,
} from './migration.ts';
import { endOf, eventTextOf, progressOf, summaryOf } from './migration-progress.ts';

/** What goes wrong with migrations of a cluster. `data-lost`: the volume arrives, and nothing is in it. */
export type MigrationFault = 'none' | 'refused' | 'backup-fails' | 'restore-fails' | 'data-lost' | 'stuck';

type Options = Readonly<{
	store: ObjectStore;
	own: Volumes;
	all: AllVolumes;
	fault: MigrationFault;
	/** Milliseconds between two looks at a volume that is on its way. */
	pace: number;
	/** Milliseconds until what was refused is tried again; Stork takes 10,000. */
	interval: number;
	closedToPods: ClosedToPods;
	storkVersion: string;
	/** Whether a pod of Stork runs. */
	isUp: () => boolean;
}>;

type Next = 'again' | 'later' | 'done';

const { migrations, clusterpairs } = resources;

/** Stork's Migration controller, with the Portworx of both clusters as its driver. */
export function startMigrations(options: Options): Readonly<{ close(): Promise<void> }> {
	const { store, own, all, fault, pace, interval, closedToPods, storkVersion, isUp } = options;
	const record = createRecorder(store, 'stork');
	const closing = new AbortController();
	const surroundings = { timeout: 10_000, signal: closing.signal, closedToPods, storkVersion };
	/** By UID. */
	const working = new Map<string, Promise<void>>();
	const looks = new Map<string, number>();
	const unsubscribe = store.subscribe(({ resource, object }) => {
		if (resource.plural === migrations.plural) wake(object);
	});
	return {
		async close() {
			closing.abort();
			unsubscribe();
			await Promise.all(working.values());
		},
	};

	function wake({ metadata: { uid = '', namespace, name } }: KubeObject) {
		if (working.has(uid) || closing.signal.aborted) return;
		const work = async () => {
			await pause(0);
			for (let next: Next = 'again'; next !== 'done' && !closing.signal.aborted; ) {
				const found = store.get(migrations, namespace, name);
				if (found?.metadata.uid !== uid) break;
				next = isUp() ? await reconcile(found) : 'later';
				if (next === 'later') await pause(interval);
			}
			working.delete(uid);
			const found = store.get(migrations, namespace, name);
			if (found?.metadata.deletionTimestamp && found.metadata.uid === uid) wake(found);
		};
		working.set(uid, work());
	}

	async function reconcile(found: KubeObject): Promise<Next> {
		const { metadata } = found;
		if (metadata.deletionTimestamp) return letGo(found);
		if (!metadata.finalizers?.includes(finalizer)) return begin(found);
		const { stage, volumes } = statusOf(found);
		if (stage === 'Final') return 'done';
		const refusal = refusalOf(found);
		if (refusal) return complain(found, refusal);
		if (stage === '')
			return write(withSpec(found, withDefaults(found)), { stage: 'Volumes', status: 'Pending' });
		const pair = pairOf(found);
		if (stage === 'Applications') return apply(found, pair);
		return volumes === null ? startVolumes(found, pair) : moveVolumes(found, volumes, pair);
	}

	function begin(found: KubeObject): Next {
		const spec = { ...unset, ...recordOf(found.spec) };
		const finalizers = [...(found.metadata.finalizers ?? []), finalizer];
		return write({ ...found, metadata: { ...found.metadata, finalizers }, spec }, {});
	}

	function startVolumes(found: KubeObject, pair: ClusterPair | undefined): Next {
		const { namespace, name } = { namespace: found.metadata.namespace, name: pairNameOf(found) };
		const status = pair?.status.storageStatus ?? '';
		if (status !== 'Ready') {
			const why = pair
				? '<nil>'
				: `error getting clusterpair ${name} (${namespace}): clusterpairs.stork.libopenstorage.org "${name}" not found`;
			return complain(
				found,
				`Error migrating volumes: cluster pair storage status is not ready. Status: ${status} Err: ${why}`,
			);
		}
		if (fault === 'refused')
			return complain(
				found,
				'Error migrating volumes: error starting migration for volume: rpc error: code = FailedPrecondition desc = Feature upgrade needed. Licensed maximum reached for Disaster Recovery',
			);
		const volumes = collect(store, found).claims.map(claim => ({
			bytesTotal: 0,
			namespace: claim.metadata.namespace ?? '',
			persistentVolumeClaim: claim.metadata.name,
			reason: 'Volume migration has started. Backup in progress.',
			status: 'InProgress' as const,
			volume: String(recordOf(claim.spec).volumeName),
		}));
		return write(found, { stage: 'Volumes', status: 'InProgress', volumes });
	}

	/** Three looks: it is copied to the store, then from the store. */
	async function moveVolumes(
		found: KubeObject,
		volumes: readonly MigratedVolume[],
		pair: ClusterPair | undefined,
	): Promise<Next> {
		await pause(pace);
		const { uid = '' } = found.metadata;
		const look = (looks.get(uid) ?? 0) + 1;
		if (fault !== 'stuck' || look < 2) looks.set(uid, look);
		const failed = (fault === 'backup-fails' && look === 2) || (fault === 'restore-fails' && look === 3);
		const isOver = failed || look > 3 || volumes.length === 0;
		const next = volumes.map(volume => ({ ...volume, ...progressOf(volume, look, failed) }));
		if (!isOver) return write(found, { volumes: next });
		looks.delete(uid);
		for (const { volume, status, reason } of next) {
			const text = failed
				? `Error migrating volume ${volume}: ${reason}`
				: `Volume ${volume} migrated successfully`;
			record(found, failed ? 'Warning' : 'Normal', status, text);
		}
		const volumeMigrationFinishTimestamp = timestampOf(new Date());
		if (failed)
			return write(found, {
				stage: 'Final',
				status: 'Failed',
				volumes: next,
				finishTimestamp: volumeMigrationFinishTimestamp,
			});
		copy(found, pair);
		return write(found, {
			stage: 'Applications',
			status: 'InProgress',
			volumes: next,
			volumeMigrationFinishTimestamp,
		});
	}

	/** A volume arrives under the name of its object. */
	function copy(found: KubeObject, pair: ClusterPair | undefined) {
		const there = volumesOf(all, pair?.status.remoteStorageId ?? '');
		for (const { metadata, spec } of collect(store, found).volumes) {
			const { volumeHandle } = recordOf(recordOf(spec).csi);
			const volume = own.get(String(volumeHandle));
			there.set(metadata.name, volume && fault !== 'data-lost' ? copyOf(volume) : emptyVolume());
		}
	}

	async function apply(found: KubeObject, pair: ClusterPair | undefined): Promise<Next> {
		if (pair?.status.schedulerStatus !== 'Ready')
			return complain(
				found,
				`Error migrating resources: scheduler Cluster pair is not ready. Status: ${pair?.status.schedulerStatus ?? ''}`,
			);
		try {
			const remote = { pair, surroundings, pause: () => pause(pace) };
			const told = await applyRemotely(store, found, collect(store, found), remote);
			for (const one of told)
				record(found, one.status === 'Failed' ? 'Warning' : 'Normal', one.status, eventTextOf(one));
			const finishTimestamp = timestampOf(new Date());
			return write(found, {
				stage: 'Final',
				status: endOf(told),
				resources: told,
				finishTimestamp,
				resourceMigrationFinishTimestamp: finishTimestamp,
			});
		} catch (error) {
			if (!(error instanceof Unreachable)) throw error;
			return complain(found, `Error applying resource: ${error.message}`);
		}
	}

	/** What is on the destination stays. */
	function letGo(found: KubeObject): Next {
		const { finalizers = [], ...metadata } = found.metadata;
		const left = finalizers.filter(name => name !== finalizer);
		if (left.length < finalizers.length)
			updateAs(store, migrations, { ...found, metadata: { ...metadata, finalizers: left } }, 'stork');
		return 'done';
	}

	function complain(found: KubeObject, message: string): Next {
		record(found, 'Warning', 'Failed', message);
		return 'later';
	}

	function write(found: KubeObject, changes: Partial<MigrationStatus>): Next {
		const { namespace, name, uid } = found.metadata;
		const current = store.get(migrations, namespace, name);
		if (!current || current.metadata.uid !== uid || closing.signal.aborted) return 'done';
		const status = { ...statusOf(found), ...changes };
		// What someone else changed meanwhile stays: its labels, and that it is being deleted.
		const metadata = {
			...current.metadata,
			...(found.metadata.finalizers && { finalizers: found.metadata.finalizers }),
		};
		updateAs(
			store,
			migrations,
			{ ...found, metadata, status: { ...status, summary: summaryOf(found, status) } },
			'stork',
		);
		return 'again';
	}

	function pairOf(found: KubeObject): ClusterPair | undefined {
		const object = store.get(clusterpairs, found.metadata.namespace, pairNameOf(found));
		const decoded = object && decodeClusterPair(object);
		return decoded?.kind === 'pair' ? decoded.pair : undefined;
	}

	async function pause(milliseconds: number) {
		await delay(milliseconds, undefined, { signal: closing.signal }).catch(() => undefined);
	}
}

const pairNameOf = ({ spec }: KubeObject): string => String(recordOf(spec).clusterPair);

const withSpec = (found: KubeObject, spec: object): KubeObject => ({ ...found, spec });
