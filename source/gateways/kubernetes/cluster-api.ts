import type { IncomingMessage } from 'node:http';
import type { V1DeleteOptions, V1SelfSubjectAccessReview } from '@kubernetes/client-node';
import type * as z from 'zod';
import { fieldManager } from '../../pairing/cluster-pair/ownership.ts';
import type { ResourceType } from '../../pairing/clusters/kubernetes.ts';
import { objectShape } from '../../pairing/clusters/kubernetes.ts';
import type { Permission } from '../../pairing/clusters/permission.ts';
import type { Clock, ClusterApi, ListQuery } from '../../pairing/clusters/ports.ts';
import { asRecord, defined, isRecord, type JsonRecord, parseJson, textIn } from '../../pairing/words/json.ts';
import { type Manifest, revealManifest, secretsIn } from '../../pairing/words/manifest.ts';
import { outsideText } from '../../pairing/words/outside-text.ts';
import { PairingError } from '../../pairing/words/problem.ts';
import type { Secret } from '../../pairing/words/secret.ts';
import type { ApiRequest, Connection } from './connection.ts';
import { type Asked, cancelled, explainNetwork, explainNonsense, explainStatus } from './explain.ts';
import { type Attempt, retrying } from './retrying.ts';
import { tenantsOf } from './tenants.ts';

/** How long an answer may take. */
const patience = { read: 15, write: 30 };
const pageSize = 500;
/** Real answers of this program's questions are far below; a server that never ends its answer is cut off here. */
const mostBytes = 64 * 1024 * 1024;
/** A server may name a next page for ever. */
const mostPages = 200;
const mostItems = 100_000;
/** Characters of one event of a watch. */
const longestEvent = 16 * 1024 * 1024;
/** Between two watches that brought nothing. */
const calm = 1000;

/** REST calls on one cluster. Reads are tried again after passing faults; a write never is, the runner proves those. */
export function clusterApi(connection: Connection, clock: Clock, seconds = patience): ClusterApi {
	const read = (path: string) => readJson(connection, clock, { method: 'GET', path, seconds: seconds.read });
	const write = (request: Omit<ApiRequest, 'seconds'>, how?: 'dry-run') =>
		how === 'dry-run'
			? // Nothing is stored, so it may be sent again as a question may.
				readJson(connection, clock, {
					...request,
					path: `${request.path}&dryRun=All`,
					seconds: seconds.read,
				})
			: writeJson(connection, clock, { ...request, seconds: seconds.write });
	return {
		async get<S extends z.ZodType>(type: ResourceType<S>, name: string, namespace?: string) {
			const path = pathOf(type, namespace, name);
			const answer = await read(path);
			return answer.code === 404
				? undefined
				: shaped(connection, path, type.shape, succeed(connection, 'GET', path, answer));
		},

		async list<S extends z.ZodType>(type: ResourceType<S>, query: ListQuery = {}) {
			const pages = () => pagesOf(connection, read, type, query);
			const listed = await pages();
			const items = listed === 'expired' ? await pages() : listed;
			if (items === undefined || items === 'expired') {
				return (
					items && nonsense(connection, pathOf(type, query.namespace), 'a list that expires while it is read')
				);
			}
			const path = pathOf(type, query.namespace);
			return items.map(item => shaped(connection, path, type.shape, item));
		},

		async create(type, manifest, how) {
			const path = `${pathOf(type, manifest.metadata.namespace)}?fieldManager=${fieldManager}`;
			const answer = await write({ method: 'POST', path, body: bodyOf(manifest, 'application/json') }, how);
			return shaped(
				connection,
				path,
				objectShape,
				succeed(connection, 'POST', path, answer, secretsIn(manifest)),
			);
		},

		async apply(type, manifest, how) {
			const path = `${pathOf(type, manifest.metadata.namespace, manifest.metadata.name)}?fieldManager=${fieldManager}`;
			const body = bodyOf(manifest, 'application/apply-patch+yaml');
			const answer = await write({ method: 'PATCH', path, body }, how);
			return shaped(
				connection,
				path,
				objectShape,
				succeed(connection, 'PATCH', path, answer, secretsIn(manifest)),
			);
		},

		async delete(type, name, namespace, uid, resourceVersion) {
			const path = pathOf(type, namespace, name);
			const options: V1DeleteOptions = {
				apiVersion: 'v1',
				kind: 'DeleteOptions',
				...(uid && { preconditions: defined({ uid, resourceVersion }) }),
			};
			const body = { contentType: 'application/json', text: JSON.stringify(options) };
			const answer = await write({ method: 'DELETE', path, body });
			if (answer.code === 404) {
				return 'absent';
			}
			succeed(connection, 'DELETE', path, answer);
			return 'accepted';
		},

		async nextChange(type, name, namespace, since, signal) {
			const path = pathOf(type, namespace);
			for (const from of since ? [since, undefined] : [undefined]) {
				const found = await watchOnce(connection, path, { name, since, from, signal });
				if (found === 'change') {
					return;
				}
				if (found === 'end') {
					break;
				}
			}
			// Anyone who asks is going to look and ask again: not at the pace at which a server may say that there is nothing.
			await clock.sleep(calm, signal);
		},

		async version() {
			const answer = succeed(connection, 'GET', '/version', await read('/version'));
			return isRecord(answer) && typeof answer.gitVersion === 'string'
				? outsideText(answer.gitVersion, 100)
				: nonsense(connection, '/version', 'JSON without a gitVersion');
		},

		async mayI(permission) {
			const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
			// Asked with POST, and yet a question: nothing is stored.
			const answer = await readJson(connection, clock, {
				method: 'POST',
				path,
				seconds: seconds.read,
				body: { contentType: 'application/json', text: JSON.stringify(reviewOf(permission)) },
			});
			const { allowed } = asRecord(asRecord(succeed(connection, 'POST', path, answer)).status);
			if (typeof allowed !== 'boolean') {
				throw explainNonsense(askedOf(connection, 'POST', path), 'JSON without an answer');
			}
			return allowed;
		},

		tenants: namespace =>
			tenantsOf(namespace, async path => succeed(connection, 'GET', path, await read(path))),
	};
}

