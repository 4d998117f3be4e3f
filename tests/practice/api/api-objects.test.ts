import { expect, test } from 'vitest';
import { customResourceDefinition, resources } from '../../../source/practice/resources.ts';
import { clusterPair, pod, startTestApi } from '../../helpers/clusters/practice-api.ts';

const pairs = '/apis/stork.libopenstorage.org/v1alpha1/namespaces/demo/clusterpairs';
const mergePatch = { 'content-type': 'application/merge-patch+json' };

test('a created namespace is what a real server makes of it', async () => {
	const { ask } = await startTestApi();
	const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'migrationnamespace' } };
	const { code, json } = await ask('POST /api/v1/namespaces', { body });
	expect(code).toBe(201);
	expect(json).toMatchObject({
		kind: 'Namespace',
		apiVersion: 'v1',
		metadata: {
			name: 'migrationnamespace',
			uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
			resourceVersion: expect.stringMatching(/^\d+$/),
			creationTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
			labels: { 'kubernetes.io/metadata.name': 'migrationnamespace' },
		},
		spec: { finalizers: ['kubernetes'] },
		status: { phase: 'Active' },
	});
});

test.each([
	[
		'a name that is taken',
		'POST /api/v1/namespaces',
		{ metadata: { name: 'demo' } },
		{
			kind: 'Status',
			apiVersion: 'v1',
			metadata: {},
			status: 'Failure',
			message: 'namespaces "demo" already exists',
			reason: 'AlreadyExists',
			details: { name: 'demo', kind: 'namespaces' },
			code: 409,
		},
	],
	[
		'a name that is none',
		'POST /api/v1/namespaces',
		{ metadata: { name: 'Bad_Name' } },
		{
			message: `Namespace "Bad_Name" is invalid: metadata.name: Invalid value: "Bad_Name": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')`,
			reason: 'Invalid',
			details: {
				name: 'Bad_Name',
				kind: 'Namespace',
				causes: [{ reason: 'FieldValueInvalid', field: 'metadata.name' }],
			},
			code: 422,
		},
	],
	[
		'a custom object with a bad name',
		`POST ${pairs}`,
		{ ...clusterPair('a_b') },
		{
			message: expect.stringContaining(
				'ClusterPair.stork.libopenstorage.org "a_b" is invalid: metadata.name: Invalid value: "a_b": a lowercase RFC 1123 subdomain',
			),
			code: 422,
		},
	],
	[
		'a namespace that is not there',
		`POST ${pairs.replace('demo', 'nowhere')}`,
		{ metadata: { name: 'a' } },
		{
			message: 'namespaces "nowhere" not found',
			details: { name: 'nowhere', kind: 'namespaces' },
			code: 404,
		},
	],
	[
		'a namespace that the path does not name',
		`POST ${pairs}`,
		{ metadata: { name: 'a', namespace: 'other' } },
		{
			message: 'the namespace of the provided object does not match the namespace sent on the request',
			code: 400,
		},
	],
	['a body that is not JSON', 'POST /api/v1/namespaces', '{"metadata":', { reason: 'BadRequest', code: 400 }],
	[
		'protobuf that breaks off',
		'POST /api/v1/namespaces',
		'k8s\0\x0a\x05',
		{ reason: 'BadRequest', code: 400 },
	],
	['labels that are no map', `POST ${pairs}`, { metadata: { name: 'a', labels: 'x' } }, { code: 400 }],
	[
		'a missing object',
		'GET /api/v1/namespaces/kube-system/pods/nope',
		undefined,
		{ message: 'pods "nope" not found', code: 404 },
	],
	[
		'a missing custom object',
		`GET ${pairs}/nope`,
		undefined,
		{
			message: 'clusterpairs.stork.libopenstorage.org "nope" not found',
			details: { name: 'nope', group: 'stork.libopenstorage.org', kind: 'clusterpairs' },
			code: 404,
		},
	],
	[
		'a patch as plain JSON',
		'PATCH /api/v1/namespaces/demo',
		{},
		{ message: '415: Unsupported Media Type', reason: 'UnsupportedMediaType', details: {}, code: 415 },
	],
	['a method that is none', 'PUT /api/v1/namespaces', {}, { reason: 'MethodNotAllowed', code: 405 }],
])('refuses %s', async (_, what, body, status) => {
	const { ask } = await startTestApi();
	const { code, json } = await ask(what, { body });
	expect(json).toMatchObject({ kind: 'Status', status: 'Failure', ...status });
	expect(code).toBe(status.code);
});

