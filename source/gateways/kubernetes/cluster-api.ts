import type { V1DeleteOptions } from '@kubernetes/client-node';
import type * as z from 'zod';
import { fieldManager } from '../../pairing/cluster-pair/ownership.ts';
import type { Clock, ClusterApi } from '../../pairing/clusters/ports.ts';
import { objectShape, type ResourceType } from '../../pairing/clusters/resource-type.ts';
import { defined, isRecord } from '../../pairing/words/json.ts';
import { type Branch, revealManifest, secretsIn } from '../../pairing/words/manifest.ts';
import { outsideText } from '../../pairing/words/outside-text.ts';
import type { Answer } from './api/answer.ts';
import { longestOfMany, patience, requests } from './api/ask.ts';
import { listAll } from './api/list.ts';
import { pathOf } from './api/paths.ts';
import { reviews } from './api/reviews.ts';
import { tenantsOf } from './api/tenants.ts';
import { nonsense, shaped, succeed } from './api/understood.ts';
import { follow } from './api/watch.ts';
import type { Connection } from './connection.ts';

/** REST calls on one cluster. Reads are tried again after passing faults; a write never is, the runner proves those. */
export function clusterApi(connection: Connection, clock: Clock, seconds = patience): ClusterApi {
	const { read, within, write } = requests(connection, clock, seconds);
	/** The object as it is now. */
	const stored = (method: 'POST' | 'PATCH', path: string, answer: Answer, sent: Branch) =>
		shaped(connection, path, objectShape, succeed(connection, method, path, answer, secretsIn(sent)));
	const changes = follow(connection, clock);
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

		nextChange: (type, name, namespace, since, signal) =>
			changes(pathOf(type, namespace), { name, since, signal }),

		async version() {
			const answer = succeed(connection, 'GET', '/version', await read('/version'));
			return isRecord(answer) && typeof answer.gitVersion === 'string'
				? outsideText(answer.gitVersion, 100)
				: nonsense(connection, '/version', 'JSON without a gitVersion');
		},

		...reviews(connection, clock, seconds.read),

		tenants: namespace => {
			const readWithin = within(longestOfMany);
			return tenantsOf(namespace, async (path, accept) =>
				succeed(connection, 'GET', path, await readWithin(path, defined({ accept }))),
			);
		},
	};
}

const bodyOf = (manifest: Branch, contentType: string) => ({
	contentType,
	text: JSON.stringify(revealManifest(manifest)),
});
