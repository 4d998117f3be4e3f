import { expect, test } from 'vitest';
import { checkKeys } from '../../../source/pairing/answers/check-keys.ts';
import type { CredentialOf } from '../../../source/pairing/answers/credential.ts';
import { fieldsOf } from '../../../source/pairing/answers/store-fields.ts';
import { PairingError } from '../../../source/pairing/words/problem.ts';
import { Secret } from '../../../source/pairing/words/secret.ts';

const id = 'AKIACANARYCANARYKEYX';
const secret = 'canary/canary+canary/canary+canary/canar';
const s3 = (accessKeyId: string, secretAccessKey: string): CredentialOf<'s3'> => ({
	provider: 's3',
	accessKeyId: new Secret(accessKeyId),
	secretAccessKey: new Secret(secretAccessKey),
	region: 'us-east-1',
	endpoint: 's3.amazonaws.com',
});

function problemOf(credential: CredentialOf<'s3'> | CredentialOf<'azure'>) {
	try {
		checkKeys(credential);
		return undefined;
	} catch (error) {
		return error instanceof PairingError ? error.problem : undefined;
	}
}

test.each([
	[secret, id],
	[id, id],
])('a key ID in the place of the secret is refused, and not quoted: %#', (accessKeyId, secretAccessKey) => {
	const problem = problemOf(s3(accessKeyId, secretAccessKey));
	expect(problem).toMatchObject({ id: 'secret-swapped', kind: 'input' });
	expect(JSON.stringify(problem)).not.toMatch(/AKIACANARY|canary\//);
});

test.each([
	[id, secret],
	['minio', 'minio-canary-secret'],
	[id, 'canary with blanks'],
])('halves in their places are taken: %#', (accessKeyId, secretAccessKey) => {
	expect(problemOf(s3(accessKeyId, secretAccessKey))).toBeUndefined();
});

const minio = (accessKeyId: string, secretAccessKey: string) => ({
	...s3(accessKeyId, secretAccessKey),
	endpoint: 'minio.example:9000',
});
const azure = (accountKey: string): CredentialOf<'azure'> => ({
	provider: 'azure',
	accountName: 'myaccount',
	accountKey: new Secret(accountKey),
});

test.each([
	['quotes', s3(`"${id}"`, secret), /accessKeyId: it is in quotes/],
	['quotes at the secret', s3(id, `'${secret}'`), /secretAccessKey: it is in quotes/],
	['a blank', s3('AKIACANARY CANARYKEYX', secret), /accessKeyId: there is a blank in it/],
	['a blank at the end', s3(`${id} `, secret), /accessKeyId: there is a blank in it/],
	['a line of a file', s3(`AWS_ACCESS_KEY_ID=${id}`, secret), /begins with the name of a variable/],
	['an exported one', s3(id, `export AWS_SECRET_ACCESS_KEY=${secret}`), /begins with the name of a variable/],
	['another kind of key', s3(id, '{"type":"service_account","private_key":"canary/"}'), /it is JSON/],
	['both', s3(`'${id}'`, `'${secret}'`), /accessKeyId: .*; objectStore.secretAccessKey: /],
	['a connection string', azure('AccountName=a;AccountKey=canary/==;x=y'), /connection string/],
	['a SAS', azure('?sv=2020-08-04&sig=canary/'), /shared access signature/],
	['a SAS without its mark', azure('sv=2020-08-04&sig=canary/'), /shared access signature/],
	['quotes of Azure', azure('"canary/=="'), /it is in quotes/],
])('what can be no key is refused and not quoted: %s', (_, credential, evidence) => {
	const problem = problemOf(credential);
	expect(problem).toMatchObject({ id: 'key-malformed', kind: 'input' });
	expect(problem?.evidence).toMatch(evidence);
	expect(JSON.stringify(problem)).not.toMatch(/AKIACANARY|canary\//);
});

test("a store of one's own may take any text for a key", () => {
	expect(problemOf(minio('my user', '"a secret" {with} everything'))).toBeUndefined();
	expect(problemOf(minio('ASIACANARYCANARYKEYX', secret))).toBeUndefined();
	expect(problemOf(azure('canary+/canary=='))).toBeUndefined();
});

test('a temporary key of Amazon needs a token that Portworx can not be given', () => {
	expect(problemOf(s3('ASIACANARYCANARYKEYX', secret))).toMatchObject({ id: 'key-temporary' });
});

const endpointField = fieldsOf('s3').find(({ name }) => name === 'endpoint')?.field;
const takes = (value: string): boolean => {
	const accepts = endpointField && 'accepts' in endpointField ? endpointField.accepts : undefined;
	return typeof accepts === 'function' ? accepts(value) : accepts instanceof RegExp && accepts.test(value);
};

test.each([
	's3.amazonaws.com',
	's3.eu-west-1.amazonaws.com',
	's3-us-west-2.amazonaws.com:443',
	's3.dualstack.us-east-1.amazonaws.com',
	'bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com',
	's3.my-company.example',
	'minio:9000',
	'10.0.0.1:9000',
])('an endpoint: %s', value => expect(takes(value)).toBe(true));

test.each([
	'mybucket.s3.amazonaws.com',
	'my.bucket.s3.eu-west-1.amazonaws.com',
	'mybucket.s3-us-west-2.amazonaws.com',
	'mybucket.s3.dualstack.us-east-1.amazonaws.com',
	's3.amazonaws.com/mybucket',
	'https://s3.amazonaws.com',
	'http://minio:9000',
	's3.amazonaws.com.',
	's3.amazonaws.com:0',
	'user:secret@minio:9000',
])('no endpoint: %s', value => expect(takes(value)).toBe(false));
