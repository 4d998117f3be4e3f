import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { verdictOn } from '../../../source/gateways/stores/store-answer.ts';
import type { Credential, CredentialOf } from '../../../source/pairing/answers/credential.ts';
import { Secret } from '../../../source/pairing/words/secret.ts';
import { closedPort, listenOnLoopback } from '../../../source/practice/way-in/loopback.ts';
import { canariesIn, storeCanaries } from '../../helpers/canaries.ts';
import { startStub } from '../../helpers/clusters/api-stub.ts';
import { leftInPods } from '../../helpers/clusters/pod-files.ts';
import { podSide } from '../../helpers/clusters/pod-side.ts';
import { watchDescendants } from '../../helpers/program/processes.ts';

const { accessKeyId, secretAccessKey } = storeCanaries();
const accountKey = randomBytes(64).toString('base64');
const privateKey = String(
	generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
);
const keyId = randomBytes(20).toString('hex');
const keyLines = Object.fromEntries(
	privateKey
		.split('\n')
		.slice(1, -2)
		.map((line, index) => [`line ${index}`, line]),
);

const s3 = (changes: Partial<CredentialOf<'s3'>> = {}): Credential => ({
	provider: 's3',
	accessKeyId: new Secret(accessKeyId),
	secretAccessKey: new Secret(secretAccessKey),
	region: 'us-east-1',
	endpoint: 's3.amazonaws.com',
	...changes,
});
const azure = (changes: Partial<CredentialOf<'azure'>> = {}): Credential => ({
	provider: 'azure',
	accountName: 'myaccount',
	accountKey: new Secret(accountKey),
	...changes,
});
const google = (changes: object = {}, credential: Partial<CredentialOf<'google'>> = {}): Credential => ({
	provider: 'google',
	projectId: 'my-project',
	jsonKey: new Secret(
		JSON.stringify({
			type: 'service_account',
			project_id: 'my-project',
			private_key_id: keyId,
			private_key: privateKey,
			client_email: 'pairing@my-project.iam.gserviceaccount.com',
			...changes,
		}),
	),
	...credential,
});

test('what the stores accept', async () => {
	const { view } = await podSide();
	const evidenceOf = async (credential: Credential) => {
		const trial = await view.tryStore(credential);
		return trial.kind === 'accepted' ? trial.evidence : trial;
	};
	const pod = 'asked from pod px-practice-east';
	expect(await evidenceOf(s3())).toMatch(
		new RegExp(`^s3\\.amazonaws\\.com:443 accepted the key \\(ListBuckets 200\\), ${pod}-`),
	);
	expect(
		await evidenceOf(s3({ endpoint: 's3.eu-west-1.amazonaws.com', region: 'eu-west-1', bucket: 'b' })),
	).toMatch(/^s3\.eu-west-1\.amazonaws\.com:443 accepted the key \(ListObjects of b 200\)/);
	expect(await evidenceOf(s3({ endpoint: 'minio.example:9000', disableSsl: true }))).toMatch(
		/^minio\.example:9000 accepted the key/,
	);
	expect(
		await evidenceOf(s3({ endpoint: 's3.virtual.example', bucket: 'b', disablePathStyle: true })),
	).toMatch(/^b\.s3\.virtual\.example:443 accepted/);
	expect(await evidenceOf(azure())).toMatch(
		/^myaccount\.blob\.core\.windows\.net:443 accepted the key \(List Containers 200\)/,
	);
	expect(await evidenceOf(azure({ bucket: 'c' }))).toMatch(/Get Container Properties of c 200/);
	expect(await evidenceOf(google())).toMatch(
		/^oauth2\.googleapis\.com:443 accepted the key \(an access token 200\)/,
	);
});

