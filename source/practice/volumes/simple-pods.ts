import { recordOf } from '../api/json.ts';
import type { KubeObject, ObjectStore } from '../contract.ts';
import { timestampOf } from '../object-store.ts';
import type { ClusterPods } from '../pod/cluster-pods.ts';
import { resources } from '../resources.ts';
import { createSoon } from '../soon.ts';
import { createRecorder } from '../stork/events.ts';
import { volumeHandleOf } from './claims.ts';
import { type SimplePod, simplePod } from './simple-pod.ts';
import type { Volumes } from './volumes.ts';

type Surroundings = Readonly<{
	pods: ClusterPods;
	volumes: Volumes;
	node: string;
	/** `refused`: no image is pulled. */
	images: 'pulled' | 'refused';
}>;

/** Runs pods of the one simple shape, each once its claim is bound. The answer ends it. */
export function startSimplePods(
	store: ObjectStore,
	{ pods, volumes, node, images }: Surroundings,
): () => void {
	const record = createRecorder(store, 'kubelet');
	const begun = new Set<string>();
	const { soon, stop } = createSoon();
	const watched: readonly string[] = [resources.pods.plural, resources.persistentvolumeclaims.plural];
	const unsubscribe = store.subscribe(({ resource: { plural } }) => {
		if (watched.includes(plural)) soon(round);
	});
	return () => {
		unsubscribe();
		stop();
	};

	function round() {
		for (const pod of store.list(resources.pods)) {
			const simple = recordOf(pod.status).phase === 'Pending' ? simplePod(pod) : undefined;
			if (simple && !begun.has(pod.metadata.uid ?? '')) begin(pod, simple);
		}
	}

	function begin(pod: KubeObject, simple: SimplePod) {
		const claim = store.get(resources.persistentvolumeclaims, pod.metadata.namespace, simple.claim);
		const volume = volumes.get(volumeHandleOf(store, claim) ?? '');
		if (!volume) return;
		begun.add(pod.metadata.uid ?? '');
		if (images === 'refused') {
			const message = `Back-off pulling image "${simple.image}"`;
			record(pod, 'Warning', 'Failed', message);
			write(pod, simple, 'Pending', { waiting: { reason: 'ImagePullBackOff', message } });
			return;
		}
		const startedAt = timestampOf(new Date());
		write(pod, simple, 'Running', { running: { startedAt } });
		void pods.run(pod, simple, volume).then(({ code, message }) =>
			write(pod, simple, code === 0 ? 'Succeeded' : 'Failed', {
				terminated: {
					exitCode: code,
					reason: code === 0 ? 'Completed' : 'Error',
					...(message !== '' && { message }),
					startedAt,
					finishedAt: timestampOf(new Date()),
				},
			}),
		);
	}

	function write(pod: KubeObject, { container, image }: SimplePod, phase: string, state: object) {
		const { name, namespace, uid } = pod.metadata;
		const found = store.get(resources.pods, namespace, name);
		if (!found || found.metadata.uid !== uid) return;
		store.update(resources.pods, {
			...found,
			spec: { ...recordOf(found.spec), nodeName: node },
			status: {
				...recordOf(found.status),
				phase,
				hostIP: '127.0.0.1',
				containerStatuses: [{ name: container, image, ready: false, restartCount: 0, state }],
			},
		});
	}
}
