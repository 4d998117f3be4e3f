import { expect, test } from 'vitest';
import { explainPxctl } from '../../../source/gateways/pods/explain-pxctl.ts';
import { saidOf } from '../../../source/gateways/pods/store-row.ts';
import { storeRows } from '../../../source/gateways/pods/store-words.ts';

test.each([
	['PX is not running on this host', 'portworx-not-running'],
	['PX is not running on this host.', 'portworx-not-running'],
	[
		'PX is in maintenance mode.  Use the service mode option to exit maintenance mode.',
		'portworx-maintenance',
	],
	['Not authenticated with the secrets endpoint', 'secret-store-locked'],
	['Code: 503. Errors: * Vault is sealed', 'secret-store-locked'],
	[create('mount.nfs: access denied by server while mounting nfs:/exports/px'), 'store-share-refused'],
	[create('NoCredentialProviders: no valid providers in chain'), 'store-identity-missing'],
	[create('google: could not find default credentials'), 'store-identity-missing'],
	[create('KMS.NotFoundException: key is not there'), 'store-sse-refused'],
	[create('Get "https://s3.example/": net/http: TLS handshake timeout'), 'store-unreachable'],
	[
		'rpc error: code = PermissionDenied desc = Access denied without authentication token',
		'px-security-refused',
	],
	['rpc error: code = Unauthenticated desc = invalid token', 'px-security-refused'],
	['stream terminated by RST_STREAM with error code: PROTOCOL_ERROR', 'px-security-token-broken'],
	[
		create(
			'InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records. status code: 403, request id: X',
		),
		'store-unknown-key',
	],
	[
		create(
			'oauth2: cannot fetch token: 400 Bad Request Response: {"error":"invalid_grant","error_description":"Invalid JWT Signature."}',
		),
		'store-unknown-key',
	],
	[
		create(
			'SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. status code: 403',
		),
		'store-wrong-secret',
	],
	[
		create('RESPONSE 403: 403 Server failed to authenticate the request. ERROR CODE: AuthenticationFailed'),
		'store-wrong-secret',
	],
	[
		create(
			'SecondLevelDomainForbidden: Please use virtual hosted style to access. status code: 403, request id: X',
		),
		'store-path-style',
	],
	[
		create(
			'RequestTimeTooSkewed: The difference between the request time and the current time is too large. status code: 403',
		),
		'store-clock',
	],
	[create('SlowDown: Please reduce your request rate. status code: 503, request id: X'), 'store-busy'],
	[
		create('XMinioServerNotInitialized: Server not initialized yet, please try again. status code: 503'),
		'store-busy',
	],
	[create('Unauthorized: Unauthorized status code: 401, request id: X'), 'store-unknown-key'],
	[
		create('InvalidClientTokenId: The security token included in the request is invalid. status code: 403'),
		'store-unknown-key',
	],
	[create('googleapi: Error 401: Invalid Credentials, authError'), 'store-unknown-key'],
	[create('illegal base64 data at input byte 4'), 'store-wrong-secret'],
	[
		create(
			'googleapi: Error 403: px@shop.iam.gserviceaccount.com does not have storage.buckets.list access to the Google Cloud project., forbidden',
		),
		'store-denied',
	],
	[
		create(
			'RESPONSE 403: 403 Key based authentication is not permitted on this storage account. ERROR CODE: KeyBasedAuthenticationNotPermitted',
		),
		'store-denied',
	],
	[create('private key should be a PEM or plain PKCS1 or PKCS8; parse error: asn1'), 'store-json-key'],
	[create('AccessDenied: Access Denied status code: 403, request id: X'), 'store-denied'],
	[create('AccessDenied: Access Denied'), 'store-denied'],
	[create('Forbidden: Forbidden status code: 403'), 'store-denied'],
	[
		create(
			"AuthorizationHeaderMalformed: The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1' status code: 400",
		),
		'store-region',
	],
	[
		create('IllegalLocationConstraintException: The unspecified location constraint is incompatible'),
		'store-region',
	],
	[
		create(
			'RequestError: send request failed caused by: Get "https://s3.nowhere/": dial tcp: lookup s3.nowhere: no such host',
		),
		'store-unreachable',
	],
	[create('dial tcp 10.0.0.1:443: connect: connection refused'), 'store-unreachable'],
	[create('Get "https://minio/": x509: certificate signed by unknown authority'), 'store-tls'],
	[create('http: server gave HTTP response to HTTPS client'), 'store-tls'],
	[create('InvalidLocationConstraint: The specified location-constraint is not valid'), 'store-region'],
	[
		create(
			'Get "https://minio/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
		),
		'store-unreachable',
	],
	['rpc error: code = DeadlineExceeded desc = context deadline exceeded', 'pxctl-failed'],
	[create('BucketAlreadyExists: The requested bucket name is not available.'), 'store-bucket-refused'],
	[create('XMinioStorageFull: Storage backend has reached its minimum free disk threshold.'), 'store-full'],
	[
		'createCred: failed to store credentials in secret store: Error making API request. Code: 403. Errors: * permission denied',
		'secret-store-refused',
	],
	[
		'createCred: secrets "px-cred" is forbidden: User "system:serviceaccount:portworx:portworx" cannot create resource "secrets"',
		'secret-store-refused',
	],
	[
		'createCred: failed to store credentials in secret store: Put "https://vault:8200/v1/secret/px": dial tcp 10.0.0.9:8200: connect: connection refused',
		'secret-store-refused',
	],
	[
		'createCred: failed to store credentials in secret store: Error making API request. Code: 503. Errors: * Vault is sealed',
		'secret-store-locked',
	],
	[create('InvalidBucketName: The specified bucket is not valid.'), 'store-bucket-refused'],
	[create('TooManyBuckets: You have attempted to create more buckets than allowed'), 'store-bucket-refused'],
	[create('XMinioAdminBucketQuotaExceeded: Bucket quota exceeded'), 'store-full'],
	[create('InvalidRegion: Region does not match.'), 'store-region'],
	['createCred: Node is not in quorum', 'portworx-no-quorum'],
	['Error: unknown flag: --s3-storage-class', 'pxctl-too-old'],
	['Incorrect Usage: flag provided but not defined: -s3-storage-class', 'pxctl-too-old'],
	[
		'createCred: error validating credential during create: google: could not parse JSON key: unexpected end of JSON input',
		'store-json-key',
	],
	['createCred: credential with name clusterPair_x already exists', 'credential-exists'],
	['something no one has seen yet', 'pxctl-failed'],
	['', 'pxctl-failed'],
])('%s', (text, id) => {
	const { problem } = explainPxctl('destination', 'pxctl credentials create', 1, text);
	expect(problem).toMatchObject({
		id,
		kind: 'cluster',
		side: 'destination',
		title: expect.stringMatching(/, on the destination cluster$/),
		evidence:
			`pxctl credentials create (exit status 1): ${text.replaceAll(/\s+/g, ' ') || 'no output'}`.replace(
				'mode. Use',
				'mode.  Use',
			),
		docs: expect.stringContaining('https://'),
	});
	expect(problem.remedies.length).toBeGreaterThan(0);
});

