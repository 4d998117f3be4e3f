import { expect, test } from 'vitest';
import { clusterApi } from '../../../source/gateways/kubernetes/cluster-api.ts';
import { namespaceType, podType } from '../../../source/pairing/clusters/kubernetes.ts';
import type { Permission } from '../../../source/pairing/clusters/permission.ts';
import type { Clock } from '../../../source/pairing/clusters/ports.ts';
import { clusterPairType } from '../../../source/pairing/clusters/portworx-kinds.ts';
import type { Manifest } from '../../../source/pairing/words/manifest.ts';
import { Secret } from '../../../source/pairing/words/secret.ts';
import { resources } from '../../../source/practice/resources.ts';
import {
	connectionTo,
	entryFor,
	type Stub,
	type StubAnswer,
	startStub,
} from '../../helpers/clusters/api-stub.ts';
import { adminToken, clusterPair, startTestApi } from '../../helpers/clusters/practice-api.ts';
import { failureOf, problemFrom } from '../../helpers/problem-from.ts';

const pair: Manifest = {
	apiVersion: 'stork.libopenstorage.org/v1alpha1',
	kind: 'ClusterPair',
	metadata: { name: 'remote', namespace: 'demo' },
	spec: { options: { port: '9001', token: new Secret('canary-cluster-token') } },
};