test('the check and pxctl create refuse the same secrets', async () => {
	const { view, pxctl, east } = await podSide();
	const credentials = (word: string): Credential[] => [
		s3({ secretAccessKey: new Secret(word) }),
		azure({ accountKey: new Secret(word) }),
		google({ private_key_id: word }),
	];
	const refusedWith = async (word: string) => {
		const told = await Promise.all(
			credentials(word).map(async (credential, index) => {
				const trial = await view.tryStore(credential);
				const created = await pxctl.createCredential(`${word}-${index}`, credential).then(
					() => 'taken',
					() => 'refused',
				);
				return [trial.kind === 'refused' ? 'refused' : 'taken', created];
			}),
		);
		return told.flat();
	};
	const all = (word: string) => Array.from({ length: 6 }, () => word);
	expect(await refusedWith('WRONG')).toEqual(all('refused'));
	expect(await refusedWith('xWRONGx')).toEqual(all('taken'));
	east.set({ refusedSecret: 'revoked' });
	expect(await refusedWith('revoked')).toEqual(all('refused'));
	expect(await refusedWith('WRONG')).toEqual(all('taken'));
});

test('what they refuse, by kind', async () => {
	const { view, east } = await podSide();
	const cases: [Credential, id: string, evidence: string][] = [
		[
			s3({ accessKeyId: new Secret('AKIAWRONG') }),
			'store-unknown-key',
			's3.amazonaws.com:443: ListBuckets 403, InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records;',
		],
		[s3({ secretAccessKey: new Secret('WRONG') }), 'store-wrong-secret', 'SignatureDoesNotMatch: '],
		[
			s3({ endpoint: 's3.eu-west-1.amazonaws.com' }),
			'store-region',
			"AuthorizationHeaderMalformed: The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'",
		],
		[s3({ bucket: 'missing' }), 'store-no-bucket', 'ListObjects of missing 404, NoSuchBucket: '],
		[
			s3({ endpoint: 's3.virtual.example', bucket: 'b' }),
			'store-path-style',
			'SecondLevelDomainForbidden: Please use virtual hosted style to access;',
		],
		// Without a bucket, only one that does not exist can be asked for.
		[s3({ endpoint: 's3.virtual.example' }), 'store-path-style', 'SecondLevelDomainForbidden: '],
		[
			s3({ endpoint: 's3.nowhere.example' }),
			'store-unreachable',
			's3.nowhere.example:443: Could not resolve host: s3.nowhere.example;',
		],
		[azure({ accountName: 'WRONG' }), 'store-unreachable', 'Could not resolve host: wrong.blob.'],
		[azure({ accountKey: new Secret('WRONG') }), 'store-wrong-secret', 'AuthenticationFailed: '],
		[azure({ bucket: 'missing' }), 'store-no-bucket', 'ContainerNotFound: '],
		[
			google({ client_email: 'WRONG@my-project.iam.gserviceaccount.com' }),
			'store-unknown-key',
			'invalid_grant: Invalid grant: account not found',
		],
		[google({ private_key_id: 'WRONG' }), 'store-unknown-key', 'invalid_grant: Invalid JWT Signature;'],
		[google({ private_key: 'no key' }), 'store-json-key', 'the private_key in it cannot be read'],
	];
	for (const [credential, id, evidence] of cases) {
		expect(await view.tryStore(credential)).toMatchObject({
			kind: 'refused',
			problem: {
				id,
				side: 'source',
				kind: 'cluster',
				title: expect.stringMatching(/, on the source cluster$/),
				evidence: expect.stringContaining(evidence),
			},
		});
	}
	east.set({ storeRefuses: accessKeyId });
	expect(await view.tryStore(s3())).toMatchObject({ problem: { id: 'store-unknown-key' } });
	east.set({ storeRefuses: 'my-project' });
	expect(await view.tryStore(google())).toMatchObject({ problem: { id: 'store-unknown-key' } });
});

