import { expect, test } from 'vitest';
import types from '../../../source/practice/api/schema/types.json' with { type: 'json' };
import { startTestApi } from '../../helpers/clusters/practice-api.ts';
import { practiceTypes } from '../../helpers/pages/practice-types.ts';

// What Kubernetes 1.26 answered to the same requests.

const configMaps = '/api/v1/namespaces/demo/configmaps';
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'q' } };
const options = (why: string) => `CreateOptions.meta.k8s.io "" is invalid: ${why}`;

test.each([
	[
		'an unknown field, strictly',
		'?fieldValidation=Strict&dryRun=All',
		{ ...configMap, x: 1 },
		400,
		'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "x"',
	],
	[
		'a dry run of no known kind',
		'?dryRun=Nope',
		configMap,
		422,
		options('dryRun: Unsupported value: []string{"Nope"}: supported values: "All"'),
	],
	[
		'a field manager that is too long',
		`?dryRun=All&fieldManager=${'a'.repeat(200)}`,
		configMap,
		422,
		options('fieldManager: Too long: must have at most 128 bytes'),
	],
	[
		'a value of another type',
		'',
		{ ...configMap, data: { x: 1 } },
		400,
		'ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type string',
	],
])('%s is refused as a real server refuses it', async (_, query, body, code, message) => {
	const { ask } = await startTestApi();
	const answer = await ask(`POST ${configMaps}${query}`, { body });
	expect(answer.json).toMatchObject({ kind: 'Status', status: 'Failure', code, message });
	expect((await ask(`GET ${configMaps}/q`)).code).toBe(404);
});

test('a limit that is no number', async () => {
	const { ask } = await startTestApi();
	const { json } = await ask(`GET ${configMaps}?limit=abc`);
	expect(json).toMatchObject({ code: 400, message: 'strconv.ParseInt: parsing "abc": invalid syntax' });
});

test('without a word on validation an unknown field is left out, with a warning', async () => {
	const { ask } = await startTestApi();
	const { code, json, headers } = await ask(`POST ${configMaps}`, {
		body: { ...configMap, dataa: { x: 'y' } },
	});
	expect(code).toBe(201);
	expect(json).not.toHaveProperty('dataa');
	expect(headers).toMatchObject({ warning: String.raw`299 - "unknown field \"dataa\""` });
});

test.each(['image/png', 'application/cbor'])('an answer as %s is not available', async accept => {
	const { ask } = await startTestApi();
	const { code, json } = await ask('GET /api/v1/namespaces/demo', { headers: { accept } });
	expect(code).toBe(406);
	expect(json).toMatchObject({
		reason: 'NotAcceptable',
		message:
			'406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf',
	});
});

test('YAML, and JSON laid out for people', async () => {
	const { ask } = await startTestApi();
	const yaml = await ask('GET /api/v1/namespaces/demo', { headers: { accept: 'application/yaml' } });
	expect(yaml.type).toBe('application/yaml');
	expect(yaml.text).toMatch(/^apiVersion: v1\nkind: Namespace\nmetadata:\n/);
	const headers = { 'user-agent': 'script' };
	expect((await ask('GET /api/v1/namespaces/demo?pretty=true', { headers })).text).toMatch(
		/^\{\n {2}"kind": "Namespace",\n/,
	);
	expect((await ask('GET /api/v1/namespaces/demo', { headers })).text.split('\n')).toHaveLength(2);
});

test('the types are those of the client library', () => {
	expect(types).toEqual(JSON.parse(practiceTypes()));
});

test('more than an object may hold', async () => {
	const { ask } = await startTestApi();
	const { json } = await ask(`POST ${configMaps}`, {
		body: { ...configMap, data: { a: 'a'.repeat(1_200_000) } },
	});
	const message = 'ConfigMap "q" is invalid: []: Too long: must have at most 1048576 bytes';
	expect(json).toMatchObject({ code: 422, message });
});

// A real server answers in protobuf: docs/practice.md names it.
test('an answer in protobuf is not available either', async () => {
	const { ask } = await startTestApi();
	const accept = 'application/vnd.kubernetes.protobuf';
	expect((await ask('GET /api/v1/namespaces/demo', { headers: { accept } })).code).toBe(406);
});

test('OpenAPI of version 2, with which older kubectl begin, is there', async () => {
	const { ask } = await startTestApi();
	expect(await ask('GET /openapi/v2')).toMatchObject({ code: 200 });
});

test('a token tells when it was issued, and for whom', async () => {
	const { ask } = await startTestApi();
	const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'bot' } };
	await ask('POST /api/v1/namespaces/demo/serviceaccounts', { body: account });
	const tokenWith = async (spec: object) => {
		const { json } = await ask('POST /api/v1/namespaces/demo/serviceaccounts/bot/token', { body: { spec } });
		return (json as { status: { token: string } }).status.token;
	};
	const codeWith = async (spec: object) =>
		(await ask('GET /api/v1/namespaces/demo/configmaps', { token: await tokenWith(spec) })).code;
	expect(await codeWith({ audiences: ['other'] })).toBe(401);
	expect(await codeWith({})).toBe(403);
	const payload = Buffer.from((await tokenWith({})).split('.')[1] ?? '', 'base64url').toString();
	expect(Object.keys(JSON.parse(payload))).toEqual([
		'aud',
		'exp',
		'iat',
		'iss',
		'kubernetes.io',
		'nbf',
		'sub',
	]);
});
