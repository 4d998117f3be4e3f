import type { KubeObject } from '../../contract.ts';
import { type ClusterStore, timestampOf } from '../../object-store.ts';
import { hasStatus, resources } from '../../resources.ts';
import { notAllowed } from '../access/authorization.ts';
import { checkEscalation } from '../access/escalation.ts';
import type { ApiRequest, Cluster, Target } from '../cluster.ts';
import {
	alreadyExists,
	badRequest,
	conflict,
	invalid,
	notFound,
	outdated,
	refuse,
	terminating,
	unsupportedMedia,
	unsupportedPatch,
} from '../failures.ts';
import { isRecord, type Json, omit, recordOf } from '../json.ts';
import { checkName, generatedName } from '../names.ts';
import { asObject, mediaType, readBody, readObject } from '../wire/read-body.ts';
import { applied } from './apply.ts';
import { serverFields } from './field-set.ts';
import { ownUpdate, type Writer } from './managed-fields.ts';
import { jsonPatched, mergePatched } from './patches.ts';
import { strategicallyMerged } from './strategic-merge.ts';
import { checkValues } from './values.ts';

type Saved = Readonly<{ code: number; object: KubeObject; warnings: readonly string[] }>;

export function createObject(cluster: Cluster, request: ApiRequest, target: Target): Saved {
	const { object, warnings } = readObject(request, target);
	const { name, generateName, resourceVersion } = object.metadata;
	if (resourceVersion)
		throw refuse(
			500,
			'InternalError',
			'Internal error occurred: resourceVersion should not be set on objects to be created',
		);
	const prefix = typeof generateName === 'string' ? generateName : '';
	const named = withMetadata(object, { name: name === '' && prefix ? generatedName(prefix) : name });
	return { code: 201, object: insert(cluster, request, target, named), warnings };
}

export function updateObject(cluster: Cluster, request: ApiRequest, target: Target): Saved {
	const before = current(cluster, target);
	const { object: after, warnings } = readObject(request, target);
	if (!after.metadata.resourceVersion && target.resource.custom)
		throw invalid(target.resource, before.metadata.name, [
			{
				reason: 'FieldValueInvalid',
				message: 'Invalid value: 0x0: must be specified for an update',
				field: 'metadata.resourceVersion',
			},
		]);
	return { code: 200, object: replace(cluster, request, target, before, after), warnings };
}

export function patchObject(cluster: Cluster, request: ApiRequest, target: Target): Saved {
	const type = mediaType(request);
	if (type === 'application/apply-patch+yaml') return applyObject(cluster, request, target);
	const patch = patcherOf(type, target);
	const body = readBody(request);
	const before = current(cluster, target);
	const { object: after, warnings } = asObject(request, target, patch(before, body), 'patched');
	return { code: 200, object: replace(cluster, request, target, before, after), warnings };
}

export function patcherOf(type: string, { resource }: Target): (object: unknown, patch: unknown) => unknown {
	switch (type) {
		case 'application/merge-patch+json':
			return mergePatched;
		case 'application/json-patch+json':
			return jsonPatched;
		case 'application/strategic-merge-patch+json':
			if (resource.custom)
				throw unsupportedPatch([
					'application/json-patch+json',
					'application/merge-patch+json',
					'application/apply-patch+yaml',
				]);
			return (object, patch) => strategicallyMerged(resource, object, patch);
		default:
			throw unsupportedMedia();
	}
}

function applyObject(cluster: Cluster, request: ApiRequest, target: Target): Saved {
	const { resource, namespace, name = '' } = target;
	const manager = request.query.get('fieldManager') ?? '';
	if (manager === '')
		throw badRequest(
			'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
		);
	const body = readBody(request);
	if (isRecord(body) && !(body.kind && body.apiVersion))
		throw badRequest('error decoding patch: the object has no kind or no apiVersion');
	const { object, warnings } = asObject(request, target, body);
	const wanted = withoutServerFields(object);
	const live = viewOf(cluster, request).get(resource, namespace, name);
	const force = request.query.get('force') === 'true';
	const time = timestampOf(cluster.now());
	const next = applied(resource, live, wanted, { manager, force, time });
	if (!live) {
		checkCreation(cluster, request, target);
		return { code: 201, object: store(cluster, request, target, next), warnings };
	}
	checkPreconditions(target, live, (body as KubeObject).metadata);
	const changed = successor(target, live, next);
	checkValues(resource, changed, live);
	checkEscalation(cluster, request, resource, changed);
	const updated = viewOf(cluster, request).update(resource, changed);
	return { code: 200, object: updated, warnings };
}

/** The request was let in as a patch. Where it turns out to create, that has to be allowed as well. */
function checkCreation({ authorize }: Cluster, { user }: ApiRequest, target: Target): void {
	const { resource, namespace, name, subresource } = target;
	const { group, plural } = resource;
	const attributes = {
		kind: 'resource',
		verb: 'create',
		group,
		plural,
		subresource,
		namespace,
		name,
	} as const;
	const decision = authorize(user, attributes);
	if (!decision.allowed) throw notAllowed(user, attributes, decision);
}

