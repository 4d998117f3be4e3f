import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { azureAuthorization, stringToSign } from '../../../source/gateways/stores/azure-shared-key.ts';
import type { StoreRequest } from '../../../source/gateways/stores/request.ts';
import { s3Authorization } from '../../../source/gateways/stores/s3-signature.ts';
import { storeRequest } from '../../../source/gateways/stores/store-request.ts';
import type { Credential } from '../../../source/pairing/answers/credential.ts';
import { Secret } from '../../../source/pairing/words/secret.ts';

const now = new Date('2026-11-07T12:34:56.789Z');

// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html#sig-v4-examples
test.each([
	['?lifecycle', 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'],
	['?max-keys=2&prefix=J', '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
])("Amazon's own example: %s", (query, signature) => {
	const { headers } = s3Authorization({
		url: new URL(`https://examplebucket.s3.amazonaws.com/${query}`),
		region: 'us-east-1',
		accessKeyId: new Secret('AKIAIOSFODNN7EXAMPLE'),
		secretAccessKey: new Secret('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'),
		now: new Date('2013-05-24T00:00:00Z'),
	});
	expect(headers).toEqual({
		'x-amz-date': '20130524T000000Z',
		'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
		Authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature=${signature}`,
	});
});

test("Amazon's own example of a PUT", () => {
	const { headers } = s3Authorization({
		url: new URL('https://examplebucket.s3.amazonaws.com/test%24file.text'),
		region: 'us-east-1',
		accessKeyId: new Secret('AKIAIOSFODNN7EXAMPLE'),
		secretAccessKey: new Secret('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'),
		now: new Date('2013-05-24T00:00:00Z'),
		method: 'PUT',
		content: 'Welcome to Amazon S3.',
		also: { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
	});
	expect(headers.Authorization).toBe(
		'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
	);
});

test('a PUT as Azure signs it has the length and the type of what is sent', () => {
	const url = new URL('https://myaccount.blob.core.windows.net/mycontainer/hello.txt');
	const headers = { 'x-ms-version': '2015-02-21', 'x-ms-blob-type': 'BlockBlob' };
	expect(stringToSign(url, 'myaccount', headers, { method: 'PUT', content: 'hello world' })).toBe(
		'PUT\n\n\n11\n\ntext/plain\n\n\n\n\n\n\nx-ms-blob-type:BlockBlob\nx-ms-version:2015-02-21\n/myaccount/mycontainer/hello.txt',
	);
});

// https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key
test("Microsoft's own example of a string to sign", () => {
	const url = new URL(
		'https://myaccount.blob.core.windows.net/mycontainer?restype=container&comp=metadata&timeout=20',
	);
	const headers = { 'x-ms-date': 'Fri, 26 Jun 2015 23:39:12 GMT', 'x-ms-version': '2015-02-21' };
	expect(stringToSign(url, 'myaccount', headers)).toBe(
		'GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 26 Jun 2015 23:39:12 GMT\nx-ms-version:2015-02-21\n/myaccount/mycontainer\ncomp:metadata\nrestype:container\ntimeout:20',
	);
});

// The key of the storage emulator, which Microsoft publishes; the signature is one of openssl's.
test('a request that is signed with a shared key', () => {
	const { headers } = azureAuthorization({
		url: new URL('https://devstoreaccount1.blob.core.windows.net/?comp=list'),
		accountName: 'devstoreaccount1',
		accountKey: new Secret(
			'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
		),
		now,
	});
	expect(headers).toEqual({
		'x-ms-date': 'Sat, 07 Nov 2026 12:34:56 GMT',
		'x-ms-version': '2020-10-02',
		Authorization: 'SharedKey devstoreaccount1:1qN5hi7Rwx1yoJfic88xHKY0h6z8UGKagRnVCxV5CkY=',
	});
});

const s3 = {
	provider: 's3',
	accessKeyId: new Secret('AKIA'),
	secretAccessKey: new Secret('secret'),
	region: 'eu-west-1',
	endpoint: 's3.amazonaws.com',
} as const;
const azure = { provider: 'azure', accountName: 'acc', accountKey: new Secret('a2V5') } as const;

test.each<[Credential, string, string]>([
	[s3, 'https://s3.amazonaws.com/', 'ListBuckets'],
	[
		{ ...s3, endpoint: 'minio.example:9000, minio2.example:9000', disableSsl: true },
		'http://minio.example:9000/',
		'ListBuckets',
	],
	[{ ...s3, bucket: 'b' }, 'https://s3.amazonaws.com/b?list-type=2&max-keys=0', 'ListObjects of b'],
	[
		{ ...s3, bucket: 'b', disablePathStyle: true },
		'https://b.s3.amazonaws.com/?list-type=2&max-keys=0',
		'ListObjects of b',
	],
	[azure, 'https://acc.blob.core.windows.net/?comp=list&maxresults=1', 'List Containers'],
	[
		{ ...azure, bucket: 'c' },
		'https://acc.blob.core.windows.net/c?restype=container',
		'Get Container Properties of c',
	],
])('what is asked: %#', (credential, url, what) => {
	const request = storeRequest(credential, now);
	expect('because' in request ? request : { url: request.url.href, what: request.what }).toEqual({
		url,
		what,
	});
});

test('an address that is none', () => {
	expect(storeRequest({ ...s3, endpoint: 'no host' }, now)).toEqual({
		because: 'its address is not valid',
		broken: false,
	});
});

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const keyFile = {
	type: 'service_account',
	project_id: 'p',
	private_key_id: 'kid1',
	private_key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
	client_email: 'me@p.iam.gserviceaccount.com',
};
const google = (changes: Partial<typeof keyFile> & { token_uri?: string } = {}): Credential => ({
	provider: 'google',
	projectId: 'p',
	jsonKey: new Secret(JSON.stringify({ ...keyFile, ...changes })),
});

test('a service account asks for a token in its own name', () => {
	const request = storeRequest(google(), now) as StoreRequest;
	const form = new URLSearchParams(request.form);
	const [header = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.');
	expect(request.url.href).toBe('https://oauth2.googleapis.com/token');
	expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
	expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
		alg: 'RS256',
		typ: 'JWT',
		kid: 'kid1',
	});
	expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
		iss: 'me@p.iam.gserviceaccount.com',
		scope: 'https://www.googleapis.com/auth/devstorage.read_only',
		aud: 'https://oauth2.googleapis.com/token',
		iat: 1794054896,
		exp: 1794055016,
	});
	expect(
		verify(
			'RSA-SHA256',
			Buffer.from(`${header}.${claims}`),
			createPublicKey(privateKey),
			Buffer.from(signature, 'base64url'),
		),
	).toBe(true);
});

test.each([
	'https://evil.example/token',
	'https://oauth2.googleapis.com.evil.example/token',
	'https://evilgoogleapis.com/token',
	'https://oauth2.googleapis.com@evil.example/token',
	'http://oauth2.googleapis.com/token',
	'no address',
])('an assertion does not go to %s', token_uri => {
	expect(storeRequest(google({ token_uri }), now)).toEqual({
		because: "the key file's token_uri is not one of Google's",
		broken: false,
	});
});

test("another address of Google's will do", () => {
	const request = storeRequest(google({ token_uri: 'https://www.googleapis.com/oauth2/v4/token' }), now);
	expect('url' in request && request.url.href).toBe('https://www.googleapis.com/oauth2/v4/token');
});

test('a private key that is none makes no request, here or elsewhere', () => {
	expect(storeRequest(google({ private_key: 'x' }), now)).toEqual({
		because: 'the private_key in it cannot be read',
		broken: true,
	});
});
