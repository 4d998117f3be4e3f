import { expect, test } from 'vitest';
import type { CredentialOf } from '../../source/pairing/answers/credential.ts';
import { checkHalves } from '../../source/pairing/answers/swapped-halves.ts';
import { PairingError } from '../../source/pairing/words/problem.ts';
import { Secret } from '../../source/pairing/words/secret.ts';

const id = 'AKIACANARYCANARYKEYX';
const secret = 'canary/canary+canary/canary+canary/canar';
const s3 = (accessKeyId: string, secretAccessKey: string): CredentialOf<'s3'> => ({
	provider: 's3',
	accessKeyId: new Secret(accessKeyId),
	secretAccessKey: new Secret(secretAccessKey),
	region: 'us-east-1',
	endpoint: 's3.amazonaws.com',
});

function problemOf(credential: CredentialOf<'s3'>) {
	try {
		checkHalves(credential);
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
])('halves in their places are taken: %#', (accessKeyId, secretAccessKey) => {
	expect(problemOf(s3(accessKeyId, secretAccessKey))).toBeUndefined();
});