/** undefined: the type is not served. `expired`: the server has forgotten where the list was, and it has to begin again. */
async function pagesOf(
	connection: Connection,
	read: (path: string) => Promise<Answer>,
	type: ResourceType,
	query: ListQuery,
): Promise<unknown[] | 'expired' | undefined> {
	const items: unknown[] = [];
	let next: string | undefined;
	let pages = 0;
	do {
		pages++;
		if (pages > mostPages || items.length > mostItems) {
			nonsense(connection, pathOf(type, query.namespace), 'an endless list');
		}
		const path = `${pathOf(type, query.namespace)}?${parameters(query, next)}`;
		const answer = await read(path);
		if (answer.code === 404) {
			return undefined;
		}
		if (answer.code === 410 && next) {
			return 'expired';
		}
		const page = listPage(connection, path, succeed(connection, 'GET', path, answer));
		items.push(...page.items);
		next = page.next;
	} while (next && items.length < (query.limit ?? Number.POSITIVE_INFINITY));
	return items;
}

function reviewOf({
	verb,
	group,
	resource,
	subresource,
	namespace,
	name,
}: Permission): V1SelfSubjectAccessReview {
	// To authorization a namespace is in itself: so it is that someone's rights in it let them read it.
	const place = group === '' && resource === 'namespaces' ? name : namespace;
	return {
		apiVersion: 'authorization.k8s.io/v1',
		kind: 'SelfSubjectAccessReview',
		spec: { resourceAttributes: defined({ verb, group, resource, subresource, namespace: place, name }) },
	};
}

type Watch = Readonly<{
	name: string;
	/** The version that is known already: no news. */
	since: string | undefined;
	/** Where the watch begins; undefined is what is now. */
	from: string | undefined;
	signal: AbortSignal;
}>;

/** `error` is the server's word that it cannot watch from there: mostly that it has forgotten that version. */
async function watchOnce(
	connection: Connection,
	path: string,
	{ name, since, from, signal }: Watch,
): Promise<'change' | 'error' | 'end'> {
	const most = 60;
	const query = new URLSearchParams({
		watch: '1',
		fieldSelector: `metadata.name=${name}`,
		timeoutSeconds: String(most - 5),
		...(from && { resourceVersion: from }),
	});
	const request: ApiRequest = { method: 'GET', path: `${path}?${query}`, seconds: most, signal };
	const response = await connection.send(request);
	if (response.statusCode !== 200) {
		succeed(connection, 'GET', path, await answerOf(connection, request, response));
	}
	try {
		for await (const event of eventsIn(response)) {
			if (event.type === 'ERROR') {
				return 'error';
			}
			if (asRecord(asRecord(event.object).metadata).resourceVersion !== since) {
				return 'change';
			}
		}
		return 'end';
	} catch (error) {
		throw explainNetwork(askedOf(connection, 'GET', path), error);
	} finally {
		response.destroy();
	}
}

/** One object of JSON a line. */
async function* eventsIn(response: IncomingMessage): AsyncGenerator<JsonRecord> {
	let text = '';
	for await (const chunk of response.setEncoding('utf8')) {
		const lines = `${text}${chunk}`.split('\n');
		text = lines.pop() ?? '';
		if (text.length > longestEvent) {
			throw new Error('an event without an end');
		}
		yield* lines.map(line => asRecord(parseJson(line)));
	}
}

/** `code` is the HTTP status; `value` the parsed body, undefined when it is not JSON. */
type Answer = Readonly<{ code: number; value: unknown; found: string; retryAfter: string | undefined }>;

const readJson = (connection: Connection, clock: Clock, request: ApiRequest): Promise<Answer> =>
	retrying(connection, clock, () => call(connection, request), isPassing);

/**
 * A write is tried once, and the runner proves what came of it. Only one that the server turned away before it looked at it, and
 * said when to come again, is sent again (client-go rest/with_retry.go).
 */
