import type { KubeObject } from '../../contract.ts';
import type { ClusterStore } from '../../object-store.ts';
import type { Resource } from '../../resources.ts';
import { orphan } from '../../workloads/owned.ts';
import type { Answer, ApiRequest, Cluster, Target } from '../cluster.ts';
import { conflict, forbidden, notFound } from '../failures.ts';
import { recordOf } from '../json.ts';
import { presentationOf, presentList } from '../present.ts';
import { selectedObjects } from '../read.ts';
import { readBody } from '../wire/read-body.ts';
import { viewOf } from './change.ts';

export function deleteObject(cluster: Cluster, request: ApiRequest, target: Target): Answer {
	const { resource, namespace, name = '' } = target;
	const options = recordOf(readBody(request));
	const objects = deletedFrom(cluster, request);
	const object = objects.get(resource, namespace, name);
	if (!object) throw notFound(resource, name);
	if (resource.plural === 'namespaces' && immortal.includes(name))
		throw forbidden(resource, name, 'this namespace may not be deleted');
	checkPreconditions(resource, object, options.preconditions);
	const policy = options.propagationPolicy ?? request.query.get('propagationPolicy');
	if (policy === 'Orphan' || options.orphanDependents === true) orphan(objects, object);
	const removed = objects.remove(resource, namespace, name);
	const isHeld = objects.get(resource, namespace, name) !== undefined;
	return { kind: 'json', code: 200, body: isHeld ? removed : success(resource, removed) };
}

/** Without them no cluster would be one. */
const immortal = ['default', 'kube-public', 'kube-system'];

export function deleteCollection(cluster: Cluster, request: ApiRequest, target: Target): Answer {
	const { resource } = target;
	const objects = deletedFrom(cluster, request);
	const removed = selectedObjects(cluster, request, target).map(({ metadata }) =>
		objects.remove(resource, metadata.namespace, metadata.name),
	);
	const metadata = { resourceVersion: String(objects.revision) };
	const presentation = presentationOf(request.headers.accept, request.query);
	const body = presentList(resource, removed, metadata, presentation, cluster.now());
	return { kind: 'json', code: 200, body };
}

/** kubectl says it in the body of a DELETE, not in its query. */
function deletedFrom(cluster: Cluster, request: ApiRequest): ClusterStore {
	const { dryRun } = recordOf(readBody(request));
	return Array.isArray(dryRun) && dryRun.includes('All')
		? cluster.store.rehearsal()
		: viewOf(cluster, request);
}

function checkPreconditions(resource: Resource, { metadata }: KubeObject, preconditions: unknown): void {
	const { uid, resourceVersion } = recordOf(preconditions);
	const disagree = (field: string, wanted: unknown, found: unknown) =>
		conflict(
			resource,
			metadata.name,
			`Precondition failed: ${field} in precondition: ${wanted}, ${field} in object meta: ${found}`,
		);
	if (uid && uid !== metadata.uid) throw disagree('UID', uid, metadata.uid);
	if (resourceVersion && resourceVersion !== metadata.resourceVersion)
		throw disagree('ResourceVersion', resourceVersion, metadata.resourceVersion);
}

function success({ group, plural }: Resource, { metadata }: KubeObject): object {
	const details = { name: metadata.name, ...(group !== '' && { group }), kind: plural, uid: metadata.uid };
	return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
}