const named: readonly (readonly [string, (bucket: string) => Credential])[] = [
	['s3', bucket => s3({ bucket })],
	['s3, encrypted by the store', bucket => s3({ bucket, sse: 'aws:kms' })],
	['s3, virtual-hosted', bucket => s3({ bucket, disablePathStyle: true })],
	['azure', bucket => azure({ bucket })],
	['azure, in China', bucket => azure({ bucket, environment: 'china' })],
	['google', bucket => google({}, { bucket })],
];

describe.each(named)('an object in a named bucket: %s', (_, credential) => {
	test('is written, read and deleted', async () => {
		const { view, east } = await podSide();
		expect(await view.tryStore(credential('b'))).toMatchObject({
			kind: 'accepted',
			evidence: expect.stringContaining('; an object was written, read and deleted in b'),
		});
		const all = {
			accessKeyId,
			secretAccessKey,
			accountKey,
			keyId,
			...keyLines,
			token: 'practice-access-token',
		};
		expect(canariesIn(JSON.stringify(east.requests), all)).toEqual([]);
		expect(leftInPods(east, all)).toEqual([]);
	});

	test.each([
		['readonly', 'refused', /(?:Put|insert).*pxpair-test-[\da-f-]{36}.* 403/],
		['writeonly', 'refused', /(?:Get|get).*pxpair-test-[\da-f-]{36}.* 403/],
		['keeps', 'doubtful', /^pxpair-test-[\da-f-]{36} in keeps; .*(?:Delete|delete).* 403/],
	] as const)('%s: %s', async (bucket, kind, evidence) => {
		const { view } = await podSide();
		const trial = await view.tryStore(credential(bucket));
		expect(trial).toMatchObject({
			kind,
			problem: {
				id: kind === 'refused' ? 'store-denied' : 'store-object-left',
				evidence: expect.stringMatching(evidence),
			},
		});
		expect(JSON.stringify(trial)).not.toMatch(/practice-access-token|AWS4-HMAC|SharedKey/);
	});

	test('what was written and can be neither read nor deleted is told in one', async () => {
		const { view } = await podSide();
		expect(await view.tryStore(credential('writeonly-keeps'))).toMatchObject({
			kind: 'refused',
			problem: { id: 'store-denied', others: [{ id: 'store-object-left' }] },
		});
	});
});

test('an Azure account that does not exist is pointed at', async () => {
	const { view } = await podSide();
	const trial = await view.tryStore(azure({ accountName: 'WRONG' }));
	expect(trial.kind === 'refused' && trial.problem.remedies[0]).toMatchObject({
		way: { kind: 'answer', fields: ['objectStore.accountName'] },
	});
});

test.each([s3(), azure(), google()])('a clock that is off, by the store: %#', async credential => {
	const { view } = await podSide({ east: { clockAhead: -1200 } });
	expect(await view.tryStore(credential)).toMatchObject({ kind: 'refused', problem: { id: 'store-clock' } });
});

test('without curl it is not tried', async () => {
	const { view } = await podSide({ east: { curl: 'missing' } });
	expect(await view.tryStore(s3())).toEqual({ kind: 'untried', because: 'the pod has no curl' });
});

test('a key that goes elsewhere than to Google is not tried', async () => {
	const { view } = await podSide();
	expect(await view.tryStore(google({ token_uri: 'https://evil.example/' }))).toEqual({
		kind: 'untried',
		because: "the key file's token_uri is not one of Google's",
	});
});