test.each([
	['pxctl status', 'dial tcp 127.0.0.1:9001: connect: connection refused', 'portworx-not-answering'],
	[
		'pxctl credentials list',
		'dial unix /var/lib/osd/driver/px.sock: connect: no such file',
		'portworx-not-answering',
	],
	['pxctl status', 'dial tcp 10.0.0.1:2379: connect: connection refused', 'pxctl-failed'],
	['pxctl cluster token show', 'x509: certificate has expired', 'pxctl-failed'],
	['pxctl credentials create', 'dial tcp 10.0.0.1:443: connect: connection refused', 'store-unreachable'],
])('only commands about credentials speak with the store: %s, %s', (what, text, id) => {
	expect(explainPxctl('source', what, 1, text).problem.id).toBe(id);
});

test('a pxctl that was ended before it came to an end', () => {
	expect(explainPxctl('source', 'pxctl credentials validate', 124, '').problem).toMatchObject({
		id: 'pxctl-timeout',
		evidence: 'pxctl credentials validate (exit status 124): no output',
	});
});

test('what kubectl adds about the container is no evidence, and letter case does not matter', () => {
	const { problem } = explainPxctl(
		'source',
		'pxctl status',
		1,
		'Defaulted container "portworx" out of: portworx, csi\npx is NOT RUNNING on this host',
	);
	expect(problem).toMatchObject({
		id: 'portworx-not-running',
		evidence: 'pxctl status (exit status 1): px is NOT RUNNING on this host',
	});
});

function create(why: string): string {
	return `createCred: error validating credential during create: ${why}`;
}

test.each([
	[
		's3',
		'The object store rejects the secret access key',
		'Check the secret access key, which does not match the access key ID',
	],
	[
		'azure',
		'The object store rejects the account key',
		'Check the account key, which does not match the storage account name',
	],
	['google', 'The object store rejects the JSON key file', 'Check the JSON key file'],
] as const)('a refused key of %s is spoken of as it was asked for', (provider, title, what) => {
	const text = create('SignatureDoesNotMatch: no');
	const { problem } = explainPxctl('source', 'pxctl credentials create', 1, text, { provider });
	expect(problem.title).toBe(`${title}, on the source cluster`);
	expect(problem.remedies[0]).toMatchObject({ what });
});

test.each([
	['s3', 'Check the access key ID (not the secret access key), and that it belongs to this store and region'],
	[
		'azure',
		'Check the storage account name (not the account key), and that the account is in this Azure cloud',
	],
	['google', 'Check the JSON key file, and that the service account and this key still exist'],
] as const)('an unknown key of %s likewise', (provider, what) => {
	const text = create('InvalidAccessKeyId: no');
	const { problem } = explainPxctl('source', 'pxctl credentials create', 1, text, { provider });
	expect(problem.remedies[0]).toMatchObject({ what });
});

test.each(['azure', 'google'] as const)('no problem about a key of %s has a word of S3', provider => {
	const words = storeRows
		.filter(({ id }) => /key|secret|denied|expired/.test(id))
		.map(row => JSON.stringify(saidOf(row, provider)));
	expect(words.length).toBeGreaterThan(4);
	expect(words.join('\n')).not.toMatch(/access key ID|secret access key|ASIA|ListAllMyBuckets/);
});