test('a type without its definition is a page not found, and appears with the definition', async () => {
	const { ask, store } = await startTestApi();
	const nodes = 'GET /apis/core.libopenstorage.org/v1/storagenodes';
	const before = await ask(nodes);
	expect([before.code, before.type, before.text]).toEqual([
		404,
		'text/plain; charset=utf-8',
		'404 page not found\n',
	]);
	store.create(resources.customresourcedefinitions, customResourceDefinition(resources.storagenodes));
	expect((await ask(nodes)).json).toMatchObject({ kind: 'StorageNodeList', items: [] });
});

test('a definition that says nothing breaks nothing', async () => {
	const { ask } = await startTestApi();
	const body = { metadata: { name: 'a.b' }, spec: { versions: [{ name: 'v1', served: true }] } };
	await ask('POST /apis/apiextensions.k8s.io/v1/customresourcedefinitions', { body });
	expect((await ask('GET /api/v1/nodes')).code).toBe(200);
});

test('a body of more than three megabytes is too large', async () => {
	const { ask } = await startTestApi();
	const body = { metadata: { name: 'a' }, data: { a: 'x'.repeat(3.1 * 1024 * 1024) } };
	const { json } = await ask('POST /api/v1/namespaces/demo/configmaps', { body });
	expect(json).toMatchObject({ reason: 'RequestEntityTooLarge', code: 413 });
});

test.each([
	['a body', `POST ${pairs}`, 'application/json', '{"a":', '}'],
	['lists', `POST ${pairs}`, 'application/json', '[', ']'],
	['YAML', `POST ${pairs}`, 'application/yaml', '{a: ', '}'],
	['a patch', `PATCH ${pairs}/remote`, 'application/merge-patch+json', '{"spec":', '}'],
])('%s of too many levels is a bad request', async (_, line, type, open, close) => {
	const { ask, store } = await startTestApi();
	const { metadata } = store.create(resources.clusterpairs, clusterPair('remote'));
	const body = `${open.repeat(1001)}1${close.repeat(1001)}`;
	const { json } = await ask(line, { body, headers: { 'content-type': type } });
	expect(json).toMatchObject({
		code: 400,
		message: 'error decoding the request body: exceeded max depth',
	});
	expect(store.get(resources.clusterpairs, 'demo', 'remote')?.metadata).toEqual(metadata);
});

test('a patch that goes deeper than an object may be is refused, and one that does not is kept', async () => {
	const { ask, store } = await startTestApi();
	store.create(resources.clusterpairs, clusterPair('remote'));
	const headers = { 'content-type': 'application/json-patch+json' };
	const value = JSON.parse(`${'{"a":'.repeat(900)}1${'}'.repeat(900)}`);
	const put = (path: string) => ask(`PATCH ${pairs}/remote`, { body: [{ op: 'add', path, value }], headers });
	expect((await put('/spec/x')).code).toBe(200);
	expect((await put(`/spec/x${'/a'.repeat(200)}`)).code).toBe(400);
});

test('an update from an old state is a conflict', async () => {
	const { ask } = await startTestApi();
	const { json } = await ask(`POST ${pairs}`, { body: clusterPair('demo') });
	await ask(`PATCH ${pairs}/demo`, { body: { spec: { options: { mode: 'x' } } }, headers: mergePatch });
	const { code, json: status } = await ask(`PUT ${pairs}/demo`, { body: json });
	expect(code).toBe(409);
	expect(status).toMatchObject({
		message:
			'Operation cannot be fulfilled on clusterpairs.stork.libopenstorage.org "demo": the object has been modified; please apply your changes to the latest version and try again',
		reason: 'Conflict',
	});
});