test.each([
	[
		'no bucket is named, a denial',
		{},
		403,
		'AccessDenied',
		{ kind: 'doubtful', problem: { id: 'store-denies-list' } },
	],
	['a region of its own', {}, 400, 'InvalidRegionName', { problem: { id: 'store-region' } }],
	['a region that is not that of a MinIO', {}, 400, 'InvalidRegion', { problem: { id: 'store-region' } }],
	['an account with a debt', {}, 403, 'AccountProblem', { problem: { id: 'store-account-disabled' } }],
	['a user who is disabled', {}, 403, 'UserDisable', { problem: { id: 'store-account-disabled' } }],
	['a suspended account', {}, 403, 'UserSuspended', { problem: { id: 'store-account-disabled' } }],
	['an expired key', {}, 400, 'ExpiredToken', { problem: { id: 'store-key-expired' } }],
	["Google's S3 interface", {}, 403, 'InvalidSecurity', { problem: { id: 'store-unknown-key' } }],
	[
		'a refusal in words no one knows',
		{},
		400,
		'SomethingNew',
		{ kind: 'doubtful', problem: { id: 'store-refuses' } },
	],
	['one is named, a denial', { bucket: 'b' }, 403, 'AccessDenied', { problem: { id: 'store-denied' } }],
	['a redirect', {}, 301, 'PermanentRedirect', { problem: { id: 'store-region' } }],
	['words no one knows', {}, 503, 'SlowDown', { kind: 'untried' }],
] as const)('%s: %#', async (_what, changes, status, code, expected) => {
	const { view } = await podSide();
	const store = await plainStore(status, `<Error><Code>${code}</Code><Message>m</Message></Error>`);
	const trial = await view.tryStore(s3({ ...changes, endpoint: store.host, disableSsl: true }));
	expect(trial).toMatchObject(expected);
	await store.close();
});

