import { type Attributes, notAllowed } from './access/authorization.ts';
import { requestToken, reviewAccess, reviewRules, reviewSelf, reviewToken } from './access/reviews.ts';
import { unreachableApis } from './aggregated.ts';
import { type Answer, type ApiRequest, type Cluster, findResource, type Target } from './cluster.ts';
import { discovered } from './discovery.ts';
import { badRequest, failure, methodNotAllowed, noSuchResource, Refusal } from './failures.ts';
import { readLog } from './logs.ts';
import { checkOptions } from './options.ts';
import { presentationOf, presentObject } from './present.ts';
import { getObject, listObjects } from './read.ts';
import { type ResourceRoute, type Route, routeOf } from './route.ts';
import { watchObjects } from './wire/watch.ts';
import { createObject, patchObject, updateObject } from './writes/change.ts';
import { deleteCollection, deleteObject } from './writes/delete.ts';
import { scaleObject } from './writes/scale.ts';

/** The answer to any request but an upgrade. Never throws. */
export function answerTo(cluster: Cluster, request: ApiRequest): Answer {
	try {
		return handle(cluster, request);
	} catch (error) {
		return refusalOf(error);
	}
}

export function refusalOf(error: unknown): Answer {
	const status =
		error instanceof Refusal
			? error.status
			: failure(500, 'InternalError', `Internal error occurred: ${(error as Error).message}`);
	return { kind: 'json', code: status.code, body: status };
}

export function attributesOf(route: Route): Attributes {
	if (route.kind === 'path') return route;
	const { verb, group, plural, subresource, namespace, name } = route;
	// A namespace is its own place: that is how RBAC can grant someone the namespace they work in.
	const place = group === '' && plural === 'namespaces' ? name : namespace;
	return { kind: 'resource', verb, group, plural, subresource, namespace: place, name };
}

const pageNotFound: Answer = { kind: 'text', code: 404, body: '404 page not found\n' };

function handle(cluster: Cluster, request: ApiRequest): Answer {
	const route = routeOf(request.method, request.path, request.query);
	const attributes = attributesOf(route);
	const decision = cluster.authorize(request.user, attributes);
	if (!decision.allowed) throw notAllowed(request.user, attributes, decision);
	if (route.kind === 'path')
		return (request.method === 'GET' && discovered(cluster, request)) || pageNotFound;

	const resource = findResource(cluster, route);
	if (!resource) {
		if (unreachableApis(cluster.store).includes(`${route.group}/${route.version}`))
			return { kind: 'text', code: 503, body: 'service unavailable\n' };
		if (route.group === '' && route.version === 'v1') throw noSuchResource();
		return pageNotFound;
	}
	const target = { ...route, resource };
	checkPlace(target, route);
	checkOptions(request.query, route.verb);
	return perform(cluster, request, target, route.verb);
}

function checkPlace({ resource, namespace, name, subresource }: Target, { verb }: ResourceRoute): void {
	if (!resource.namespaced && namespace !== undefined) throw noSuchResource();
	if (resource.namespaced && namespace === undefined && name !== undefined) throw noSuchResource();
	if (resource.namespaced && namespace === undefined && verb === 'create') throw methodNotAllowed();
	const part = resource.subresources.find(candidate => candidate.name === subresource);
	if (subresource !== undefined && !part) throw noSuchResource();
	if (!(part ?? resource).verbs.includes(verb)) throw methodNotAllowed();
	const isOfOne = name !== undefined;
	if (verb === 'create' && isOfOne && !part) throw methodNotAllowed();
	if (['update', 'patch'].includes(verb) && !isOfOne) throw methodNotAllowed();
}

const accessReviews = ['selfsubjectaccessreviews', 'subjectaccessreviews', 'localsubjectaccessreviews'];

function perform(cluster: Cluster, request: ApiRequest, target: Target, verb: string): Answer {
	if (target.subresource === 'exec') throw badRequest('Upgrade request required');
	if (target.subresource === 'log') return readLog(cluster, request, target);
	if (target.subresource === 'token') return requestToken(cluster, request, target);
	if (target.subresource === 'scale') return scaleObject(cluster, request, target, verb);
	if (accessReviews.includes(target.resource.plural)) return reviewAccess(cluster, request, target);
	if (target.resource.plural === 'selfsubjectrulesreviews') return reviewRules(cluster, request);
	if (target.resource.plural === 'selfsubjectreviews') return reviewSelf(request);
	if (target.resource.plural === 'tokenreviews') return reviewToken(cluster, request);
	switch (verb) {
		case 'get':
			return getObject(cluster, request, target);
		case 'list':
			return listObjects(cluster, request, target);
		case 'watch':
			return watchObjects(cluster, request, target);
		case 'create':
			return saved(cluster, request, target, createObject);
		case 'update':
			return saved(cluster, request, target, updateObject);
		case 'patch':
			return saved(cluster, request, target, patchObject);
		case 'delete':
			return deleteObject(cluster, request, target);
		case 'deletecollection':
			return deleteCollection(cluster, request, target);
		default:
			throw methodNotAllowed();
	}
}

function saved(cluster: Cluster, request: ApiRequest, target: Target, save: typeof createObject): Answer {
	const { code, object, warnings } = save(cluster, request, target);
	const presentation = presentationOf(request.headers.accept, request.query);
	const body = presentObject(target.resource, object, presentation, cluster.now());
	return { kind: 'json', code, body, warnings };
}
