import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keylessChosen, keylessNamed, keylessOptions } from '../../source/conversation/questions/keyless.ts';
import {
	type Facts,
	judge,
	mayGoWithoutStore,
	suggestedStore,
	suggestion,
} from '../../source/conversation/questions/questions.ts';
import { defaulted, lengthOf, questionsOf } from '../../source/conversation/questions/sequence.ts';
import {
	completeAnswers,
	type Draft,
	emptyDraft,
	parseEndpoint,
} from '../../source/pairing/answers/draft.ts';
import { askedFieldsOf } from '../../source/pairing/answers/store-fields.ts';
import type { Platform } from '../../source/pairing/clusters/platform.ts';
import { Secret } from '../../source/pairing/words/secret.ts';

const secretKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const keyId = 'AKIAIOSFODNN7EXAMPLE';

test.for([
	['s3.accessKeyId', '', 'wrong', 'Required'],
	['s3.accessKeyId', keyId, 'fine', ''],
	['s3.accessKeyId', 'minio', 'fine', ''],
	['s3.accessKeyId', secretKey, 'doubtful', 'looks like the secret access key'],
	['s3.accessKeyId', 'AK IA', 'doubtful', 'blank'],
	['s3.secretAccessKey', '', 'wrong', 'Required'],
	['s3.secretAccessKey', secretKey, 'fine', ''],
	['s3.secretAccessKey', 'minio123', 'fine', ''],
	['s3.secretAccessKey', keyId, 'doubtful', 'looks like an access key ID'],
	['s3.secretAccessKey', 'a\tb', 'wrong', 'space'],
	['azure.accountKey', '', 'wrong', 'Required'],
	['azure.accountKey', 'abc==', 'fine', ''],
	['s3.region', 'us-east-1', 'fine', ''],
	['s3.region', '', 'wrong', 'us-east-1'],
	['s3.region', 'us east 1', 'wrong', 'us-east-1'],
	['s3.endpoint', 's3.amazonaws.com', 'fine', ''],
	['s3.endpoint', 'minio.internal:9000', 'fine', ''],
	['s3.endpoint', '[2001:db8::1]:9000', 'fine', ''],
	['s3.endpoint', 'https://s3.amazonaws.com', 'wrong', 'Leave out'],
	['s3.endpoint', 'HTTP://minio:9000', 'wrong', 'Leave out'],
	['s3.endpoint', 's3.amazonaws.com/bucket', 'wrong', 'Host, or host:port'],
	['s3.endpoint', 'minio:70000', 'wrong', 'Host, or host:port'],
	['s3.endpoint', '', 'wrong', 'Host, or host:port'],
	['azure.accountName', 'mystorage1', 'fine', ''],
	['azure.accountName', 'My-Storage', 'wrong', 'lowercase letters'],
	['azure.accountName', 'ab', 'wrong', '3 to 24'],
	['google.projectId', 'my-project-123456', 'fine', ''],
	['google.projectId', 'example.com:my-project', 'fine', ''],
	['google.projectId', 'My Project', 'wrong', 'project ID'],
	['name', 'remotecluster', 'fine', ''],
	['name', 'a.b-c', 'fine', ''],
	['name', 'Remote', 'wrong', 'Lowercase letters'],
	['name', 'a-', 'wrong', 'starts and ends'],
	['name', 'a'.repeat(254), 'wrong', ''],
	['namespace', 'kube-system', 'fine', ''],
	['namespace', 'a.b', 'wrong', 'Lowercase letters'],
	['namespace', 'a'.repeat(64), 'wrong', 'at most 63'],
	['pairEndpoint', '', 'fine', ''],
	['pairEndpoint', '203.0.113.7', 'fine', ''],
	['pairEndpoint', 'px.example.com:17001', 'fine', ''],
	['pairEndpoint', '[2001:db8::1]:9001', 'fine', ''],
	['pairEndpoint', 'https://px.example.com', 'wrong', 'address:port'],
	['pairEndpoint', '203.0.113.7:0', 'wrong', 'address:port'],
	['pairEndpoint', '203.0.113.7:99999', 'wrong', 'address:port'],
] as const)('%s "%s" is %s', ([id, value, kind, text]) => {
	const judgement = judge(id, value);
	expect(judgement.kind).toBe(kind);
	if (judgement.kind !== 'fine') expect(judgement.text).toContain(text);
});