test.each([
	[403, 'AccessDenied', 'S3 API Request made to Console port. S3 Requests should be sent to API port.'],
	[400, 'InvalidArgument', 'S3 API Requests must be made to API port.'],
])("the console's port (%i) is told by its message alone", async (status, code, message) => {
	const { view } = await podSide();
	const store = await plainStore(status, `<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
	const trial = await view.tryStore(s3({ endpoint: store.host, disableSsl: true }));
	expect(trial).toMatchObject({ kind: 'refused', problem: { id: 'store-console-port' } });
	await store.close();
});

test.each([
	[200, '<html>Please log in</html>'],
	[200, '<!doctype html><html><title>MinIO Console</title></html>'],
	[403, '<html><h1>Blocked by the web filter</h1></html>'],
	[401, '<html><h1>Unauthorized</h1></html>'],
	[302, ''],
])('what is no object store (%i) accepts no key', async (status, body) => {
	const { view } = await podSide();
	const store = await plainStore(status, body);
	const trial = await view.tryStore(s3({ endpoint: store.host, disableSsl: true }));
	expect(trial).toMatchObject({
		kind: 'doubtful',
		problem: { id: 'store-refuses', evidence: expect.stringContaining('not an object store response') },
	});
	await store.close();
});

test.each([
	['azure', 409, 'AccountBeingCreated', 'unclear'],
	['azure', 403, 'PublicAccessNotPermitted', 'unclear'],
	['azure', 503, 'ServerBusy', 'unknown'],
	['google', 403, 'access_denied', 'unclear'],
	['google', 500, 'internal_failure', 'unknown'],
] as const)(
	'a refusal of %s in words that no one knows is no mere fact: %i %s',
	(provider, status, code, kind) => {
		const body =
			provider === 'google'
				? JSON.stringify({ error: code, error_description: 'd' })
				: `<Error><Code>${code}</Code><Message>m</Message></Error>`;
		const head = 'x-ms-request-id: 1\ncontent-type: application/json\n';
		expect(verdictOn(provider, { status, head, body })).toMatchObject({ kind });
	},
);

test('a 401 that is not of S3 is a refusal anyway', async () => {
	const { view } = await podSide();
	const store = await plainStore(401, '<html><h1>Unauthorized</h1></html>');
	const trial = await view.tryStore(s3({ endpoint: store.host, disableSsl: true }));
	expect(trial).toMatchObject({ kind: 'doubtful' });
	await store.close();
});

test('TLS with the store, wrong in each way', async () => {
	const { view } = await podSide();
	const plain = await plainStore(200, '');
	const secure = await startStub([{ body: '' }]);
	const tlsOnly = await plainStore(400, 'Client sent an HTTP request to an HTTPS server.\n');
	const idOf = async (changes: Partial<CredentialOf<'s3'>>) => {
		const trial = await view.tryStore(s3(changes));
		return trial.kind === 'refused' ? [trial.problem.id, trial.problem.remedies[0]] : trial;
	};
	const check = expect.stringMatching(/^Check its certificate/);
	expect(await idOf({ endpoint: plain.host })).toEqual(['store-tls', check]);
	expect(await idOf({ endpoint: `127.0.0.1:${secure.port}` })).toEqual(['store-tls', check]);
	expect(await idOf({ endpoint: tlsOnly.host, disableSsl: true })).toEqual([
		'store-tls',
		expect.objectContaining({
			way: { kind: 'answer', fields: ['objectStore.disableSsl'], value: 'false' },
		}),
	]);
	expect(await idOf({ endpoint: `127.0.0.1:${await closedPort()}` })).toMatchObject([
		'store-unreachable',
		expect.anything(),
	]);
	await Promise.all([plain.close(), tlsOnly.close()]);
});

test('whatever a store quotes, nothing secret is repeated, kept, or seen by others', async () => {
	const { view, east, west } = await podSide();
	const canaries = { accessKeyId, secretAccessKey, accountKey, keyId, ...keyLines };
	const received: string[] = [];
	const server = createServer((request, response) => {
		const { authorization = '' } = request.headers;
		received.push(authorization);
		const quoted = `${authorization} ${accessKeyId} ${encodeURIComponent(accessKeyId)}`;
		response.writeHead(403, { 'x-quoted': encodeURIComponent(quoted) });
		response.end(
			`<Error><Code>SignatureDoesNotMatch</Code><Message>for ${quoted}</Message><AWSAccessKeyId>${accessKeyId}</AWSAccessKeyId></Error>`,
		);
	});
	const { port, close } = await listenOnLoopback(server);
	const watch = watchDescendants(process.pid);
	const trials = [
		await view.tryStore(s3({ endpoint: `127.0.0.1:${port}`, disableSsl: true })),
		await view.tryStore(s3({ secretAccessKey: new Secret('WRONG') })),
		await view.tryStore(azure()),
		await view.tryStore(azure({ accountKey: new Secret('WRONG') })),
		await view.tryStore(google()),
	];
	const sightings = watch.stop();
	await close();
	const signature = /Signature=(\w+)/.exec(received[0] ?? '')?.[1] ?? 'none was received';
	const all = { ...canaries, signature };

	expect(trials.map(({ kind }) => kind)).toEqual(['refused', 'refused', 'accepted', 'refused', 'accepted']);
	expect(trials[0]).toMatchObject({
		problem: { evidence: expect.stringContaining('SignatureDoesNotMatch: for') },
	});
	expect(canariesIn(JSON.stringify(trials), all)).toEqual([]);
	expect(JSON.stringify(trials)).not.toMatch(/practice-access-token|StringToSign|AWS4-HMAC/);
	const { requests } = east;
	expect(canariesIn(JSON.stringify([...requests, ...west.requests]), all)).toEqual([]);
	expect(
		new Set(requests.filter(({ url }) => url.includes('/exec?')).map(({ url }) => url.split('container=')[0]))
			.size,
	).toBe(1);
	// Pods start no program of this machine.
	expect(sightings.filter(({ argv }) => /curl|base64/.test(argv))).toEqual([]);
	expect(canariesIn(JSON.stringify(sightings), all)).toEqual([]);
	expect(JSON.stringify(sightings)).not.toMatch(/SharedKey|assertion=/);
	expect(leftInPods(east, all)).toEqual([]);
});

/** An object store without TLS that says the same to everybody. */
async function plainStore(status: number, body: string) {
	const { port, close } = await listenOnLoopback(
		createServer((_request, response) => {
			response.writeHead(status);
			response.end(body);
		}),
	);
	return { host: `127.0.0.1:${port}`, close };
}
