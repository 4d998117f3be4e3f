import { refuse } from '../words/problem.ts';
import type { Secret } from '../words/secret.ts';
import { answer } from '../words/way.ts';
import type { Credential } from './credential.ts';
import { notAKey, notAnId } from './key-form.ts';
import { isAmazon, isKeyIdShaped } from './providers/s3.ts';

/**
 * Swapped, the secret half would go where pxctl lists it for anyone who may read the list.
 * @throws PairingError that quotes neither
 */
export function checkKeys(credential: Credential): void {
	checkForms(credential);
	checkTemporary(credential);
	if (credential.provider === 's3' && isKeyId(credential.secretAccessKey)) {
		refuse({
			id: 'secret-swapped',
			title: 'The secret access key looks like an access key ID',
			evidence: isKeyId(credential.accessKeyId)
				? 'objectStore.secretAccessKey and objectStore.accessKeyId both look like key IDs'
				: 'objectStore.secretAccessKey looks like a key ID: the two halves may be swapped',
			remedies: [
				answer('Check where both come from (the ID begins with AKIA or ASIA)', 'objectStore.secretAccessKey'),
			],
		});
	}
}

/** Other stores make keys of their own, and some take any text for one. */
function checkForms(credential: Credential): void {
	const keys: readonly (readonly [
		`objectStore.${'accessKeyId' | 'secretAccessKey' | 'accountKey'}`,
		Secret | undefined,
	])[] =
		credential.provider === 's3' && isAmazon(credential.endpoint)
			? [
					['objectStore.accessKeyId', credential.accessKeyId],
					['objectStore.secretAccessKey', credential.secretAccessKey],
				]
			: credential.provider === 'azure'
				? [['objectStore.accountKey', credential.accountKey]]
				: [];
	const faults = keys.flatMap(([field, value]) => {
		const judge = field === 'objectStore.accessKeyId' ? notAnId : notAKey;
		const fault = value && judge(value.reveal());
		return fault === undefined ? [] : [{ field, fault }];
	});
	const [first, ...others] = faults;
	if (first) {
		refuse({
			id: 'key-malformed',
			title: `The value for ${first.field} can't be a key`,
			evidence: [first, ...others].map(({ field, fault }) => `${field}: ${fault}`).join('; '),
			remedies: [answer('Give the key alone', first.field)],
		});
	}
}

/** pxctl takes no session token, so Amazon refuses it whatever its secret. Other stores make IDs of their own. */
function checkTemporary(credential: Credential): void {
	const isTemporary =
		credential.provider === 's3' &&
		/^ASIA[A-Z0-9]{16}$/.test(credential.accessKeyId?.reveal() ?? '') &&
		isAmazon(credential.endpoint);
	if (isTemporary) {
		refuse({
			id: 'key-temporary',
			title: 'The access key is a temporary one (ASIA…): Portworx has no place for its session token',
			evidence: 'objectStore.accessKeyId begins with ASIA, which Amazon gives to temporary keys',
			remedies: [
				answer('Use the key of an IAM user (AKIA…)', 'objectStore.accessKeyId'),
				answer('Or use the IAM role of the nodes', 'objectStore.auth', 'iam'),
			],
		});
	}
}

const isKeyId = (value: Secret | undefined): boolean => isKeyIdShaped(value?.reveal() ?? '');