const cloud = (more: Partial<Platform> = {}): Platform => ({
	location: 'cloud',
	name: 'AWS',
	confidence: 'certain',
	evidence: 'providerID aws:///us-east-1a/i-1',
	provider: 's3',
	...more,
});
const vsphere: Platform = {
	location: 'on-premises',
	name: 'vSphere',
	confidence: 'certain',
	evidence: 'providerID vsphere://1',
};
const unclear: Platform = {
	location: 'unknown',
	name: 'unknown',
	confidence: 'guess',
	evidence: 'no providerID',
};
const portworxThere = {
	install: 'operator',
	namespace: 'portworx',
	pods: [{ namespace: 'portworx', name: 'px' }],
	podCount: 1,
	secured: false,
	startPort: 9001,
} as const;
const storkThere = { namespace: 'portworx', adminNamespace: 'kube-system', ready: 1, wanted: 1 };
const factsOf = (source?: Platform, destination?: Platform): Facts => ({
	source: source ? { platform: { kind: 'known', value: source } } : {},
	destination: destination ? { platform: { kind: 'known', value: destination } } : {},
});
const draft = (changes: Partial<Draft> = {}): Draft => ({ ...emptyDraft, ...changes });

test.for([
	['two clusters on AWS', factsOf(cloud(), cloud()), {}, 's3', false],
	[
		'Azure and Google: that of the destination',
		factsOf(cloud({ provider: 'azure' }), cloud({ provider: 'google' })),
		{},
		'google',
		false,
	],
	['on-premises to AWS', factsOf(vsphere, cloud()), {}, 's3', false],
	['two on-premises', factsOf(vsphere, vsphere), {}, 's3', true],
	['who knows where', factsOf(unclear, unclear), {}, 's3', false],
	['nothing found', factsOf(), {}, 's3', false],
	['one found', factsOf(vsphere), {}, 's3', false],
	['AWS, overruled', factsOf(cloud(), cloud()), { location: 'on-premises' }, 's3', true],
	['on-premises, overruled', factsOf(vsphere, vsphere), { location: 'cloud' }, 's3', false],
] as const)('store suggested for %s', ([, facts, changes, store, without]) => {
	expect(suggestedStore(facts)).toBe(store);
	expect(mayGoWithoutStore(draft(changes), facts)).toBe(without);
});

test.for([
	['s3.region', 's3', factsOf(cloud({ region: 'us-east-1' }), cloud({ region: 'eu-west-1' })), 'eu-west-1'],
	['s3.region', 's3', factsOf(cloud({ region: 'us-east-1' }), vsphere), 'us-east-1'],
	[
		's3.region',
		's3',
		factsOf(cloud({ provider: 'google', region: 'europe-west1' }), vsphere),
		// Not a region of another provider's.
		'us-east-1',
	],
	[
		'google.projectId',
		'google',
		factsOf(cloud({ provider: 'google', projectId: 'my-project' })),
		'my-project',
	],
	['google.projectId', 'google', factsOf(cloud(), cloud()), ''],
	['s3.endpoint', 's3', factsOf(cloud(), vsphere), 's3.amazonaws.com'],
	['s3.endpoint', 's3', factsOf(vsphere, vsphere), ''],
	['name', 's3', factsOf(), 'remotecluster'],
	['namespace', 's3', factsOf(), 'migrationnamespace'],
	['azure.accountName', 'azure', factsOf(), ''],
	['pairEndpoint', 's3', factsOf(), ''],
] as const)('%s suggested for %s', ([id, store, facts, text]) => {
	expect(suggestion(id, draft({ store }), facts)).toBe(text);
});