test('a whole conversation with an API server', async () => {
	const { server } = await startTestApi();
	const connection = connectionTo(entryFor(server, { user: { token: adminToken } }));
	const api = clusterApi(connection, clock());

	expect(await api.version()).toBe('v1.31.4');
	expect(await api.get(namespaceType, 'demo')).toMatchObject({
		metadata: { name: 'demo' },
		status: { phase: 'Active' },
	});
	expect(await api.get(namespaceType, 'nope')).toBeUndefined();
	expect(await api.get({ ...namespaceType, plural: 'nopes' }, 'demo')).toBeUndefined();
	expect(
		(await api.list(podType, { labelSelector: 'name=portworx' }))?.map(({ metadata }) => metadata.name),
	).toEqual(['portworx-abcde']);
	expect(await api.list({ ...podType, apiVersion: 'nope/v1' })).toBeUndefined();
	expect((await api.create(namespaceType, namespace('fresh'))).metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
	expect((await api.apply(clusterPairType, pair)).metadata.managedFields).toMatchObject([
		{ manager: 'pxpair', operation: 'Apply' },
	]);
	const uid = (await api.get(clusterPairType, 'remote', 'demo'))?.metadata.uid;
	expect(await api.tenants('demo')).toEqual([{ what: 'clusterpairs/remote', uid }]);
	await expect(api.delete(clusterPairType, 'remote', 'demo', 'of another')).rejects.toMatchObject({
		problem: { id: 'conflict' },
	});
	expect(await api.delete(clusterPairType, 'remote', 'demo', uid)).toBe('accepted');
	expect(await api.delete(clusterPairType, 'remote', 'demo', uid)).toBe('absent');
	expect(await api.get(clusterPairType, 'remote', 'demo')).toBeUndefined();
});

test('a kind whose name is none can not be listed, and nothing else goes wrong', async () => {
	const { api } = await stubbed([
		(response, { url = '' }) => {
			const resources = ['half \uD800 a character', '', '../secrets', 'pods?x=y'].map(name => ({
				...{ name, namespaced: true, verbs: ['list'] },
			}));
			response.writeHead(200, { 'content-type': 'application/json' });
			response.end(JSON.stringify(url === '/apis' ? { groups: [] } : { resources }));
		},
	]);
	expect((await api.tenants('demo')).map(({ what }) => what)).toEqual([
		"half \uFFFD a character/(can't be listed)",
		"api/v1/(can't be listed)",
		"pods?x=y/(can't be listed)",
	]);
});

test('a namespace that no one uses has no tenants', async () => {
	const { server } = await startTestApi();
	const api = clusterApi(connectionTo(entryFor(server, { user: { token: adminToken } })), clock());
	expect(await api.tenants('demo')).toEqual([]);
});

test('what holds a namespace is looked for in every kind that the server lists, and what cannot be read counts', async () => {
	const groups = ['argoproj.io/v1alpha1', 'metrics.k8s.io/v1beta1'].map(groupVersion => ({
		preferredVersion: { groupVersion },
	}));
	const bodies: Readonly<Record<string, unknown>> = {
		'/apis': { groups },
		'/api/v1': { resources: [kind('secrets'), kind('events'), kind('pods/exec'), kind('nodes', false)] },
		'/apis/argoproj.io/v1alpha1': { resources: [kind('applications')] },
		'/api/v1/namespaces/demo/secrets?limit=20': { items: [named('default-token-abcde'), named('theirs')] },
	};
	// Asked side by side, so by path and not in turn; what is not listed here is forbidden.
	const { api, stub } = await stubbed([
		(response, { url = '' }) => {
			response.writeHead(url in bodies ? 200 : 403, { 'content-type': 'application/json' });
			response.end(JSON.stringify(bodies[url] ?? {}));
		},
	]);
	expect((await api.tenants('demo')).map(({ what }) => what)).toEqual([
		'secrets/theirs',
		"applications/(can't be listed)",
		"apis/metrics.k8s.io/v1beta1/(can't be listed)",
	]);
	expect(new Set(stub.received.map(({ line }) => line))).toEqual(
		new Set([
			'GET /apis',
			'GET /api/v1',
			'GET /apis/argoproj.io/v1alpha1',
			'GET /apis/metrics.k8s.io/v1beta1',
			'GET /api/v1/namespaces/demo/secrets?limit=20',
			'GET /apis/argoproj.io/v1alpha1/namespaces/demo/applications?limit=20',
		]),
	);
});

const kind = (name: string, namespaced = true) => ({ name, namespaced, verbs: ['get', 'list'] });

test('a list that expires while it is read begins again, once', async () => {
	const first = { body: { metadata: { continue: 'more' }, items: [named('a')] } };
	const expired = { code: 410, body: { kind: 'Status', reason: 'Expired', message: 'too old', code: 410 } };
	const last = { body: { metadata: {}, items: [named('b')] } };
	const { api } = await stubbed([first, expired, first, last]);
	expect((await api.list(namespaceType))?.map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);
	const again = await stubbed([first, expired, first, expired]);
	expect(await problemFrom(() => again.api.list(namespaceType))).toMatchObject({ id: 'not-kubernetes' });
});

test('a list is read page by page, up to its limit', async () => {
	const { api, stub } = await stubbed([
		{ body: { metadata: { continue: 'more' }, items: [named('a'), named('b')] } },
		{ body: { metadata: {}, items: [named('c')] } },
	]);
	expect((await api.list(namespaceType))?.map(({ metadata }) => metadata.name)).toEqual(['a', 'b', 'c']);
	expect(stub.received.map(({ line }) => line)).toEqual([
		'GET /api/v1/namespaces?limit=100',
		'GET /api/v1/namespaces?limit=100&continue=more',
	]);

	const limited = await stubbed([
		{ body: { metadata: { continue: 'more' }, items: [named('a'), named('b')] } },
	]);
	await limited.api.list(namespaceType, { limit: 2 });
	expect(limited.stub.received.map(({ line }) => line)).toEqual(['GET /api/v1/namespaces?limit=2']);
});

test('names go into the path as they are, and cannot leave it', async () => {
	const { api, stub } = await stubbed([{ code: 404, body: {} }]);
	await api.get(clusterPairType, '../../x?y#z', 'Team:Admin');
	expect(stub.received[0]?.line).toBe(
		'GET /apis/stork.libopenstorage.org/v1alpha1/namespaces/Team%3AAdmin/clusterpairs/..%2F..%2Fx%3Fy%23z',
	);
});

test('one TLS connection for all of it', async () => {
	const { api, stub } = await stubbed([{ body: named('a') }]);
	for (let call = 0; call < 10; call++) {
		await api.get(namespaceType, 'a');
	}
	expect([stub.received.length, stub.connections()]).toEqual([10, 1]);
});

test('an idle connection that the server has closed is no failure', async () => {
	const { api, stub } = await stubbed([
		(response, request) => {
			response.end(JSON.stringify(named('a')), () => request.socket.destroy());
		},
		{ body: named('a') },
	]);
	await api.get(namespaceType, 'a');
	expect(await api.get(namespaceType, 'a')).toEqual(named('a'));
	expect(stub.connections()).toBe(2);
});

// Faults.

const busy = (code: number, reason: string): StubAnswer => ({
	code,
	body: status(code, reason, `${reason} said the server`),
});

test.each([
	[500, 'InternalError'],
	[502, 'BadGateway'],
	[503, 'ServiceUnavailable'],
	[504, 'Timeout'],
	[429, 'TooManyRequests'],
])('%i passes: a read is tried again', async (code, reason) => {
	const { api, stub, pauses } = await stubbed([busy(code, reason), busy(code, reason), { body: named('a') }]);
	expect(await api.get(namespaceType, 'a')).toEqual(named('a'));
	expect([stub.received.length, pauses]).toEqual([3, [250, 1000]]);
});

test.each([
	[
		401,
		'Unauthorized',
		'unauthorized',
		'The source cluster (east) rejects the credentials of this context',
		1,
	],
	[403, 'Forbidden', 'forbidden', 'The source cluster (east) denies permission for this', 1],
	[
		409,
		'Conflict',
		'conflict',
		'The source cluster (east) reports a conflict: someone else changed the same object',
		1,
	],
	[418, 'Teapot', 'unexpected-status', 'The source cluster (east) sent an unexpected response', 1],
	[422, 'Invalid', 'invalid', 'The source cluster (east) rejects the object as invalid', 1],
	[429, 'TooManyRequests', 'too-many-requests', 'The source cluster (east) is rate-limiting requests', 3],
	[500, 'InternalError', 'server-error', 'The source cluster (east) reports an internal error', 3],
	[503, 'ServiceUnavailable', 'server-error', 'The source cluster (east) reports an internal error', 3],
])(
	'%i %s stays: a read says %s, after as many tries as make sense',
	async (code, reason, id, title, tries) => {
		const { api, stub } = await stubbed([busy(code, reason)]);
		const problem = await problemFrom(() => api.get(namespaceType, 'a'));

		expect(problem).toMatchObject({
			id,
			kind: 'cluster',
			side: 'source',
			title,
			evidence: `${at(stub, 'GET /api/v1/namespaces/a')}: ${code} ${reason}: ${reason} said the server`,
		});
		expect(stub.received).toHaveLength(tries);
	},
);

test('a write that was turned away, with a time to come again, is sent again after that time', async () => {
	const turnedAway = {
		code: 429,
		headers: { 'retry-after': '2' },
		body: status(429, 'TooManyRequests', 'later'),
	};
	const { api, stub, pauses } = await stubbed([turnedAway, { body: named('n') }]);
	expect((await api.create(namespaceType, namespace('n'))).metadata.name).toBe('n');
	expect({ sent: stub.received.length, pauses }).toEqual({ sent: 2, pauses: [2000] });
});

test('a write whose idle connection is gone is not sent again', async () => {
	const { api, stub } = await stubbed([
		{ body: named('a') },
		(_response, request) => {
			request.socket.destroy();
		},
	]);
	await api.get(namespaceType, 'a');
	expect((await problemFrom(() => api.create(namespaceType, namespace('n')))).id).toBe('connection-lost');
	expect(stub.received).toHaveLength(2);
});

test.each([
	['create', (api: Api) => api.create(namespaceType, namespace('n')), 'POST /api/v1/namespaces'],
	[
		'apply',
		(api: Api) => api.apply(clusterPairType, pair),
		'PATCH /apis/stork.libopenstorage.org/v1alpha1/namespaces/demo/clusterpairs/remote',
	],
	[
		'delete',
		(api: Api) => api.delete(namespaceType, 'n', undefined, undefined),
		'DELETE /api/v1/namespaces/n',
	],
])('a write is never tried again: %s', async (_, write, what) => {
	for (const code of [429, 500, 503]) {
		const { api, stub } = await stubbed([busy(code, 'Busy')]);
		expect((await problemFrom(() => write(api))).evidence).toBe(
			`${at(stub, what)}: ${code} Busy: Busy said the server`,
		);
		expect(stub.received).toHaveLength(1);
	}
});

test('a write whose connection breaks is not tried again either', async () => {
	const { api, stub } = await stubbed([(_, request) => request.socket.destroy()]);
	expect(await failureOf(() => api.create(namespaceType, namespace('n')))).toEqual({
		id: 'connection-lost',
		evidence: `${at(stub, 'POST /api/v1/namespaces')}: ECONNRESET`,
	});
	expect(stub.received).toHaveLength(1);
});

const notKubernetes: [string, StubAnswer, string][] = [
	[
		'an HTML page',
		{ type: 'text/html; charset=utf-8', body: '<html>canary</html>' },
		'sent 19 characters of text/html',
	],
	['nothing', { body: '' }, 'sent 0 characters of application/json'],
	['JSON that ends early', { body: '{"metadata":{"name":"canary' }, 'sent JSON that ends early'],
	['a list of something', { body: ['canary'] }, 'sent an object of another shape (the object)'],
	[
		'an object without a name',
		{ body: { metadata: { name: 7 } } },
		'sent an object of another shape (metadata.name)',
	],
];

test.each(notKubernetes)('200 with %s is not Kubernetes', async (_, answer, found) => {
	const { api, stub } = await stubbed([answer]);
	const problem = await problemFrom(() => api.get(namespaceType, 'a'));

	expect(problem).toMatchObject({
		id: 'not-kubernetes',
		evidence: `${at(stub, 'GET /api/v1/namespaces/a')}: it ${found}`,
	});
	expect(JSON.stringify(problem)).not.toContain('canary');
});

test.each([
	['a list without items', (api: Api) => api.list(namespaceType), 'JSON that is not a list'],
	['a version without a version', (api: Api) => api.version(), 'JSON without a gitVersion'],
])('200 with %s is not Kubernetes', async (_, ask, found) => {
	const { api } = await stubbed([{ body: {} }]);
	expect((await problemFrom(() => ask(api))).evidence).toMatch(new RegExp(`: it sent ${found}$`));
});

test.each([
	[
		'ClusterPair.stork.libopenstorage.org "remote" is invalid: spec.options.token: Invalid value: "canary \\"canary\\" canary": too long',
		'ClusterPair.stork.libopenstorage.org "remote" is invalid: spec.options.token: Invalid value: "…": too long',
	],
	[
		'ClusterPair "remote" is invalid: spec: Invalid value: map[string]interface {}{"token":"canary", "x":"canary',
		'ClusterPair "remote" is invalid: spec: Invalid value: map[string]interface {}{"…":"…", "…":"…"',
	],
])('what an API server quotes of a ClusterPair is not repeated: %s', async (message, shown) => {
	const { api } = await stubbed([{ code: 422, body: status(422, 'Invalid', message) }]);
	expect((await problemFrom(() => api.apply(clusterPairType, pair))).evidence).toMatch(
		`: 422 Invalid: ${shown}`,
	);
	const { api: other } = await stubbed([
		{ code: 422, body: status(422, 'Invalid', 'metadata.name: Invalid value: "Bad_Name"') },
	]);
	expect((await problemFrom(() => other.create(namespaceType, namespace('n')))).evidence).toContain(
		'"Bad_Name"',
	);
});

test('a refusal that is not JSON keeps its code', async () => {
	const { api, stub } = await stubbed([{ code: 403, type: 'text/html', body: '<html>proxy</html>' }]);
	expect(await failureOf(() => api.get(namespaceType, 'a'))).toEqual({
		id: 'forbidden',
		evidence: `${at(stub, 'GET /api/v1/namespaces/a')}: 403 without a reason`,
	});
});

test('a message over several lines, or without end, becomes one line of a bearable length', async () => {
	const { api } = await stubbed([
		{ code: 403, body: status(403, 'Forbidden', `one\n\u001b[31mtwo\u2028three ${'x'.repeat(1000)}`) },
	]);
	const { evidence = '' } = await problemFrom(() => api.get(namespaceType, 'a'));
	expect(evidence).toMatch(/403 Forbidden: one \[31mtwo three x+…$/);
	expect(evidence.length).toBeLessThan(500);
});

test('a connection that breaks in the middle of the answer is tried again', async () => {
	const { api, stub } = await stubbed([
		(response, request) => {
			response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
			response.write('{"metadata":', () => request.socket.destroy());
		},
		{ body: named('a') },
	]);
	expect(await api.get(namespaceType, 'a')).toEqual(named('a'));
	expect(stub.received).toHaveLength(2);
});

test('a connection that always breaks is lost in the end', async () => {
	const { api, stub } = await stubbed([(_, request) => request.socket.destroy()]);
	expect(await failureOf(() => api.get(namespaceType, 'a'))).toEqual({
		id: 'connection-lost',
		evidence: `${at(stub, 'GET /api/v1/namespaces/a')}: ECONNRESET`,
	});
	expect(stub.received).toHaveLength(3);
});

const silence: StubAnswer = () => {};
const halfAnAnswer: StubAnswer = response => void response.writeHead(200).write('{"metadata":');

test.each([
	['before it answers', silence],
	['in the middle of its answer', halfAnAnswer],
])('a server that falls silent %s is given up, once', async (_, answer) => {
	const { api, stub } = await stubbed([answer], { read: 0.15, write: 0.15 });
	expect(await failureOf(() => api.get(namespaceType, 'a'))).toEqual({
		id: 'timeout',
		evidence: `${at(stub, 'GET /api/v1/namespaces/a')}: no answer within 0.15 s`,
	});
	expect(await failureOf(() => api.create(namespaceType, namespace('n')))).toMatchObject({ id: 'timeout' });
	expect(stub.received).toHaveLength(2);
});

test('abandoned: every call ends at once', async () => {
	const abandon = new AbortController();
	const stub = await startStub([() => void abandon.abort()]);
	const api = clusterApi(connectionTo(entryFor(stub), abandon.signal), clock());
	expect(await problemFrom(() => api.get(namespaceType, 'a'))).toMatchObject({
		id: 'cancelled',
		side: 'source',
	});
	expect(await problemFrom(() => api.get(namespaceType, 'a'))).toMatchObject({ id: 'cancelled' });
	expect(stub.received).toHaveLength(1);
});

test('abandoned between two tries: there is no second one', async () => {
	const abandon = new AbortController();
	const stub = await startStub([busy(503, 'ServiceUnavailable')]);
	const api = clusterApi(connectionTo(entryFor(stub), abandon.signal), {
		now: () => 0,
		today: () => 0,
		sleep: async () => abandon.abort(),
	});
	expect(await problemFrom(() => api.get(namespaceType, 'a'))).toMatchObject({ id: 'cancelled' });
	expect(stub.received).toHaveLength(1);
});

// Watching.

test('the next change of an object ends the wait', async () => {
	const { server, store } = await startTestApi();
	const api = clusterApi(connectionTo(entryFor(server, { user: { token: adminToken } })), clock());
	const { metadata } = await api.create(clusterPairType, clusterPair('remote') as never);
	const changed = api.nextChange(clusterPairType, 'remote', 'demo', metadata.resourceVersion, never());

	store.create(
		{ group: '', version: 'v1', plural: 'namespaces' },
		{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } },
	);
	await api.apply(clusterPairType, { ...pair, spec: { options: { mode: 'Default' } } });
	await changed;
});

test('it asks for that object alone, from where it looked last, and not for ever', async () => {
	const { api, stub } = await stubbed([{ body: '{"type":"MODIFIED"}\n' }]);
	await api.nextChange(clusterPairType, 'remote', 'demo', '17', never());
	expect(stub.received[0]?.line).toBe(
		'GET /apis/stork.libopenstorage.org/v1alpha1/namespaces/demo/clusterpairs?watch=1&fieldSelector=metadata.name%3Dremote&timeoutSeconds=55&resourceVersion=17',
	);
});

test('the end of a watch ends the wait, after a moment: anyone who asks is going to ask again', async () => {
	const { api, pauses } = await stubbed([{ body: '' }]);
	await api.nextChange(clusterPairType, 'remote', 'demo', undefined, never());
	expect(pauses).toEqual([1000]);
});

const expired = `${JSON.stringify({ type: 'ERROR', object: status(410, 'Expired', 'too old resource version: 17 (658)') })}\n`;
const event = (type: string, resourceVersion: string) =>
	`${JSON.stringify({ type, object: { metadata: { name: 'remote', resourceVersion } } })}\n`;

test.each([
	['what is now is what was known', event('ADDED', '17'), [1000]],
	['what is now is newer', event('ADDED', '18'), []],
	['it changes a moment later', event('ADDED', '17') + event('MODIFIED', '19'), []],
	['the server has nothing to say at all', expired, [1000]],
])('a version that the server has forgotten: it watches from now on; %s', async (_, body, pause) => {
	const { api, stub, pauses } = await stubbed([{ body: expired }, { body }]);
	await api.nextChange(clusterPairType, 'remote', 'demo', '17', never());
	expect(
		stub.received.map(({ line }) =>
			new URL(line.split(' ')[1] ?? '', 'http://x').searchParams.get('resourceVersion'),
		),
	).toEqual(['17', null]);
	expect(pauses).toEqual(pause);
});

test('a watch that is refused is a Problem: who asks must not ask again at once', async () => {
	const { api, stub } = await stubbed([busy(403, 'Forbidden')]);
	const what = 'GET /apis/stork.libopenstorage.org/v1alpha1/namespaces/demo/clusterpairs';
	expect(
		await failureOf(() => api.nextChange(clusterPairType, 'remote', 'demo', undefined, never())),
	).toEqual({
		id: 'forbidden',
		evidence: `${at(stub, what)}: 403 Forbidden: Forbidden said the server`,
	});
});

test('a watch that breaks is a Problem, not a bug', async () => {
	const { api } = await stubbed([
		(response, request) => {
			response.writeHead(200).flushHeaders();
			setImmediate(() => request.socket.destroy());
		},
	]);
	expect(
		await problemFrom(() => api.nextChange(clusterPairType, 'remote', 'demo', undefined, never())),
	).toMatchObject({ id: 'connection-lost' });
});

test('no one has to wait for a watch to its end', async () => {
	const stop = new AbortController();
	const { api } = await stubbed([
		response => {
			response.writeHead(200).flushHeaders();
			stop.abort();
		},
	]);
	expect(
		await problemFrom(() => api.nextChange(clusterPairType, 'remote', 'demo', undefined, stop.signal)),
	).toMatchObject({ id: 'cancelled' });
});

// Asking for rights.

const mayExec: Permission = {
	side: 'source',
	verb: 'create',
	group: '',
	resource: 'pods',
	subresource: 'exec',
	namespace: 'kube-system',
	why: 'run pxctl',
};

const review = (allowed: boolean): StubAnswer => ({
	code: 201,
	body: {
		kind: 'SelfSubjectAccessReview',
		apiVersion: 'authorization.k8s.io/v1',
		metadata: { creationTimestamp: null, managedFields: [{ manager: 'pxpair', operation: 'Update' }] },
		spec: { resourceAttributes: { verb: 'create', resource: 'pods', subresource: 'exec' } },
		status: { allowed },
	},
});

test.each([true, false])('a right is asked of the API server, which says %s', async allowed => {
	const { api, stub } = await stubbed([review(allowed)]);
	expect(await api.mayI(mayExec)).toBe(allowed);
	expect(stub.received.map(({ line, headers }) => [line, headers['content-type']])).toEqual([
		['POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews', 'application/json'],
	]);
	expect(JSON.parse(stub.received[0]?.body ?? '')).toEqual({
		apiVersion: 'authorization.k8s.io/v1',
		kind: 'SelfSubjectAccessReview',
		spec: {
			resourceAttributes: {
				verb: 'create',
				group: '',
				resource: 'pods',
				subresource: 'exec',
				namespace: 'kube-system',
			},
		},
	});
});

test('it is a question, so it is asked again after a passing fault', async () => {
	const { api, stub, pauses } = await stubbed([
		(_, request) => request.socket.destroy(),
		busy(503, 'ServiceUnavailable'),
		review(true),
	]);
	expect(await api.mayI(mayExec)).toBe(true);
	expect([stub.received.length, pauses]).toEqual([3, [250, 1000]]);
});

test('a namespace is asked about as standing in itself, as requests for it are judged', async () => {
	const { api, stub } = await stubbed([review(true)]);
	const { subresource: _, namespace: __, ...rest } = mayExec;
	await api.mayI({ ...rest, verb: 'get', resource: 'namespaces', name: 'demo' });
	await api.mayI({ ...rest, verb: 'create', resource: 'namespaces' });
	expect(stub.received.map(({ body }) => JSON.parse(body).spec.resourceAttributes)).toEqual([
		{ verb: 'get', group: '', resource: 'namespaces', namespace: 'demo', name: 'demo' },
		{ verb: 'create', group: '', resource: 'namespaces' },
	]);
});

test.each<[string, StubAnswer, string, string]>([
	['is refused', busy(403, 'Forbidden'), 'forbidden', '403 Forbidden: Forbidden said the server'],
	[
		'is not known',
		{ code: 404, type: 'text/plain', body: '404 page not found' },
		'not-found',
		'404 without a reason',
	],
	[
		'has no answer',
		{ body: { kind: 'List', items: [] } },
		'not-kubernetes',
		'it sent JSON without an answer',
	],
])('a question that %s is no "no"', async (_, answer, id, outcome) => {
	const { api, stub } = await stubbed([answer]);
	expect(await failureOf(() => api.mayI(mayExec))).toEqual({
		id,
		evidence: `${at(stub, 'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews')}: ${outcome}`,
	});
});

test('the practice API answers as it would to the request itself', async () => {
	const { server, store } = await startTestApi();
	const role = (name: string, group: string, resource: string, verb: string) =>
		store.create(resources.clusterroles, {
			apiVersion: 'rbac.authorization.k8s.io/v1',
			kind: 'ClusterRole',
			metadata: { name },
			rules: [{ apiGroups: [group], resources: [resource], verbs: [verb] }],
		});
	const bind = (name: string, namespace?: string) =>
		store.create(namespace ? resources.rolebindings : resources.clusterrolebindings, {
			apiVersion: 'rbac.authorization.k8s.io/v1',
			kind: namespace ? 'RoleBinding' : 'ClusterRoleBinding',
			metadata: { name, ...(namespace && { namespace }) },
			roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
			subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'jane' }],
		});
	role('reader', '', 'namespaces', 'get');
	bind('reader', 'demo');
	const api = clusterApi(connectionTo(entryFor(server, { user: { token: 'token-of-jane' } })), clock());
	const get = { side: 'source', verb: 'get', group: '', resource: 'namespaces', why: 'look' } as const;
	expect(await Promise.all(['demo', 'kube-system'].map(name => api.mayI({ ...get, name })))).toEqual([
		true,
		false,
	]);
	expect(await api.get(namespaceType, 'demo')).toBeDefined();
	expect((await problemFrom(() => api.get(namespaceType, 'kube-system'))).id).toBe('forbidden');
});

