import type { CredentialState } from '../../pairing/clusters/ports.ts';
import type { PairingError } from '../../pairing/words/problem.ts';
import type { ProblemId } from '../../pairing/words/problem-ids.ts';

/** `credential with name or uuid X not found`, `Credential id X not found`; not what the store says of its buckets and keys. */
export const saysNotFound = (text: string): boolean =>
	text
		.toLowerCase()
		.split(/[:\n]/)
		.some(part => {
			const [, ...behind] = part.split('credential ');
			return /not found|does not exist/.test(behind.join(' ')) || part.includes('no such credential');
		});

/** @param isListed what is listed is there, whatever validation says of it */
export function credentialState(
	said: Readonly<{ code: number; text: string }>,
	isListed: boolean,
	explain: () => PairingError,
): CredentialState {
	if (said.code === 0 && /validated successfully/i.test(said.text)) {
		return { kind: 'valid' };
	}
	if (!isListed && saysNotFound(said.text)) {
		return { kind: 'absent' };
	}
	const error = explain();
	if (!refusals.has(error.problem.id)) {
		throw error;
	}
	return { kind: 'invalid', evidence: error.problem.evidence ?? '' };
}

/**
 * What the store itself says against a credential. All else (Portworx down or locked, a store that is not reached, a clock,
 * words no one knows) says nothing about it, and a credential that may be good is not up for replacement.
 */
const refusals: ReadonlySet<ProblemId> = new Set<ProblemId>([
	'store-unknown-key',
	'store-wrong-secret',
	'store-denied',
	'store-region',
	'store-path-style',
	'store-json-key',
	'store-no-bucket',
	'store-key-expired',
	'store-account-disabled',
	'store-console-port',
]);