describe('one screen each', () => {
	const here = factsOf(cloud({ region: 'us-east-1' }), cloud({ region: 'eu-west-1' }));
	const nowhere = factsOf(vsphere, vsphere);
	test.for([
		['s3', here, ['s3.accessKeyId', 's3.secretAccessKey']],
		['s3', nowhere, ['s3.accessKeyId', 's3.secretAccessKey', 's3.endpoint']],
		['azure', here, ['azure.accountName', 'azure.accountKey']],
		['google', here, ['google.projectId', 'google.jsonKeyFile']],
		['google', factsOf(cloud({ provider: 'google', projectId: 'my-project' })), ['google.jsonKeyFile']],
		['nfs', nowhere, ['nfs.server', 'nfs.exportPath']],
		['none', nowhere, []],
	] as const)('%s: %o', ([store, facts, own]) => {
		const asked = questionsOf(draft({ store }), facts);
		expect(asked).toEqual(['source', 'destination', 'found', 'store', ...own, 'defaults', 'review']);
		const all = [...asked, ...defaulted(draft({ store }), facts)];
		expect(new Set(all).size).toBe(all.length);
		for (const { id } of store === 'none' ? [] : askedFieldsOf(store)) expect(all).toContain(id);
	});

	test('as many as there may be, while no store is chosen', () => {
		expect(lengthOf(draft(), nowhere)).toBe(9);
		expect(lengthOf(draft({ store: 'none' }), nowhere)).toBe(6);
	});

	test('one Portworx for both clusters needs no store', () => {
		const spans = draft({ storage: 'none' });
		expect(questionsOf(spans, here)).toEqual(['source', 'destination', 'found', 'defaults', 'review']);
		expect(defaulted(spans, here)).toEqual(['namespace', 'name', 'server', 'login', 'direction']);
	});
});

test.for([
	['s3', []],
	['azure', ['azure.accountName']],
	['google', []],
] as const)('%s without keys asks for none', ([store, asked]) => {
	const keyless = draft({ store, texts: { [`${store}.auth`]: 'workload-identity' } });
	const here = factsOf(cloud({ provider: store, region: 'us-east-1', projectId: 'my-project' }));
	expect(questionsOf(keyless, here).slice(4, -2)).toEqual(asked);
	expect(completeAnswers(keyless).objectStore).not.toHaveProperty(['accessKeyId']);
});

describe('ways without keys', () => {
	const seenOf = (portworx: string, stork: string, there = portworx): Facts => ({
		source: {
			portworx: portworxOf(portworx),
			stork: { kind: 'known', value: { ...storkThere, version: stork } },
		},
		destination: {
			portworx: portworxOf(there),
			stork: { kind: 'known', value: { ...storkThere, version: '2.0.0' } },
		},
	});
	const portworxOf = (version: string) => ({ kind: 'known', value: { ...portworxThere, version } }) as const;
	const told = (facts: Facts, changes: Partial<Draft> = {}) =>
		Object.fromEntries(
			keylessOptions({ draft: draft(changes), facts }).map(({ id, description }) => [
				id,
				/Too old for it: .*/.exec(description)?.[0],
			]),
		);

	test('each says which of the versions found do not know it', () => {
		expect(told(seenOf('3.6.2', '26.4.0'))).toEqual({
			's3.iam': undefined,
			's3.workload-identity': undefined,
			'azure.iam': undefined,
			'azure.workload-identity': undefined,
			'google.workload-identity': undefined,
		});
		expect(told(seenOf('3.6.1', '24.3.0'))).toEqual({
			's3.iam': undefined,
			's3.workload-identity': 'Too old for it: Stork 24.3.0 on the source.',
			'azure.iam': undefined,
			'azure.workload-identity': 'Too old for it: Stork 24.3.0 on the source.',
			'google.workload-identity': 'Too old for it: Portworx 3.6.1 on both, Stork 24.3.0 on the source.',
		});
		expect(told(seenOf('2.4.0', '26.4.1', '3.4.0'))).toMatchObject({
			's3.iam': 'Too old for it: Portworx 2.4.0 on the source.',
			's3.workload-identity': 'Too old for it: Portworx 2.4.0 on the source.',
		});
		expect(told(seenOf('3.4.0', '26.4.1'), { bothWays: true })).toMatchObject({
			's3.workload-identity': 'Too old for it: Stork 2.0.0 on the destination.',
		});
		expect(told(factsOf())).toMatchObject({ 's3.workload-identity': undefined });
	});

	test('the one that is chosen, else the first for where the clusters are', () => {
		const iam = draft({ store: 'azure', texts: { 'azure.auth': 'workload-identity' } });
		expect(keylessChosen(iam, 's3')).toBe('azure.workload-identity');
		expect(keylessChosen(draft({ store: 's3' }), 'google')).toBe('google.workload-identity');
		expect(keylessChosen(draft(), 's3')).toBe('s3.iam');
		expect(keylessNamed('azure.iam')).toEqual({ store: 'azure', auth: 'iam' });
		expect(keylessNamed('nfs.keys')).toBeUndefined();
	});
});

