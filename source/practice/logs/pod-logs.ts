import { recordOf } from '../api/json.ts';
import type { KubeObject, ObjectStore, StoreEvent } from '../contract.ts';
import { timestampOf } from '../object-store.ts';
import { isReady } from '../objects/pods.ts';
import type { PxctlState } from '../pxctl/state.ts';
import { resources } from '../resources.ts';

export type LogLine = Readonly<{ at: Date; text: string }>;

/** What the containers of one cluster have written. */
export type PodLogs = Readonly<{
	/** Of one container, since its pod started, oldest first. */
	of(pod: KubeObject, container: string): readonly LogLine[];
	/** Calls back whenever something was written; the answer ends it. */
	subscribe(listener: () => void): () => void;
}>;

type Level = 'info' | 'warning' | 'error';
type Fields = Readonly<Record<string, string>>;

/** Stork's leader tells what its controllers do, the first of the Portworx pods what the pretend Portworx was told to do. */
export function createPodLogs(store: ObjectStore, portworx: PxctlState, storkVersion: string) {
	const listeners = new Set<() => void>();
	const written: Record<'stork' | 'portworx', LogLine[]> = { stork: [], portworx: [] };
	const write = (who: keyof typeof written, level: Level, message: string, fields: Fields = {}) => {
		const at = new Date();
		written[who].push({ at, text: logrus(at, level, message, fields) });
		for (const listener of listeners) listener();
	};
	const follow = () =>
		store.subscribe(event => {
			const told = toldByStork(event);
			if (told) write('stork', told.level, told.message, told.fields);
		});

	const logs: PodLogs = {
		of(pod, container) {
			if (container !== 'stork' && container !== 'portworx') return [];
			const started = new Date(String(recordOf(pod.status).startTime ?? pod.metadata.creationTimestamp));
			const first = [
				...(container === 'stork' ? storkBegins(storkVersion) : portworxBegins(portworx, isReady(pod))),
			].map(text => ({ at: started, text: logrus(started, 'info', text) }));
			const rest = isSpeaker(store, pod) ? written[container].filter(({ at }) => at >= started) : [];
			const lines = [...first, ...rest];
			return container === 'stork' ? lines : lines.map(line => journal(line, pod));
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
	return { logs, write, follow };
}

/** A Portworx that writes down what is changed in it: names, and never a secret. */
export function speaking(state: PxctlState, write: (message: string) => void): PxctlState {
	return {
		...state,
		addCredential(credential) {
			state.addCredential(credential);
			write(`Created credential ${credential.name} (${credential.uuid}) for ${credential.provider}`);
		},
		removeCredential(name) {
			write(`Deleted credential ${name}`);
			return state.removeCredential(name);
		},
		addPair(pair) {
			state.addPair(pair);
			write(`Paired with cluster ${pair.name} (${pair.id}) at ${pair.ip}:${pair.port}`);
		},
		removePair(id) {
			write(`Deleted pair with cluster ${id}`);
			return state.removePair(id);
		},
		newClusterToken() {
			write('Generated new cluster token');
			return state.newClusterToken();
		},
	};
}

function storkBegins(version: string): string[] {
	return [`Starting stork version ${version}`, 'Registering CRDs', 'Using driver pxd'];
}

function portworxBegins(portworx: PxctlState, ready: boolean): string[] {
	const { version, clusterName, uuid } = portworx.settings();
	const is = ready ? 'PX is ready. CLI accessible at /opt/pwx/bin/pxctl.' : 'PX is not running on this host';
	return [`Starting PX version ${version}-practice`, `Joining cluster ${clusterName} (${uuid})`, is];
}

/** Stork writes an event for whatever it writes to its log. */
function toldByStork({ type, resource, object }: StoreEvent) {
	if (resource.plural !== resources.events.plural || type === 'DELETED') return undefined;
	const { component } = recordOf(object.source);
	if (component !== 'stork') return undefined;
	const { kind, name, namespace } = recordOf(object.involvedObject);
	const level: Level = object.type === 'Warning' ? 'error' : 'info';
	const fields = { [`${kind}Name`]: String(name), [`${kind}Namespace`]: String(namespace) };
	return { level, message: String(object.message), fields };
}

/** The first by name of those like it. */
function isSpeaker(store: ObjectStore, { metadata }: KubeObject): boolean {
	const { labels, namespace, name } = metadata;
	const alike = store
		.list(resources.pods, namespace)
		.filter(pod => pod.metadata.labels?.name === labels?.name);
	return alike.every(pod => pod.metadata.name >= name);
}

/** As logrus writes text that goes to no terminal. */
function logrus(at: Date, level: Level, message: string, fields: Fields = {}): string {
	const more = Object.entries(fields).map(([name, value]) => `${name}=${bare(value)}`);
	return [`time="${timestampOf(at)}" level=${level} msg=${bare(message)}`, ...more].join(' ');
}

const bare = (text: string): string => (/^[\w./@^+-]+$/.test(text) ? text : JSON.stringify(text));

/** What Portworx writes reaches the pod's log through the journal of its node. */
function journal({ at, text }: LogLine, { spec }: KubeObject): LogLine {
	return { at, text: `@${recordOf(spec).nodeName} portworx[1027]: ${text}` };
}
