import { eventType } from './kubernetes.ts';
import type { ClusterWorld } from './ports.ts';
import type { KubeObject, ObjectOf, ResourceType } from './resource-type.ts';

/**
 * The newest Warning about an object: controllers put the real reason there, and nowhere else. undefined also without the right to read
 * events. By UID: what was said of an older object of that name stays for an hour.
 */
export async function latestWarning(
	{ api }: ClusterWorld,
	{ kind }: Pick<ResourceType, 'kind'>,
	{ metadata: { name, namespace, uid } }: Pick<KubeObject, 'metadata'>,
): Promise<string | undefined> {
	const about = `involvedObject.name=${name},involvedObject.kind=${kind}`;
	const fieldSelector = `${about}${uid ? `,involvedObject.uid=${uid}` : ''},type=Warning`;
	const events = await api
		.list(eventType, { ...(namespace && { namespace }), fieldSelector })
		.catch(() => undefined);
	return [...(events ?? [])].sort((a, b) => timeOf(a) - timeOf(b)).at(-1)?.message;
}

/** Newer recorders write `eventTime` and leave `lastTimestamp` empty. */
function timeOf({ lastTimestamp, eventTime, metadata }: ObjectOf<typeof eventType>): number {
	return Date.parse(lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? '') || 0;
}