describe('a draft', () => {
	test('becomes answers', () => {
		const secret = new Secret('s3cret');
		expect(
			completeAnswers(
				draft({
					source: 'east',
					destination: 'west',
					store: 's3',
					texts: {
						's3.region': 'us-east-1',
						's3.endpoint': 'minio:9000',
						's3.storageClass': 'STANDARD_IA',
						mode: 'Default',
					},
					secrets: { 's3.accessKeyId': secret, 's3.secretAccessKey': secret },
				}),
			),
		).toEqual({
			source: { context: 'east' },
			destination: { context: 'west' },
			location: 'auto',
			objectStore: {
				provider: 's3',
				accessKeyId: secret,
				secretAccessKey: secret,
				region: 'us-east-1',
				endpoint: 'minio:9000',
				storageClass: 'STANDARD_IA',
			},
			pair: {
				name: 'remotecluster',
				namespace: 'migrationnamespace',
				storage: 'paired',
				mode: 'Default',
				login: 'context',
			},
			existing: { credential: 'stop', pair: 'stop' },
		});
	});

	test.for([
		['203.0.113.7', { ip: '203.0.113.7', port: 9001 }],
		[' px.example.com:17001 ', { ip: 'px.example.com', port: 17001 }],
		['[2001:db8::1]:9002', { ip: '2001:db8::1', port: 9002 }],
		['[2001:db8::1]', { ip: '2001:db8::1', port: 9001 }],
		['', undefined],
		[':9001', undefined],
		['a:b', undefined],
		['a:65536', undefined],
		['a b', undefined],
	] as const)('endpoint "%s"', ([text, endpoint]) => {
		expect(parseEndpoint(text)).toEqual(endpoint);
	});

	test('never throws, whatever was typed', () => {
		const anyText = fc.option(fc.string({ unit: 'binary' }), { nil: undefined });
		const fields = [
			's3.region',
			's3.endpoint',
			'name',
			'namespace',
			'mode',
			'pairEndpoint',
			's3.storageClass',
		] as const;
		fc.assert(
			fc.property(
				fc.record(Object.fromEntries(fields.map(field => [field, anyText]))),
				fc.constantFrom('s3', 'azure', 'google', 'none', undefined),
				fc.constantFrom('auto', 'cloud', 'on-premises'),
				(texts, store, location) => {
					const given = Object.fromEntries(
						Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== undefined),
					);
					const answers = completeAnswers(draft({ texts: given, store, location }));
					expect(answers.objectStore.provider).toBe(store ?? 'none');
					for (const field of fields) judge(field, given[field] ?? '');
				},
			),
		);
	});

	test('has an endpoint only with a port that there is', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom(...'[]:.09afxé \n'.split('')) }), text => {
				const endpoint = parseEndpoint(text);
				if (endpoint === undefined) return;
				expect(endpoint.ip).toMatch(/^\S+$/);
				expect(endpoint.port).toBeGreaterThanOrEqual(1);
				expect(endpoint.port).toBeLessThanOrEqual(65_535);
			}),
		);
	});
});