function insert(cluster: Cluster, request: ApiRequest, target: Target, object: KubeObject): KubeObject {
	const { status: _, ...withoutStatus } = object;
	const clean = withoutServerFields(hasStatus(target.resource) ? (withoutStatus as KubeObject) : object);
	const owned = ownUpdate(target.resource, undefined, clean, writerOf(cluster, request, target));
	return store(cluster, request, target, owned);
}

function store(cluster: Cluster, request: ApiRequest, target: Target, object: KubeObject): KubeObject {
	const { resource, namespace } = target;
	const { name } = object.metadata;
	const objects = viewOf(cluster, request);
	if (namespace !== undefined) checkNamespace(objects, target, name, namespace);
	checkName(resource, name);
	if (objects.get(resource, namespace, name)) throw alreadyExists(resource, name);
	checkValues(resource, object, undefined);
	checkEscalation(cluster, request, resource, object);
	return objects.create(resource, object);
}

function checkNamespace(objects: ClusterStore, { resource }: Target, name: string, namespace: string): void {
	const found = objects.get(resources.namespaces, undefined, namespace);
	if (!found) throw notFound(resources.namespaces, namespace);
	if (found.metadata.deletionTimestamp) throw terminating(resource, name, namespace);
}

export function current(cluster: Cluster, { resource, namespace, name = '' }: Target): KubeObject {
	const object = cluster.store.get(resource, namespace, name);
	if (!object) throw notFound(resource, name);
	return object;
}

export function replace(
	cluster: Cluster,
	request: ApiRequest,
	target: Target,
	before: KubeObject,
	after: KubeObject,
): KubeObject {
	checkPreconditions(target, before, after.metadata);
	const next = successor(target, before, after);
	checkValues(target.resource, next, before);
	checkEscalation(cluster, request, target.resource, next);
	const owned = ownUpdate(target.resource, before, next, writerOf(cluster, request, target));
	return viewOf(cluster, request).update(target.resource, owned);
}

function checkPreconditions({ resource }: Target, before: KubeObject, metadata: Json | undefined): void {
	const { name, uid, resourceVersion } = before.metadata;
	const wantedVersion = metadata?.resourceVersion;
	const wantedUid = metadata?.uid;
	if (wantedUid && wantedUid !== uid)
		throw conflict(
			resource,
			name,
			`Precondition failed: UID in precondition: ${wantedUid}, UID in object meta: ${uid}`,
		);
	if (wantedVersion && wantedVersion !== '0' && wantedVersion !== resourceVersion)
		throw outdated(resource, name);
}

/** Clients can neither delete by update nor, where there is a status subresource, reach across it. */
function successor({ resource, subresource }: Target, before: KubeObject, after: KubeObject): KubeObject {
	const { deletionTimestamp, deletionGracePeriodSeconds, managedFields } = before.metadata;
	const { deletionTimestamp: _, deletionGracePeriodSeconds: __, ...clean } = after.metadata;
	const metadata = {
		...(managedFields && { managedFields }),
		...clean,
		...(deletionTimestamp && { deletionTimestamp }),
		...(deletionGracePeriodSeconds !== undefined && { deletionGracePeriodSeconds }),
	};
	if (subresource === 'status')
		return withMetadata(
			withStatusOf(before, after),
			metadata.managedFields ? { managedFields: metadata.managedFields } : {},
		);
	const next = hasStatus(resource) ? withStatusOf(after, before) : after;
	// Its finalizers are for `finalize` alone: a patch that empties them changes nothing.
	const isNamespace = resource.kind === 'Namespace' && subresource !== 'finalize';
	const spec = isNamespace ? before.spec : withAddressOf(resource, before.spec, next.spec);
	return { ...next, ...(spec !== undefined && { spec }), metadata };
}

/** A Service keeps the address that it was given, where a client says none. */
function withAddressOf({ kind, custom }: Target['resource'], before: unknown, after: unknown): unknown {
	const [had, has] = [recordOf(before), recordOf(after)];
	if (kind !== 'Service' || custom || has.clusterIP || !had.clusterIP || has.type === 'ExternalName')
		return after;
	return { ...has, clusterIP: had.clusterIP, clusterIPs: had.clusterIPs };
}

function withStatusOf(object: KubeObject, other: KubeObject): KubeObject {
	const { status: _, ...rest } = object;
	return { ...rest, ...('status' in other && { status: other.status }) } as KubeObject;
}

function withoutServerFields(object: KubeObject): KubeObject {
	return { ...object, metadata: omit(object.metadata, serverFields) as KubeObject['metadata'] };
}

function withMetadata(object: KubeObject, changes: Json): KubeObject {
	return { ...object, metadata: { ...object.metadata, ...changes } };
}

function writerOf(cluster: Cluster, { query, headers }: ApiRequest, { subresource }: Target): Writer {
	const manager =
		query.get('fieldManager') || (headers['user-agent'] ?? 'unknown').split('/')[0] || 'unknown';
	return { manager, subresource, time: timestampOf(cluster.now()) };
}

/** Where changes go: the store, or for a dry run a copy of it that no one sees. */
export function viewOf(cluster: Cluster, { query }: ApiRequest): ClusterStore {
	return query.has('dryRun') ? cluster.store.rehearsal() : cluster.store;
}