test('an update that changes nothing keeps the resource version, a real one counts the generation', async () => {
	const { ask } = await startTestApi();
	const created = (await ask(`POST ${pairs}`, { body: clusterPair('demo') })).json as ReturnType<
		typeof clusterPair
	>;
	const same = (await ask(`PUT ${pairs}/demo`, { body: created })).json as typeof created;
	expect(same).toEqual(created);
	const changed = { ...created, spec: { ...(created.spec as object), more: 1 } };
	const next = (await ask(`PUT ${pairs}/demo`, { body: changed })).json as typeof created;
	expect(next.metadata).toMatchObject({ generation: 2, uid: created.metadata.uid });
	expect(next.metadata.resourceVersion).not.toBe(created.metadata.resourceVersion);
});

test('JSON patches and strategic merge patches', async () => {
	const { ask } = await startTestApi();
	const labels = { app: 'a' };
	const deployments = '/apis/apps/v1/namespaces/kube-system/deployments';
	const containers = [
		{ name: 'a', image: 'px' },
		{ name: 'b', image: 'px' },
	];
	const spec = {
		selector: { matchLabels: labels },
		template: { metadata: { labels }, spec: { containers } },
	};
	await ask(`POST ${deployments}`, { body: { metadata: { name: 'a' }, spec } });
	const strategic = await ask(`PATCH ${deployments}/a`, {
		headers: { 'content-type': 'application/strategic-merge-patch+json' },
		body: { spec: { template: { spec: { containers: [{ name: 'a', env: [{ name: 'A', value: '1' }] }] } } } },
	});
	expect(strategic.json).toMatchObject({
		spec: {
			template: {
				spec: { containers: [{ name: 'a', image: 'px', env: [{ name: 'A', value: '1' }] }, { name: 'b' }] },
			},
		},
	});
	const path = 'PATCH /api/v1/namespaces/kube-system/pods/portworx-abcde';
	const headers = { 'content-type': 'application/json-patch+json' };
	const test = { op: 'test', path: '/metadata/labels/name', value: 'portworx' };
	const replaced = await ask(path, {
		headers,
		body: [test, { op: 'add', path: '/metadata/labels/a~1b', value: 'c' }],
	});
	expect(replaced.json).toMatchObject({ metadata: { labels: { name: 'portworx', 'a/b': 'c' } } });
	const failed = await ask(path, { headers, body: [{ ...test, value: 'other' }] });
	expect(failed.json).toMatchObject({ reason: 'Invalid', code: 422 });
	const custom = await ask(`PATCH ${pairs}/demo`, {
		headers: { 'content-type': 'application/strategic-merge-patch+json' },
		body: {},
	});
	expect(custom.code).toBe(415);
});

test('a finalizer holds what is deleted until it goes', async () => {
	const { ask } = await startTestApi();
	const body = { ...clusterPair('demo'), metadata: { name: 'demo', finalizers: ['stork/cleanup'] } };
	await ask(`POST ${pairs}`, { body });
	const deleted = await ask(`DELETE ${pairs}/demo`, { body: {} });
	expect(deleted.code).toBe(200);
	expect(deleted.json).toMatchObject({
		kind: 'ClusterPair',
		metadata: {
			deletionGracePeriodSeconds: 0,
			deletionTimestamp: expect.any(String),
			finalizers: ['stork/cleanup'],
			generation: 2,
		},
	});
	await ask(`PATCH ${pairs}/demo`, { body: { metadata: { finalizers: null } }, headers: mergePatch });
	expect((await ask(`GET ${pairs}/demo`)).code).toBe(404);
});

test('a deletion with the wrong uid is refused, with the right one done', async () => {
	const { ask, store } = await startTestApi();
	const path = 'DELETE /api/v1/namespaces/kube-system/pods/portworx-abcde';
	const wrong = await ask(path, { body: { preconditions: { uid: 'other' } } });
	expect(wrong.json).toMatchObject({
		reason: 'Conflict',
		message: expect.stringContaining('UID in precondition: other'),
	});
	const uid = store.get(resources.pods, 'kube-system', 'portworx-abcde')?.metadata.uid;
	const right = await ask(path, { body: { preconditions: { uid } } });
	expect(right.json).toMatchObject({
		status: 'Success',
		details: { name: 'portworx-abcde', kind: 'pods', uid },
	});
});

