import { updateAs } from './api/writes/managed-fields.ts';
import type { ClosedToPods, KubeObject, ObjectStore } from './contract.ts';
import type { PortworxEndpoint } from './portworx-endpoint.ts';
import { resources } from './resources.ts';
import { type ClusterPair, decodeClusterPair, type PairStatus } from './stork/cluster-pair.ts';
import { createRecorder } from './stork/events.ts';
import { checkScheduler } from './stork/scheduler-check.ts';
import { createStoragePairing, type OwnPortworx } from './stork/storage-pairing.ts';

export type StorkOptions = Readonly<{
	store: ObjectStore;
	endpoint: Pick<PortworxEndpoint, 'pairWith'>;
	portworx: OwnPortworx;
	/** Milliseconds between attempts after an error; the real one takes 2000. */
	interval?: number;
	/** Milliseconds before each status is written, for people who want to see it change. */
	pause?: number;
	/** Milliseconds that the remote API server may take to answer. */
	timeout?: number;
	/** Addresses of API servers that are not for pods; may change while it runs. */
	closedToPods?: ClosedToPods;
	/** As its image says; a current one when absent. */
	version?: string;
	/** Whether one of its pods runs; nothing is done while none does. */
	isUp?: () => boolean;
	/** Calls back after some milliseconds; the answer undoes it. */
	schedule?: (milliseconds: number, task: () => void) => () => void;
	log?: (line: string) => void;
}>;

export type PretendStork = Readonly<{ close(): Promise<void> }>;

const { clusterpairs } = resources;
const finalizer = 'stork.libopenstorage.org/finalizer-cleanup';

