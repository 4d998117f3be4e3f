import { inputProblem, PairingError } from '../words/problem.ts';
import type { Secret } from '../words/secret.ts';
import { answer } from '../words/way.ts';
import type { Credential } from './credential.ts';
import { isKeyIdShaped } from './providers/s3.ts';

/**
 * Swapped, the secret half would go where pxctl lists it for anyone who may read the list.
 * @throws PairingError that quotes neither
 */
export function checkHalves(credential: Credential): void {
	if (credential.provider === 's3' && isKeyId(credential.secretAccessKey)) {
		throw new PairingError(
			inputProblem({
				id: 'secret-swapped',
				title: 'The secret access key looks like an access key ID',
				evidence: isKeyId(credential.accessKeyId)
					? 'objectStore.secretAccessKey and objectStore.accessKeyId both look like key IDs'
					: 'objectStore.secretAccessKey looks like a key ID: the two halves may be swapped',
				remedies: [
					answer(
						'Check where both come from (the ID begins with AKIA or ASIA)',
						'objectStore.secretAccessKey',
					),
				],
			}),
		);
	}
}

const isKeyId = (value: Secret | undefined): boolean => isKeyIdShaped(value?.reveal() ?? '');
