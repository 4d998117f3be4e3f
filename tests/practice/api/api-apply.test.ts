import { expect, test } from 'vitest';
import { applied } from '../../../source/practice/api/writes/apply.ts';
import type { KubeObject } from '../../../source/practice/contract.ts';
import { resources } from '../../../source/practice/resources.ts';
import { clusterPair, startTestApi } from '../../helpers/clusters/practice-api.ts';

const path = '/apis/stork.libopenstorage.org/v1alpha1/namespaces/demo/clusterpairs/demo';

async function startApplying() {
	const { ask } = await startTestApi();
	const headers = { 'content-type': 'application/apply-patch+yaml' };
	const apply = async (manager: string, body: unknown, force = '') => {
		const { code, json } = await ask(`PATCH ${path}?fieldManager=${manager}${force}`, { body, headers });
		return { code, object: json as KubeObject };
	};
	const get = async () => (await ask(`GET ${path}`)).json as KubeObject;
	const merge = (body: unknown) =>
		ask(`PATCH ${path}`, { body, headers: { 'content-type': 'application/merge-patch+json' } });
	return { ask, apply, get, merge };
}

const everything = {
	'f:spec': {
		'.': {},
		'f:config': { '.': {}, 'f:current-context': {} },
		'f:options': { '.': {}, 'f:ip': {}, 'f:port': {} },
		'f:platformOptions': {},
	},
};

test('creates, and remembers who owns what', async () => {
	const { apply } = await startApplying();
	const { code, object } = await apply('one', clusterPair('demo'));
	expect(code).toBe(201);
	expect(object.metadata.generation).toBe(1);
	expect(object.metadata.managedFields).toEqual([
		{
			manager: 'one',
			operation: 'Apply',
			apiVersion: 'stork.libopenstorage.org/v1alpha1',
			time: expect.any(String),
			fieldsType: 'FieldsV1',
			fieldsV1: everything,
		},
	]);
});

test('the same again changes nothing', async () => {
	const { apply } = await startApplying();
	const first = await apply('one', clusterPair('demo'));
	const again = await apply('one', clusterPair('demo'));
	expect(again).toEqual({ code: 200, object: first.object });
});

test('the same again at another time changes nothing either', () => {
	const { clusterpairs } = resources;
	const applier = { manager: 'one', force: false, time: '2026-01-01T00:00:00Z' };
	const first = applied(clusterpairs, undefined, clusterPair('demo'), applier);
	const later = { ...applier, time: '2026-01-02T00:00:00Z' };
	expect(applied(clusterpairs, first, clusterPair('demo'), later)).toEqual(first);
});

test('what another manager owns is a conflict, unless forced', async () => {
	const { apply, get } = await startApplying();
	await apply('one', clusterPair('demo'));
	const refused = await apply('two', clusterPair('demo', '9002'));
	expect(refused).toEqual({
		code: 409,
		object: {
			kind: 'Status',
			apiVersion: 'v1',
			metadata: {},
			status: 'Failure',
			message: 'Apply failed with 1 conflict: conflict with "one": .spec.options.port',
			reason: 'Conflict',
			details: {
				causes: [
					{
						reason: 'FieldManagerConflict',
						message: 'conflict with "one"',
						field: '.spec.options.port',
					},
				],
			},
			code: 409,
		},
	});
	const forced = await apply('two', clusterPair('demo', '9002'), '&force=true');
	expect(forced.object).toMatchObject({ spec: { options: { port: '9002' } }, metadata: { generation: 2 } });
	const [one, two] = (await get()).metadata.managedFields as { manager: string; fieldsV1: object }[];
	expect(one?.fieldsV1).not.toHaveProperty(['f:spec', 'f:options', 'f:port']);
	expect(two).toMatchObject({ manager: 'two', fieldsV1: everything });
});