/** Stork's ClusterPair controller: everything that changes a pair wakes it, and whatever failed is tried again after a while. */
export function startPretendStork(options: StorkOptions): PretendStork {
	const {
		store,
		interval = 2000,
		pause = 0,
		timeout = 10_000,
		closedToPods = new Map(),
		version: storkVersion = '24.3.0',
		isUp = () => true,
		schedule = later,
		log = () => undefined,
	} = options;
	const record = createRecorder(store, 'stork');
	const storage = createStoragePairing(options);
	let isWriting = false;
	let isAwake = false;
	const closing = new AbortController();
	let cancelRetry = () => {};
	let round = Promise.resolve();

	const unsubscribe = store.subscribe(({ resource }) => {
		if (resource.plural === clusterpairs.plural && !isWriting) wake();
	});
	wake();

	return {
		async close() {
			closing.abort();
			unsubscribe();
			cancelRetry();
			await round;
		},
	};

	/** Starts a round, or one more after the one that is running. */
	function wake() {
		if (isAwake) return;
		isAwake = true;
		cancelRetry();
		round = round.then(() => new Promise(setImmediate)).then(reconcileAll);
	}

	async function reconcileAll() {
		isAwake = false;
		if (closing.signal.aborted) return;
		if (!isUp()) {
			cancelRetry = schedule(interval, wake);
			return;
		}
		const decoded = store.list(clusterpairs).map(decodeClusterPair);
		const spoiler = decoded.find(result => result.kind === 'undecodable');
		if (spoiler) {
			// One pair that does not decode fails the list, and with it every other pair.
			log(`Failed to watch *v1alpha1.ClusterPair: failed to list *v1alpha1.ClusterPair: ${spoiler.message}`);
			return;
		}

		const results = await Promise.all(
			decoded.map(async result => result.kind === 'pair' && reconcile(result.pair)),
		);
		if (results.includes('retry') && !closing.signal.aborted && !isAwake)
			cancelRetry = schedule(interval, wake);
	}

	async function reconcile(found: ClusterPair): Promise<'settled' | 'retry'> {
		if (closing.signal.aborted) return 'settled';
		if (found.metadata.deletionTimestamp) return cleanUp(found);
		let pair: ClusterPair | undefined = withFinalizer(found);
		if (pair !== found) pair = write(pair);
		if (pair && pair.status.storageStatus !== 'Ready') pair = await reconcileStorage(pair);
		if (pair && pair.status.schedulerStatus !== 'Ready') pair = await reconcileScheduler(pair);
		return pair && !isDone(pair) ? 'retry' : 'settled';
	}

	async function reconcileStorage(pair: ClusterPair): Promise<ClusterPair | undefined> {
		const result = await storage.pair(pair, closing.signal);
		await hesitate();
		switch (result.kind) {
			case 'not-provided':
				record(
					asObject(pair),
					'Normal',
					'NotProvided',
					'Skipping storage pairing since no storage options provided',
				);
				return writeStatus(pair, { storageStatus: 'NotProvided' });
			case 'error':
				record(asObject(pair), 'Warning', 'Error', result.message);
				return writeStatus(pair, { storageStatus: 'Error' });
			case 'paired':
				record(asObject(pair), 'Normal', 'Ready', 'Storage successfully paired');
				return writeStatus(pair, { storageStatus: 'Ready', remoteStorageId: result.id });
		}
	}

	async function reconcileScheduler(pair: ClusterPair): Promise<ClusterPair | undefined> {
		const result = await checkScheduler(pair, {
			timeout,
			signal: closing.signal,
			closedToPods,
			storkVersion,
		});
		await hesitate();
		switch (result.kind) {
			case 'no-client':
				// The status stays as it was; only the log tells.
				log(`Error reconciling ${pair.metadata.namespace}/${pair.metadata.name}: ${result.message}`);
				return pair;
			case 'error':
				record(asObject(pair), 'Warning', 'Error', result.message);
				return writeStatus(pair, { schedulerStatus: 'Error' });
			case 'ready':
				record(asObject(pair), 'Normal', 'Ready', 'Scheduler successfully paired');
				return writeStatus(pair, { schedulerStatus: 'Ready' });
		}
	}

	function cleanUp(pair: ClusterPair): 'settled' {
		if (!pair.metadata.finalizers?.includes(finalizer)) return 'settled';
		const others = store.list(clusterpairs).filter(({ metadata }) => metadata.uid !== pair.metadata.uid);
		storage.unpair(pair, others);
		const { finalizers, ...metadata } = pair.metadata;
		const remaining = finalizers.filter(name => name !== finalizer);
		write({ ...pair, metadata: { ...metadata, ...(remaining.length > 0 && { finalizers: remaining }) } });
		return 'settled';
	}

	function writeStatus(pair: ClusterPair, status: Partial<PairStatus>): ClusterPair | undefined {
		return write({ ...pair, status: { ...pair.status, ...status } });
	}

	/** Undefined when someone else changed the object meanwhile: that change has woken us already. */
	function write(pair: ClusterPair): ClusterPair | undefined {
		const { namespace, name, uid, resourceVersion } = pair.metadata;
		const current = store.get(clusterpairs, namespace, name)?.metadata;
		if (closing.signal.aborted || current?.uid !== uid || current?.resourceVersion !== resourceVersion)
			return undefined;
		isWriting = true;
		try {
			const written = decodeClusterPair(updateAs(store, clusterpairs, asObject(pair), 'stork'));
			return written.kind === 'pair' ? written.pair : undefined;
		} finally {
			isWriting = false;
		}
	}

	async function hesitate() {
		if (pause === 0 || closing.signal.aborted) return;
		const { promise, resolve } = Promise.withResolvers<void>();
		const cancel = schedule(pause, resolve);
		closing.signal.addEventListener('abort', () => resolve(cancel()), { once: true });
		await promise;
	}
}

function withFinalizer(pair: ClusterPair): ClusterPair {
	const { finalizers = [] } = pair.metadata;
	return finalizers.includes(finalizer)
		? pair
		: { ...pair, metadata: { ...pair.metadata, finalizers: [...finalizers, finalizer] } };
}

function isDone({ status }: ClusterPair): boolean {
	return ['Ready', 'NotProvided'].includes(status.storageStatus) && status.schedulerStatus === 'Ready';
}

function asObject(pair: ClusterPair): KubeObject {
	return { ...pair };
}

function later(milliseconds: number, task: () => void): () => void {
	const timer = setTimeout(task, milliseconds);
	return () => clearTimeout(timer);
}