test('lists in pages, with selectors, and what remains', async () => {
	const { ask, store } = await startTestApi();
	for (const name of ['a', 'b', 'c']) store.create(resources.pods, pod(name, { name: 'other', tier: name }));
	type List = {
		metadata: { continue?: string; remainingItemCount?: number };
		items: { metadata: { name: string } }[];
	};
	const page = async (query: string) => (await ask(`GET /api/v1/pods?${query}`)).json as List;
	const names = ({ items }: List) => items.map(({ metadata }) => metadata.name);

	const first = await page('limit=3');
	expect([names(first), first.metadata.remainingItemCount]).toEqual([['a', 'b', 'c'], 1]);
	const rest = await page(`limit=3&continue=${first.metadata.continue}`);
	expect([names(rest), rest.metadata.continue]).toEqual([['portworx-abcde'], undefined]);

	const selected = async (labels: string) => names(await page(`labelSelector=${encodeURIComponent(labels)}`));
	expect(await selected('name=portworx')).toEqual(['portworx-abcde']);
	expect(await selected('name!=portworx,tier in (a, c)')).toEqual(['a', 'c']);
	expect(await selected('tier,tier notin (a)')).toEqual(['b', 'c']);
	expect(await selected('!tier')).toEqual(['portworx-abcde']);
	const byField = await page(`fieldSelector=${encodeURIComponent('metadata.name!=a,status.phase=Running')}`);
	expect(names(byField)).toEqual(['b', 'c', 'portworx-abcde']);
	expect(first.items[0]).not.toHaveProperty('kind');
});

test('a dry run answers and does nothing', async () => {
	const { ask } = await startTestApi();
	const created = await ask(`POST ${pairs}?dryRun=All`, { body: clusterPair('demo') });
	expect(created.code).toBe(201);
	const inBody = await ask('DELETE /api/v1/namespaces/kube-system/pods/portworx-abcde', {
		body: { kind: 'DeleteOptions', apiVersion: 'v1', dryRun: ['All'] },
	});
	expect(inBody.code).toBe(200);
	const deleted = await ask('DELETE /api/v1/namespaces/kube-system/pods/portworx-abcde?dryRun=All');
	expect(deleted.code).toBe(200);
	expect((await ask(`GET ${pairs}/demo`)).code).toBe(404);
	expect((await ask('GET /api/v1/namespaces/kube-system/pods/portworx-abcde')).code).toBe(200);
});

test('generateName, and strings in Secrets', async () => {
	const { ask } = await startTestApi();
	const body = { metadata: { generateName: 'key-' }, stringData: { a: 'b' } };
	const { json } = await ask('POST /api/v1/namespaces/demo/secrets', { body });
	expect(json).toMatchObject({
		metadata: { name: expect.stringMatching(/^key-[a-z0-9]{5}$/) },
		type: 'Opaque',
		data: { a: 'Yg==' },
	});
	expect(json).not.toHaveProperty('stringData');
});

test('tables and metadata alone, as the client asks', async () => {
	const { ask } = await startTestApi();
	const as = (form: string) => ({
		headers: { accept: `application/json;as=${form};v=v1;g=meta.k8s.io,application/json` },
	});
	const table = await ask('GET /api/v1/namespaces/kube-system/pods?limit=500', as('Table'));
	expect(table.json).toMatchObject({
		kind: 'Table',
		apiVersion: 'meta.k8s.io/v1',
		columnDefinitions: [
			{ name: 'Name', type: 'string', format: 'name', priority: 0 },
			{ name: 'Ready' },
			{ name: 'Status' },
			{ name: 'Restarts' },
			{ name: 'Age' },
			{ name: 'IP', priority: 1 },
			{ name: 'Node', priority: 1 },
			{ name: 'Nominated Node', priority: 1 },
			{ name: 'Readiness Gates', priority: 1 },
		],
		rows: [
			{
				cells: [
					'portworx-abcde',
					'2/2',
					'Running',
					'0',
					expect.stringMatching(/^\ds$/),
					'10.0.0.1',
					'east-node',
					'<none>',
					'<none>',
				],
				object: { kind: 'PartialObjectMetadata', metadata: { name: 'portworx-abcde' } },
			},
		],
	});
	const partial = await ask('GET /api/v1/pods', as('PartialObjectMetadataList'));
	expect(partial.json).toMatchObject({
		kind: 'PartialObjectMetadataList',
		items: [{ metadata: { name: 'portworx-abcde' } }],
	});
	expect(partial.text).not.toContain('containers');
});
