import type { ResourceId } from '../contract.ts';

export type Cause = Readonly<{ reason?: string; message: string; field?: string }>;
export type Details = Readonly<{
	name?: string;
	group?: string;
	kind?: string;
	uid?: string;
	causes?: readonly Cause[];
	retryAfterSeconds?: number;
}>;

/** The `Status` object with which an API server says no. */
export type Status = Readonly<{
	kind: 'Status';
	apiVersion: 'v1';
	metadata: Record<string, never>;
	status: 'Failure';
	message: string;
	reason: string;
	details?: Details;
	code: number;
}>;

/** Thrown by whatever handles a request; its status is the answer. */
export class Refusal extends Error {
	readonly status: Status;

	constructor(status: Status) {
		super(status.message);
		this.status = status;
	}
}

export function failure(code: number, reason: string, message: string, details?: Details): Status {
	return {
		kind: 'Status',
		apiVersion: 'v1',
		metadata: {},
		status: 'Failure',
		message,
		reason,
		...(details && { details }),
		code,
	};
}

export function refuse(code: number, reason: string, message: string, details?: Details): Refusal {
	return new Refusal(failure(code, reason, message, details));
}

export function badRequest(message: string): Refusal {
	return refuse(400, 'BadRequest', message);
}

export function unauthorized(): Refusal {
	return refuse(401, 'Unauthorized', 'Unauthorized');
}

export function notFound(resource: ResourceId, name: string): Refusal {
	return refuse(404, 'NotFound', `${named(resource, name)} not found`, detailsOf(resource, name));
}

/** What a server answers for a type or subresource that it does not have, as a `Status`. */
export function noSuchResource(): Refusal {
	return refuse(404, 'NotFound', 'the server could not find the requested resource', {});
}

export function alreadyExists(resource: ResourceId, name: string): Refusal {
	return refuse(409, 'AlreadyExists', `${named(resource, name)} already exists`, detailsOf(resource, name));
}

export function outdated(resource: ResourceId, name: string): Refusal {
	const because =
		'the object has been modified; please apply your changes to the latest version and try again';
	return conflict(resource, name, because);
}

export function conflict(resource: ResourceId, name: string, because: string): Refusal {
	const message = `Operation cannot be fulfilled on ${named(resource, name)}: ${because}`;
	return refuse(409, 'Conflict', message, detailsOf(resource, name));
}

export function forbidden(resource: ResourceId, name: string | undefined, because: string): Refusal {
	const what = name ? named(resource, name) : qualified(resource);
	return refuse(403, 'Forbidden', `${what} is forbidden: ${because}`, detailsOf(resource, name));
}

export function terminating(resource: ResourceId, name: string, namespace: string): Refusal {
	const because = `unable to create new content in namespace ${namespace} because it is being terminated`;
	const cause = {
		reason: 'NamespaceTerminating',
		message: `namespace ${namespace} is being terminated`,
		field: 'metadata.namespace',
	};
	const details = { ...detailsOf(resource, name), causes: [cause] };
	return refuse(403, 'Forbidden', `${named(resource, name)} is forbidden: ${because}`, details);
}

type KindId = Readonly<{ group: string; kind: string }>;

export function invalid({ group, kind }: KindId, name: string, causes: readonly Required<Cause>[]): Refusal {
	const qualifiedKind = group === '' ? kind : `${kind}.${group}`;
	const problems = causes.map(({ field, message }) => `${field}: ${message}`);
	const summary = problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`;
	const details = { ...(name && { name }), ...(group && { group }), ...(kind && { kind }), causes };
	return refuse(422, 'Invalid', `${qualifiedKind} "${name}" is invalid: ${summary}`, details);
}

/** A cause of an invalid object, in the words that all of Kubernetes' validation shares. */
export function invalidValue(field: string, value: unknown, why: string): Required<Cause> {
	return invalidAs(field, typeof value === 'string' ? JSON.stringify(value) : goText(value), why);
}

/** `shown`: the value as Go prints it. */
export function invalidAs(field: string, shown: string, why: string): Required<Cause> {
	return { reason: 'FieldValueInvalid', message: `Invalid value: ${shown}: ${why}`, field };
}

export function unsupportedValue(
	field: string,
	shown: string,
	supported: readonly string[],
): Required<Cause> {
	const values = supported.map(value => JSON.stringify(value)).join(', ');
	const message = `Unsupported value: ${shown}: supported values: ${values}`;
	return { reason: 'FieldValueNotSupported', message, field };
}

export function requiredValue(field: string, why = ''): Required<Cause> {
	return { reason: 'FieldValueRequired', message: `Required value${why && `: ${why}`}`, field };
}

export function duplicateValue(field: string, value: unknown): Required<Cause> {
	return { reason: 'FieldValueDuplicate', message: `Duplicate value: ${JSON.stringify(value)}`, field };
}

export function notFoundValue(field: string, value: unknown): Required<Cause> {
	return { reason: 'FieldValueNotFound', message: `Not found: ${JSON.stringify(value)}`, field };
}

export function forbiddenValue(field: string, why: string): Required<Cause> {
	return { reason: 'FieldValueForbidden', message: `Forbidden: ${why}`, field };
}

export function tooLong(field: string, limit: number): Required<Cause> {
	return { reason: 'FieldValueTooLong', message: `Too long: must have at most ${limit} bytes`, field };
}

/** As Go prints it in such a message. */
function goText(value: unknown): string {
	if (Array.isArray(value)) return `[]string{${value.map(item => JSON.stringify(item)).join(', ')}}`;
	if (typeof value !== 'object' || value === null) return String(value);
	const entries = Object.entries(value).map(
		([key, item]) => `${JSON.stringify(key)}:${JSON.stringify(item)}`,
	);
	return `map[string]string{${entries.toSorted().join(', ')}}`;
}

export function notAcceptable(): Refusal {
	const representations = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';
	const message = `406: Not Acceptable\n\nAvailable representations: ${representations}`;
	return refuse(406, 'NotAcceptable', message, {});
}

export function unsupportedMedia(): Refusal {
	return refuse(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
}

export function unsupportedPatch(accepted: readonly string[]): Refusal {
	const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`;
	return refuse(415, 'UnsupportedMediaType', message);
}

export function methodNotAllowed(): Refusal {
	const message = 'the server does not allow this method on the requested resource';
	return refuse(405, 'MethodNotAllowed', message, {});
}

export function tooLarge(limit: number): Refusal {
	return refuse(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${limit}`);
}

function named(resource: ResourceId, name: string): string {
	return `${qualified(resource)} "${name}"`;
}

function qualified({ group, plural }: ResourceId): string {
	return group === '' ? plural : `${plural}.${group}`;
}

function detailsOf({ group, plural }: ResourceId, name?: string): Details {
	return { ...(name && { name }), ...(group !== '' && { group }), kind: plural };
}
