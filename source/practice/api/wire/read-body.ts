import { parse as parseYaml } from 'yaml';
import type { KubeObject } from '../../contract.ts';
import { apiVersionOf, type Resource } from '../../resources.ts';
import type { ApiRequest, Target } from '../cluster.ts';
import { badRequest, invalid, invalidValue, type Refusal, unsupportedPatch } from '../failures.ts';
import { isRecord, type Json, recordOf } from '../json.ts';
import { decoded, type Wrong } from '../schema/decode.ts';
import { shapeOf } from '../schema/shape.ts';

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

/** An object as a client wrote it, and what of it was left out. */
export type Read = Readonly<{ object: KubeObject; warnings: readonly string[] }>;

/** The body as an object of the type and place that the request's path names. */
export function readObject(request: ApiRequest, target: Target): Read {
	return asObject(request, target, readBody(request));
}

/** `patched`: the object is what a patch made, so it is the patch that is to blame. */
export function asObject(
	{ query }: ApiRequest,
	{ resource, namespace, name }: Target,
	body: unknown,
	origin: 'sent' | 'patched' = 'sent',
): Read {
	if (isDeeper(body, maxDepth)) throw undecoded(tooDeep);
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
	const { value, unknown, wrong } = decoded(shapeOf(resource), body);
	if (wrong) throw unreadable(resource, body, origin, wrong);
	const problems = unknown.map(path => `unknown field "${path}"`);
	const validation = query.get('fieldValidation') ?? 'Warn';
	if (validation === 'Strict' && problems.length > 0)
		throw undecodable(resource, body, origin, `strict decoding error: ${problems.join(', ')}`);

	const object = recordOf(value);
	const metadata = recordOf(object.metadata);
	if (metadata.namespace && metadata.namespace !== namespace)
		throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
	if (name && metadata.name && metadata.name !== name)
		throw badRequest(
			`the name of the object (${metadata.name}) does not match the name on the URL (${name})`,
		);
	return {
		object: {
			...object,
			apiVersion,
			kind: resource.kind,
			metadata: { ...metadata, name: String(name ?? metadata.name ?? ''), ...(namespace && { namespace }) },
		},
		warnings: validation === 'Warn' ? problems : [],
	};
}

/** Of custom objects only the metadata is read into Go; the rest is held against the schema of their definition. */
function unreadable(resource: Resource, body: Json, origin: 'sent' | 'patched', wrong: Wrong): Refusal {
	const { path, value, wanted, message } = wrong;
	if (!resource.custom || path.startsWith('metadata')) return undecodable(resource, body, origin, message);
	const type = schemaTypes[wanted] ?? (wanted.startsWith('[]') ? 'array' : 'object');
	const found = Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
	const why = `${path} in body must be of type ${type}: "${found}"`;
	const name = String(recordOf(body.metadata).name ?? '');
	return invalid(resource, name, [{ ...invalidValue(path, found, why), reason: 'FieldValueTypeInvalid' }]);
}

const schemaTypes: Readonly<Record<string, string>> = {
	bool: 'boolean',
	float64: 'number',
	int64: 'integer',
	IntOrString: 'integer,string',
	string: 'string',
};

function undecodable(
	{ kind, version }: Resource,
	body: Json,
	origin: 'sent' | 'patched',
	why: string,
): Refusal {
	if (origin === 'patched')
		return invalid({ group: '', kind: '' }, '', [invalidValue('patch', JSON.stringify(body), why)]);
	return badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`);
}

function parsed(text: string, parse: (text: string) => unknown): unknown {
	const value = attempted(text, parse);
	if (isDeeper(value, maxDepth)) throw undecoded(tooDeep);
	return value;
}

function attempted(text: string, parse: (text: string) => unknown): unknown {
	try {
		return parse(text);
	} catch (error) {
		const { message } = error as Error;
		throw undecoded(message.startsWith('Maximum call stack') ? tooDeep : message);
	}
}

const undecoded = (why: string) => badRequest(`error decoding the request body: ${why}`);

/** As Go says it, of 10,000 levels; here a value is walked by functions that call themselves, which ends earlier. */
const tooDeep = 'exceeded max depth';
const maxDepth = 1000;

function isDeeper(value: unknown, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some(item => isDeeper(item, levels - 1));
}
