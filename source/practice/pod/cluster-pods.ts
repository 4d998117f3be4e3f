import { recordOf } from '../api/json.ts';
import type { ClusterPlan } from '../cluster-plan.ts';
import type { KubeObject, ObjectStore } from '../contract.ts';
import { resources } from '../resources.ts';
import { type SimplePod, simplePod } from '../volumes/simple-pod.ts';
import type { Files, Folder } from './files.ts';
import { filesOf, programs } from './images.ts';
import { createPods, type Pods } from './pods.ts';
import type { Container, Process } from './process.ts';

export type ClusterPods = Pick<Pods, 'runner' | 'running' | 'close'> &
	Readonly<{
		/** Calls back on each process that begins in a pod; the answer ends it. */
		listen(listener: Container['onStart']): () => void;
		/** Of the `portworx` containers, by pod. */
		portworxFiles(): ReadonlyMap<string, Files>;
		/** Runs the command of a pod over this volume; `message` is what it left in its termination log. */
		run(
			pod: KubeObject,
			simple: SimplePod,
			volume: Folder,
		): Promise<Readonly<{ code: number; message: string }>>;
	}>;

type Means = Pick<Container, 'network' | 'pairWith'> &
	Readonly<{ portworx: NonNullable<Container['portworx']> }>;

/** The pods of one cluster: containers of an image with a shell have one here, each with files of its own. */
export function createClusterPods(
	plan: Pick<ClusterPlan, 'curl' | 'clockAhead'>,
	store: ObjectStore,
	means: Means,
): ClusterPods {
	const listeners = new Set<Container['onStart']>();
	const onStart: Container['onStart'] = process => {
		for (const listener of listeners) listener(process);
	};
	const podNamed = (name: string) =>
		store.list(resources.pods).find(({ metadata }) => metadata.name === name);
	const pods = createPods((pod, container) => {
		const object = podNamed(pod);
		const kind = kinds[container] ?? (object && simplePod(object) ? 'stork' : undefined);
		if (!kind) return undefined;
		const spec = recordOf(object?.spec);
		// With the host's network a pod has the host's name.
		const hostname = spec.hostNetwork ? String(spec.nodeName) : pod;
		let lastPid = 1;
		const processes = new Map<number, Process>();
		return {
			name: pod,
			hostname,
			files: filesOf({ kind, curl: plan.curl === 'there', hostname }),
			environment: {
				PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
				HOSTNAME: hostname,
				HOME: '/root',
				KUBERNETES_SERVICE_HOST: '10.96.0.1',
				KUBERNETES_SERVICE_PORT: '443',
			},
			processes,
			onStart: process => onStart(process),
			nextPid: () => (lastPid += 1),
			now: () => Date.now() + plan.clockAhead * 1000,
			network: means.network,
			pairWith: means.pairWith,
			portworx: kind === 'portworx' ? means.portworx : undefined,
			programs,
		};
	});
	const unsubscribe = store.subscribe(({ type, resource, object }) => {
		if (type === 'DELETED' && resource.plural === 'pods') pods.forget(object.metadata.name);
	});
	return {
		runner: pods.runner,
		running: pods.running,
		listen(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		portworxFiles() {
			const names = store
				.list(resources.pods)
				.filter(({ metadata }) => metadata.labels?.name === 'portworx')
				.map(({ metadata }) => metadata.name);
			return new Map(
				names.flatMap(name => {
					const files = pods.files(name, 'portworx');
					return files ? [[name, files] as const] : [];
				}),
			);
		},
		async run({ metadata: { name, namespace = '' } }, { container, command, mountPath }, volume) {
			const files = pods.files(name, container);
			files?.makeFolders(mountPath.replace(/\/[^/]*$/, '') || '/');
			files?.put(mountPath, volume);
			files?.write('/dev/termination-log', '', 0o666);
			const streams = { stdin: false, stdout: true, stderr: true, tty: false };
			const ended = await pods.runner({ namespace, pod: name, container, command, ...streams }).done;
			return ended.kind === 'exited'
				? { code: ended.code, message: files?.read('/dev/termination-log') ?? '' }
				: { code: 128, message: ended.message };
		},
		async close() {
			unsubscribe();
			await pods.close();
		},
	};
}

/** Containers by their names; images of others have no shell. */
const kinds: Readonly<Record<string, 'portworx' | 'stork'>> = {
	portworx: 'portworx',
	stork: 'stork',
	'portworx-operator': 'stork',
};