test('an update owns the fields that it changed', async () => {
	const { apply, get, merge } = await startApplying();
	await apply('one', clusterPair('demo'));
	await merge({ spec: { options: { mode: 'DisasterRecovery', port: '9003' } } });
	expect((await get()).metadata.managedFields).toMatchObject([
		{ manager: 'one', fieldsV1: { 'f:spec': { 'f:options': { '.': {}, 'f:ip': {} } } } },
		{
			manager: 'curl',
			operation: 'Update',
			fieldsV1: { 'f:spec': { 'f:options': { 'f:mode': {}, 'f:port': {} } } },
		},
	]);
	expect(JSON.stringify((await get()).metadata.managedFields?.[0])).not.toContain('f:port');
	const wanted = clusterPair('demo');
	const { object } = await apply('one', {
		...wanted,
		spec: { ...(wanted.spec as object), options: { ip: '127.0.0.1', port: '9001', mode: 'Default' } },
	});
	expect(object).toMatchObject({
		message: expect.stringMatching(
			/^Apply failed with 2 conflicts: conflicts with "curl" using stork\.libopenstorage\.org\/v1alpha1:\n- \.spec\.options\.mode\n- \.spec\.options\.port$/,
		),
	});
});

test('what a manager no longer wants goes, what others own or added stays', async () => {
	const { apply, merge } = await startApplying();
	const wanted = clusterPair('demo');
	const labelled = { ...wanted, metadata: { ...wanted.metadata, labels: { a: '1', b: '2' } } };
	await apply('one', labelled);
	await apply('two', { ...clusterPair('demo'), spec: {}, metadata: { name: 'demo', labels: { b: '2' } } });
	await merge({ status: { storageStatus: 'Ready' } });
	const { object } = await apply('one', { ...wanted, spec: { options: { ip: '127.0.0.1' } } });
	expect(object.metadata.labels).toEqual({ b: '2' });
	expect(object.spec).toEqual({ options: { ip: '127.0.0.1' } });
	expect(object.status).toEqual({ storageStatus: 'Ready' });
});

test('lists of a type with a schema are merged by their keys', async () => {
	const { ask } = await startTestApi();
	const labels = { app: 'a' };
	const apply = (manager: string, containers: object[]) =>
		ask(`PATCH /apis/apps/v1/namespaces/demo/deployments/a?fieldManager=${manager}`, {
			headers: { 'content-type': 'application/apply-patch+yaml' },
			body: {
				apiVersion: 'apps/v1',
				kind: 'Deployment',
				metadata: { name: 'a' },
				spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
			},
		});
	await apply('one', [{ name: 'x', image: '1', env: [{ name: 'A', value: '1' }] }]);
	await apply('two', [{ name: 'y', image: '2' }]);
	const { json } = await apply('one', [{ name: 'x', image: '1' }]);
	expect(json).toMatchObject({
		spec: {
			template: {
				spec: {
					containers: [
						{ name: 'x', image: '1' },
						{ name: 'y', image: '2' },
					],
				},
			},
		},
	});
	expect(json).not.toHaveProperty('spec.template.spec.containers[0].env[0]');
	const conflict = await apply('two', [{ name: 'x', image: '3' }]);
	expect(conflict.json).toMatchObject({
		message:
			'Apply failed with 1 conflict: conflict with "one": .spec.template.spec.containers[name="x"].image',
	});
	const gone = await apply('two', []);
	expect(gone.json).toMatchObject({
		spec: { template: { spec: { containers: [{ name: 'x', image: '1' }] } } },
	});
});

test.each([
	['no field manager', '', clusterPair('demo'), 'fieldManager: Required value: is required for apply patch'],
	[
		'another name',
		'?fieldManager=one',
		clusterPair('other'),
		'the name of the object (other) does not match the name on the URL (demo)',
	],
	['no kind', '?fieldManager=one', { metadata: { name: 'demo' } }, 'no kind'],
])('%s is refused', async (_, query, body, message) => {
	const { ask } = await startApplying();
	const headers = { 'content-type': 'application/apply-patch+yaml' };
	const { json } = await ask(`PATCH ${path}${query}`, { body, headers });
	expect(json).toMatchObject({ message: expect.stringContaining(message), reason: 'BadRequest', code: 400 });
});
