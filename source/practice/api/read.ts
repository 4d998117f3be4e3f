import type { KubeObject } from '../contract.ts';
import type { Answer, ApiRequest, Cluster, Target } from './cluster.ts';
import { badRequest, notFound, refuse } from './failures.ts';
import { presentationOf, presentList, presentObject } from './present.ts';
import type { ListMeta } from './presentation.ts';
import { selectorOf } from './selectors.ts';

export function getObject(cluster: Cluster, request: ApiRequest, target: Target): Answer {
	const { resource, namespace, name = '' } = target;
	const object = cluster.store.get(resource, namespace, name);
	if (!object) throw notFound(resource, name);
	const presentation = presentationOf(request.headers.accept, request.query);
	return { kind: 'json', code: 200, body: presentObject(resource, object, presentation, cluster.now()) };
}

export function listObjects(cluster: Cluster, request: ApiRequest, target: Target): Answer {
	const { resource } = target;
	const { objects, metadata } = pageOf(cluster, request, selectedObjects(cluster, request, target));
	const presentation = presentationOf(request.headers.accept, request.query);
	const body = presentList(resource, objects, metadata, presentation, cluster.now());
	return { kind: 'json', code: 200, body };
}

export function selectedObjects(cluster: Cluster, { query }: ApiRequest, target: Target): KubeObject[] {
	return cluster.store.view(target.resource, target.namespace).filter(selectorOf(query, target.resource));
}

type Page = Readonly<{ objects: readonly KubeObject[]; metadata: ListMeta }>;
type Continuation = Readonly<{ v: 'meta.k8s.io/v1'; rv: number; start: string }>;

function pageOf({ store }: Cluster, { query }: ApiRequest, all: readonly KubeObject[]): Page {
	const token = continuationOf(query.get('continue'));
	if (token && token.rv < store.horizon) throw expiredContinuation();
	const revision = token?.rv ?? store.revision;
	const rest = token ? all.filter(object => keyOf(object) > token.start) : all;
	const limit = Number(query.get('limit') ?? 0) || rest.length;
	const objects = rest.slice(0, limit);
	const last = objects.at(-1);
	if (rest.length <= limit || !last) return { objects, metadata: { resourceVersion: String(revision) } };

	const next: Continuation = { v: 'meta.k8s.io/v1', rv: revision, start: keyOf(last) };
	const isSelected = query.get('labelSelector') || query.get('fieldSelector');
	const metadata = {
		resourceVersion: String(revision),
		continue: Buffer.from(JSON.stringify(next)).toString('base64url'),
		// With a selector real servers cannot tell without looking at everything, so they do not say.
		...(!isSelected && { remainingItemCount: rest.length - objects.length }),
	};
	return { objects, metadata };
}

function continuationOf(token: string | null): Continuation | undefined {
	if (!token) return undefined;
	try {
		return JSON.parse(Buffer.from(token, 'base64url').toString()) as Continuation;
	} catch {
		throw badRequest('continue key is not valid: it is not one that this server gave out');
	}
}

function expiredContinuation() {
	const message =
		'The provided continue parameter is too old to display a consistent list result. You must start a new list without the continue parameter.';
	return refuse(410, 'Expired', message);
}

function keyOf({ metadata }: KubeObject): string {
	return `${metadata.namespace ?? ''}/${metadata.name}`;
}
