import type { KubeObject } from '../../contract.ts';
import type { Change } from '../../object-store.ts';
import { apiVersionOf } from '../../resources.ts';
import type { Answer, ApiRequest, Cluster, Target } from '../cluster.ts';
import { badRequest, failure } from '../failures.ts';
import { presentationOf, presentObject } from '../present.ts';
import { type Selector, selectorOf } from '../selectors.ts';
import { tableOf } from '../tables/table.ts';

/** Changes as a stream of events, from a resource version on or from what is there now. */
export function watchObjects(cluster: Cluster, request: ApiRequest, target: Target): Answer {
	const { store } = cluster;
	const { query } = request;
	const revision = revisionOf(query.get('resourceVersion'));
	if (revision !== undefined && revision < store.horizon) return expired(revision, store.horizon);

	const isSelected = selectionOf(query, target);
	const present = presenterOf(cluster, request, target);
	const sendsInitial = query.get('sendInitialEvents') === 'true';
	const seconds = Number(query.get('timeoutSeconds') ?? 0);
	return {
		kind: 'stream',
		type: 'application/json',
		start(write, end) {
			const send = (type: string, object: KubeObject) => write({ type, object: present(object) });
			const sendBookmark = (annotations?: Record<string, string>) => {
				if (query.get('allowWatchBookmarks') === 'true')
					write({ type: 'BOOKMARK', object: bookmark(cluster, request, target, annotations) });
			};
			const follow = (change: Change) => {
				const event = concerns(change, target) ? eventOf(change, isSelected) : undefined;
				if (event) send(event.type, event.object);
			};

			if (revision === undefined || sendsInitial) {
				for (const object of store.list(target.resource, target.namespace).filter(isSelected))
					send('ADDED', object);
				if (sendsInitial) sendBookmark({ 'k8s.io/initial-events-end': 'true' });
			} else {
				for (const change of store.since(revision)) follow(change);
			}
			const unsubscribe = store.subscribe(follow);
			const finish = () => {
				sendBookmark();
				end();
			};
			const timer = seconds > 0 ? setTimeout(finish, seconds * 1000) : undefined;
			return () => {
				unsubscribe();
				clearTimeout(timer);
			};
		},
	};
}

function revisionOf(text: string | null): number | undefined {
	if (!text || text === '0') return undefined;
	if (!/^\d+$/.test(text))
		throw badRequest(
			`resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`,
		);
	return Number(text);
}

function expired(revision: number, horizon: number): Answer {
	const object = failure(410, 'Expired', `too old resource version: ${revision} (${horizon})`);
	return {
		kind: 'stream',
		type: 'application/json',
		start(write, end) {
			write({ type: 'ERROR', object });
			end();
			return () => {};
		},
	};
}

function selectionOf(query: URLSearchParams, { resource, name }: Target): Selector {
	const isSelected = selectorOf(query, resource);
	return object => isSelected(object) && (name === undefined || object.metadata.name === name);
}

function concerns({ resource, object }: Change, target: Target): boolean {
	const { group, plural } = target.resource;
	const isHere = target.namespace === undefined || object.metadata.namespace === target.namespace;
	return resource.group === group && resource.plural === plural && isHere;
}

/** For a watcher with a selector, an object that leaves the selection is deleted, and one that enters it is new. */
function eventOf(
	{ type, object, previous }: Change,
	isSelected: Selector,
): { type: string; object: KubeObject } | undefined {
	const was = previous !== undefined && isSelected(previous);
	const is = type !== 'DELETED' && isSelected(object);
	if (is) return { type: was ? 'MODIFIED' : 'ADDED', object };
	return was ? { type: 'DELETED', object } : undefined;
}

/** As a table only the first event describes the columns. */
function presenterOf(cluster: Cluster, { headers, query }: ApiRequest, { resource }: Target) {
	const presentation = presentationOf(headers.accept, query);
	let isFirst = true;
	return (object: KubeObject): object => {
		const presented = presentObject(resource, object, presentation, cluster.now());
		if (presentation.form !== 'table' || isFirst) {
			isFirst = false;
			return presented;
		}
		return { ...presented, columnDefinitions: null };
	};
}

function bookmark(
	{ store, now }: Cluster,
	{ headers, query }: ApiRequest,
	{ resource }: Target,
	annotations: Record<string, string> | undefined,
): object {
	const presentation = presentationOf(headers.accept, query);
	const metadata = { resourceVersion: String(store.revision), ...(annotations && { annotations }) };
	if (presentation.form === 'table') return tableOf(resource, [], metadata, presentation, now());
	return { kind: resource.kind, apiVersion: apiVersionOf(resource), metadata };
}
