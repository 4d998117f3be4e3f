import { ownUpdate } from '../api/writes/managed-fields.ts';
import type { KubeObject, ObjectStore } from '../contract.ts';
import { timestampOf } from '../object-store.ts';
import { resources } from '../resources.ts';

export type EventType = 'Normal' | 'Warning';

/** Tells the people who describe the object; the same words again only count up. */
export type Recorder = (about: KubeObject, type: EventType, reason: string, message: string) => void;

export function createRecorder(store: ObjectStore, component: string): Recorder {
	return (about, type, reason, message) => {
		const time = timestampOf(new Date());
		const written = { manager: component, subresource: undefined, time };
		const same = store
			.list(resources.events, about.metadata.namespace)
			.find(event => isAbout(event, about) && event.reason === reason && event.message === message);
		if (same) {
			const again = { ...same, count: Number(same.count) + 1, lastTimestamp: time };
			store.update(resources.events, ownUpdate(resources.events, same, again, written));
			return;
		}

		const event = eventOf(about, component, { type, reason, message }, time);
		store.create(resources.events, ownUpdate(resources.events, undefined, event, written));
	};
}

function isAbout(event: KubeObject, { metadata }: KubeObject): boolean {
	return (event.involvedObject as { uid?: string }).uid === metadata.uid;
}

type Words = Readonly<{ type: EventType; reason: string; message: string }>;

function eventOf(
	about: KubeObject,
	component: string,
	{ type, reason, message }: Words,
	time: string,
): KubeObject {
	const { namespace = 'default', name, uid, resourceVersion } = about.metadata;
	return {
		apiVersion: 'v1',
		kind: 'Event',
		metadata: { name: `${name}.${nanoseconds().toString(16)}`, namespace },
		involvedObject: { kind: about.kind, namespace, name, uid, apiVersion: about.apiVersion, resourceVersion },
		reason,
		message,
		source: { component },
		firstTimestamp: time,
		lastTimestamp: time,
		count: 1,
		type,
		eventTime: null,
		reportingComponent: '',
		reportingInstance: '',
	};
}

/** Since 1970: so are events named, and so those of one second sort. */
function nanoseconds(): bigint {
	return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1e6));
}
