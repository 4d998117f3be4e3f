import { parse as parseYaml } from 'yaml';
import type { KubeObject } from '../../contract.ts';
import { apiVersionOf, type Resource } from '../../resources.ts';
import type { ApiRequest, Target } from '../cluster.ts';
import { badRequest, unsupportedPatch } from '../failures.ts';
import { isRecord, type Json } from '../json.ts';

/** The body of a request, whatever it claims to be; an empty one is `undefined`. */
export function readBody(request: ApiRequest): unknown {
	const type = mediaType(request) || 'application/json';
	if (request.body.trim() === '') return undefined;
	const isText = type.endsWith('json') || (type === protobuf && request.body.startsWith('{'));
	if (isText) return parsed(request.body, JSON.parse);
	if (type.endsWith('yaml')) return parsed(request.body, parseYaml);
	throw unsupportedPatch(['application/json', 'application/yaml']);
}

/** Such bodies have become JSON on their way in, if they are of a known kind. */
const protobuf = 'application/vnd.kubernetes.protobuf';

export function mediaType({ headers }: ApiRequest): string {
	return (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The body as an object of the type and place that the request's path names. */
export function readObject(request: ApiRequest, target: Target): KubeObject {
	return asObject(readBody(request), target);
}

export function asObject(body: unknown, { resource, namespace, name }: Target): KubeObject {
	if (!isRecord(body)) throw badRequest(`the request body is not a ${resource.kind}`);
	const apiVersion = apiVersionOf(resource);
	if ((body.apiVersion ?? apiVersion) !== apiVersion)
		throw badRequest(
			`the API version in the data (${body.apiVersion}) does not match the expected API version (${apiVersion})`,
		);
	if ((body.kind ?? resource.kind) !== resource.kind)
		throw badRequest(
			`${body.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: no kind "${body.kind}" is registered here`,
		);
	const metadata: Json = isRecord(body.metadata) ? body.metadata : {};
	if (metadata.namespace && metadata.namespace !== namespace)
		throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
	if (name && metadata.name && metadata.name !== name)
		throw badRequest(
			`the name of the object (${metadata.name}) does not match the name on the URL (${name})`,
		);
	checkMetadata(resource, metadata);
	return {
		...body,
		apiVersion,
		kind: resource.kind,
		metadata: { ...metadata, name: String(name ?? metadata.name ?? ''), ...(namespace && { namespace }) },
	};
}

/** What a server with Go's types would not even decode. */
function checkMetadata({ kind }: Resource, metadata: Json): void {
	const isText = (value: unknown) => typeof value === 'string';
	for (const field of ['name', 'namespace', 'generateName', 'uid', 'resourceVersion'])
		if (!isText(metadata[field] ?? '')) throw undecodable(kind, field, 'string');
	for (const field of ['labels', 'annotations']) {
		const map = metadata[field] ?? {};
		if (!isRecord(map) || !Object.values(map).every(isText))
			throw undecodable(kind, field, 'map[string]string');
	}
	const finalizers = metadata.finalizers ?? [];
	if (!Array.isArray(finalizers) || !finalizers.every(isText))
		throw undecodable(kind, 'finalizers', '[]string');
}

function undecodable(kind: string, field: string, type: string) {
	return badRequest(
		`${kind} in the request cannot be handled: json: cannot unmarshal the value of ObjectMeta.metadata.${field} into type ${type}`,
	);
}

function parsed(text: string, parse: (text: string) => unknown): unknown {
	try {
		return parse(text);
	} catch (error) {
		throw badRequest(`error decoding the request body: ${(error as Error).message}`);
	}
}
