import type { KubeObject } from '../../contract.ts';
import { type ClusterStore, timestampOf } from '../../object-store.ts';
import { resources, servedResources } from '../../resources.ts';
import { unreachableApis } from '../aggregated.ts';
import { isRecord } from '../json.ts';

/** Empties namespaces that are being deleted, says in their conditions what holds them, and lets them go after `pause` milliseconds at the earliest. */
export function createNamespaceEnd(store: ClusterStore, pause: number) {
	const firstSeen = new Map<string, number>();
	const timers = new Map<string, NodeJS.Timeout>();

	return { end, stop: () => timers.forEach(clearTimeout) };

	function end(name: string): void {
		const namespace = store.get(resources.namespaces, undefined, name);
		if (!namespace?.metadata.deletionTimestamp) return;
		empty(store, name);
		const remaining = contentOf(store, name);
		const failing = unreachableApis(store);
		const conditions = conditionsOf(namespace, remaining, failing);
		store.update(resources.namespaces, { ...namespace, status: { phase: 'Terminating', conditions } });
		// What finalizers hold comes back here when it is gone; what an API holds, when that is fixed.
		if (remaining.length > 0 || failing.length > 0) return;
		const uid = namespace.metadata.uid ?? '';
		const since = firstSeen.get(uid) ?? performance.now();
		firstSeen.set(uid, since);
		const wait = since + pause - performance.now();
		if (wait <= 0) release(name);
		else if (!timers.has(uid)) timers.set(uid, setTimeout(again, wait, name, uid));
	}

	/** A timer may come a moment early, and then it is set once more. */
	function again(name: string, uid: string): void {
		timers.delete(uid);
		end(name);
	}

	function release(name: string): void {
		const namespace = store.get(resources.namespaces, undefined, name);
		if (!namespace) return;
		timers.delete(namespace.metadata.uid ?? '');
		firstSeen.delete(namespace.metadata.uid ?? '');
		store.update(resources.namespaces, { ...namespace, spec: {} });
	}
}

function empty(store: ClusterStore, namespace: string): void {
	for (const { type, metadata } of contentOf(store, namespace)) {
		// Anyone who hears of one removal may have removed the next.
		if (store.get(type, namespace, metadata.name)) store.remove(type, namespace, metadata.name);
	}
}

function contentOf(store: ClusterStore, namespace: string) {
	const types = servedResources(store).filter(({ namespaced }) => namespaced);
	return types.flatMap(type => store.list(type, namespace).map(({ metadata }) => ({ type, metadata })));
}

type Content = ReturnType<typeof contentOf>;

/** In the words of Kubernetes' namespace controller. */
function conditionsOf({ status }: KubeObject, content: Content, failing: readonly string[]): object[] {
	const before =
		isRecord(status) && Array.isArray(status.conditions) ? status.conditions.filter(isRecord) : [];
	const held = content.flatMap(({ metadata }) => metadata.finalizers ?? []);
	const counted = (names: readonly string[]) =>
		[...Map.groupBy(names, name => name)]
			.toSorted(([a], [b]) => (a < b ? -1 : 1))
			.map(([name, all]) => [name, all.length] as const);
	const left = counted(content.map(({ type }) => `${type.plural}.${type.group}`)).map(
		([type, count]) => `${type} has ${count} resource instances`,
	);
	const finalizers = counted(held).map(([name, count]) => `${name} in ${count} resource instances`);
	return [
		failing.length > 0
			? condition(
					'NamespaceDeletionDiscoveryFailure',
					'DiscoveryFailed',
					`Discovery failed for some groups, ${failing.length} failing: unable to retrieve the complete list of server APIs: ${failing.map(api => `${api}: stale GroupVersion discovery: ${api}`).join(', ')}`,
					'True',
				)
			: condition(
					'NamespaceDeletionDiscoveryFailure',
					'ResourcesDiscovered',
					'All resources successfully discovered',
				),
		condition(
			'NamespaceDeletionGroupVersionParsingFailure',
			'ParsedGroupVersions',
			'All legacy kube types successfully parsed',
		),
		condition(
			'NamespaceDeletionContentFailure',
			'ContentDeleted',
			'All content successfully deleted, may be waiting on finalization',
		),
		left.length > 0
			? condition(
					'NamespaceContentRemaining',
					'SomeResourcesRemain',
					`Some resources are remaining: ${left.join(', ')}`,
					'True',
				)
			: condition('NamespaceContentRemaining', 'ContentRemoved', 'All content successfully removed'),
		finalizers.length > 0
			? condition(
					'NamespaceFinalizersRemaining',
					'SomeFinalizersRemain',
					`Some content in the namespace has finalizers remaining: ${finalizers.join(', ')}`,
					'True',
				)
			: condition(
					'NamespaceFinalizersRemaining',
					'ContentHasNoFinalizers',
					'All content-preserving finalizers finished',
				),
	];

	function condition(type: string, reason: string, message: string, is = 'False'): object {
		const had = before.find(one => one.type === type && one.status === is);
		const lastTransitionTime = had?.lastTransitionTime ?? timestampOf(new Date());
		return { type, status: is, lastTransitionTime, reason, message };
	}
}
