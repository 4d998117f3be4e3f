import type { V1DeleteOptions, V1SelfSubjectAccessReview } from '@kubernetes/client-node';
import type * as z from 'zod';
import { fieldManager } from '../../pairing/cluster-pair/ownership.ts';
import type { Permission } from '../../pairing/clusters/permission.ts';
import type { Clock, ClusterApi } from '../../pairing/clusters/ports.ts';
import { objectShape, type ResourceType } from '../../pairing/clusters/resource-type.ts';
import { asRecord, defined, isRecord } from '../../pairing/words/json.ts';
import { type Branch, revealManifest, secretsIn } from '../../pairing/words/manifest.ts';
import { outsideText } from '../../pairing/words/outside-text.ts';
import type { Answer } from './api/answer.ts';
import { readJson, writeJson } from './api/ask.ts';
import { listAll, type ReadOptions } from './api/list.ts';
import { pathOf } from './api/paths.ts';
import { tenantsOf } from './api/tenants.ts';
import { userOf } from './api/token-review.ts';
import { askedOf, nonsense, shaped, succeed } from './api/understood.ts';
import { watchOnce } from './api/watch.ts';
import type { ApiRequest, Connection } from './connection.ts';
import { explainNonsense, explainTimeout } from './explain.ts';

/** How long an answer may take. */
const patience = { read: 15, write: 30 };
/** Seconds for all pages of a list, and for all that is asked to know whether a namespace is empty. */
const longestOfMany = 60;
/** Milliseconds between two watches that brought nothing, and between two that did. */
const calm = { nothing: 1000, change: 200 } as const;

/** REST calls on one cluster. Reads are tried again after passing faults; a write never is, the runner proves those. */
export function clusterApi(connection: Connection, clock: Clock, seconds = patience): ClusterApi {
	const read = (path: string) => readJson(connection, clock, { method: 'GET', path, seconds: seconds.read });
	/** Reads that have to come to their end together. */
	const within = (all: number) => {
		const end = clock.now() + all * 1000;
		return async (path: string, { accept, over = connection }: ReadOptions = {}) => {
			const left = Math.min(seconds.read, Math.ceil((end - clock.now()) / 1000));
			if (left <= 0) {
				throw explainTimeout(askedOf(connection, 'GET', path), all);
			}
			return readJson(over, clock, defined({ method: 'GET', path, accept, seconds: left } as const));
		};
	};
	const write = (request: Omit<ApiRequest, 'seconds'>, how?: 'dry-run') =>
		how === 'dry-run'
			? // Nothing is stored, so it may be sent again as a question may.
				readJson(connection, clock, {
					...request,
					path: `${request.path}&dryRun=All`,
					seconds: seconds.read,
				})
			: writeJson(connection, clock, { ...request, seconds: seconds.write });
	/** The object as it is now. */
	const stored = (method: 'POST' | 'PATCH', path: string, answer: Answer, sent: Branch) =>
		shaped(connection, path, objectShape, succeed(connection, method, path, answer, secretsIn(sent)));
	let changedAt = Number.NEGATIVE_INFINITY;
	return {
		async get<S extends z.ZodType>(type: ResourceType<S>, name: string, namespace?: string) {
			const path = pathOf(type, namespace, name);
			const answer = await read(path);
			return answer.code === 404
				? undefined
				: shaped(connection, path, type.shape, succeed(connection, 'GET', path, answer));
		},

		list: (type, query) => listAll(connection, within(longestOfMany), type, query),

		async create(type, manifest, how) {
			const path = `${pathOf(type, manifest.metadata.namespace)}?fieldManager=${fieldManager}`;
			const answer = await write({ method: 'POST', path, body: bodyOf(manifest, 'application/json') }, how);
			return stored('POST', path, answer, manifest);
		},

		async apply(type, manifest, how) {
			const path = `${pathOf(type, manifest.metadata.namespace, manifest.metadata.name)}?fieldManager=${fieldManager}`;
			const body = bodyOf(manifest, 'application/apply-patch+yaml');
			const answer = await write({ method: 'PATCH', path, body }, how);
			return stored('PATCH', path, answer, manifest);
		},

		async merge(type, { metadata: { name, namespace, uid, resourceVersion } }, changes) {
			const path = `${pathOf(type, namespace, name)}?fieldManager=${fieldManager}`;
			const patch = { ...changes, metadata: defined({ uid, resourceVersion }) };
			const body = bodyOf(patch, 'application/merge-patch+json');
			const answer = await write({ method: 'PATCH', path, body });
			return stored('PATCH', path, answer, patch);
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
					// A server may say so for ever, each time at once.
					const pause = changedAt + calm.change - clock.now();
					if (pause > 0) {
						await clock.sleep(pause, signal);
					}
					changedAt = clock.now();
					return;
				}
				if (found === 'end') {
					break;
				}
			}
			// Anyone who asks is going to look and ask again: not at the pace at which a server may say that there is nothing.
			await clock.sleep(calm.nothing, signal);
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

		userOf: token => userOf(connection, clock, token, seconds.read),

		tenants: namespace => {
			const readWithin = within(longestOfMany);
			return tenantsOf(namespace, async (path, accept) =>
				succeed(connection, 'GET', path, await readWithin(path, defined({ accept }))),
			);
		},
	};
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

const bodyOf = (manifest: Branch, contentType: string) => ({
	contentType,
	text: JSON.stringify(revealManifest(manifest)),
});