const writeJson = (connection: Connection, clock: Clock, request: ApiRequest): Promise<Answer> =>
	retrying(connection, clock, () => call(connection, request), isTurnedAway);

/** Worth another try: the connection broke, or the server said that it is busy. */
const isPassing = (tried: Attempt<Answer>): boolean =>
	tried.kind === 'answer'
		? [429, 500, 502, 503, 504].includes(tried.answer.code)
		: tried.error instanceof PairingError && tried.error.problem.id === 'connection-lost';

const isTurnedAway = (tried: Attempt<Answer>): boolean =>
	tried.kind === 'answer' && tried.answer.retryAfter !== undefined && [429, 503].includes(tried.answer.code);

const call = async (connection: Connection, request: ApiRequest): Promise<Answer> =>
	answerOf(connection, request, await connection.send(request));

async function answerOf(
	connection: Connection,
	request: ApiRequest,
	response: IncomingMessage,
): Promise<Answer> {
	const asked = askedOf(connection, request.method, request.path);
	const text = await readText(asked, response, connection.signal);
	const value = parseJson(text);
	return {
		code: response.statusCode ?? 0,
		value,
		found: value === undefined ? describe(text, response.headers['content-type']) : 'JSON of another shape',
		retryAfter: response.headers['retry-after'],
	};
}

async function readText(asked: Asked, response: IncomingMessage, signal: AbortSignal): Promise<string> {
	const chunks: Buffer[] = [];
	let size = 0;
	try {
		for await (const chunk of response) {
			chunks.push(chunk);
			size += chunk.length;
			if (size > mostBytes) {
				response.destroy();
				throw explainNonsense(asked, `more than ${mostBytes} bytes`);
			}
		}
	} catch (error) {
		throw signal.aborted ? cancelled(asked.side) : explainNetwork(asked, error);
	}
	return Buffer.concat(chunks).toString('utf8');
}

/** The body of a success; a Status or anything else becomes the Problem it represents. */
function succeed(
	connection: Connection,
	method: string,
	path: string,
	answer: Answer,
	sent: readonly Secret[] = [],
): unknown {
	const asked = askedOf(connection, method, path, sent);
	if (answer.code >= 200 && answer.code < 300) {
		if (answer.value === undefined) {
			throw explainNonsense(asked, answer.found);
		}
		return answer.value;
	}
	const status = isRecord(answer.value) ? answer.value : {};
	throw explainStatus(asked, answer.code, textIn(status.reason), textIn(status.message));
}

function listPage(
	connection: Connection,
	path: string,
	value: unknown,
): { items: unknown[]; next: string | undefined } {
	if (!isRecord(value) || !Array.isArray(value.items)) {
		return nonsense(connection, path, 'JSON that is not a list');
	}
	const metadata = isRecord(value.metadata) ? value.metadata : {};
	const next = metadata.continue;
	return { items: value.items, next: typeof next === 'string' && next !== '' ? next : undefined };
}

function shaped<S extends z.ZodType>(
	connection: Connection,
	path: string,
	shape: S,
	value: unknown,
): z.infer<S> {
	const result = shape.safeParse(value);
	if (!result.success) {
		const where = result.error.issues[0]?.path.join('.') || 'the object';
		return nonsense(connection, path, `an object of another shape (${where})`);
	}
	return result.data;
}

function nonsense(connection: Connection, path: string, found: string): never {
	throw explainNonsense(askedOf(connection, 'GET', path), found);
}

const askedOf = (
	{ side, context, server, secrets = [] }: Connection,
	method: string,
	path: string,
	sent: readonly Secret[] = [],
): Asked => ({
	side,
	context,
	server,
	what: `${method} ${path.split('?')[0]}`,
	secrets: [...secrets, ...sent],
});

function pathOf(
	type: Pick<ResourceType, 'apiVersion' | 'plural' | 'scope'>,
	namespace?: string,
	name?: string,
): string {
	const group = type.apiVersion.includes('/') ? `/apis/${type.apiVersion}` : `/api/${type.apiVersion}`;
	const place = type.scope === 'namespace' && namespace ? `/namespaces/${encodeURIComponent(namespace)}` : '';
	return `${group}${place}/${type.plural}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
}

function parameters(
	{ labelSelector, fieldSelector, limit }: ListQuery,
	next: string | undefined,
): URLSearchParams {
	return new URLSearchParams({
		limit: String(Math.min(limit ?? pageSize, pageSize)),
		...(labelSelector && { labelSelector }),
		...(fieldSelector && { fieldSelector }),
		...(next && { continue: next }),
	});
}

const bodyOf = (manifest: Manifest, contentType: string) => ({
	contentType,
	text: JSON.stringify(revealManifest(manifest)),
});

function describe(text: string, contentType: string | undefined): string {
	const type = contentType?.split(';')[0] ?? 'no content type';
	return /^\s*[{[]/.test(text) ? 'JSON that ends early' : `${text.length} characters of ${type}`;
}