// Secrets.

test('the token goes into its header, the manifest into the body, and neither into anything that is shown', async () => {
	const { api, stub } = await stubbed([
		{ code: 409, body: status(409, 'Conflict', 'conflict with "helm": .spec.options.token') },
	]);
	const problem = await problemFrom(() => api.apply(clusterPairType, pair));
	const { headers, body, line } = stub.received[0] ?? {};

	expect(headers?.authorization).toBe('Bearer canary-token');
	expect(headers?.['content-type']).toBe('application/apply-patch+yaml');
	expect(JSON.parse(body ?? '')).toMatchObject({
		spec: { options: { port: '9001', token: 'canary-cluster-token' } },
	});
	expect(line).toBe(
		'PATCH /apis/stork.libopenstorage.org/v1alpha1/namespaces/demo/clusterpairs/remote?fieldManager=pxpair',
	);
	expect(JSON.stringify(problem)).not.toContain('canary');
});

type Api = ReturnType<typeof clusterApi>;

/** With what evidence begins. */
const at = ({ port }: Stub, what: string): string => `https 127.0.0.1:${port}, ${what}`;

async function stubbed(
	answers: StubAnswer[],
	seconds?: { read: number; write: number },
): Promise<{ api: Api; stub: Stub; pauses: number[] }> {
	const stub = await startStub(answers);
	const pauses: number[] = [];
	const connection = connectionTo(entryFor(stub));
	return { stub, pauses, api: clusterApi(connection, clock(pauses), seconds) };
}

/** Pauses are noted, and over. */
function clock(pauses: number[] = []): Clock {
	return { now: () => 0, today: () => 0, sleep: async milliseconds => void pauses.push(milliseconds) };
}

function never(): AbortSignal {
	return new AbortController().signal;
}

function named(name: string) {
	return { metadata: { name } };
}

function namespace(name: string): Manifest {
	return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

function status(code: number, reason: string, message: string) {
	return { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code };
}
