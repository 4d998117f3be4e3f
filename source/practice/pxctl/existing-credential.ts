import type { ClusterPlan } from '../cluster-plan.ts';
import { fingerprintOf, plainCredential, type StoredCredential } from './state.ts';

/** The credential for pairing with that cluster which someone made before. */
export function existingCredential(
	{ uuid }: Pick<ClusterPlan, 'uuid'>,
	credential: 'valid' | 'refused-by-store',
): StoredCredential {
	return {
		name: `clusterPair_${uuid}`,
		uuid: '5d0c9a41-ec57-4c57-8c57-c0ffee57ec57',
		provider: 's3',
		account: credential === 'valid' ? 'AKIAPRACTICE' : 'AKIAPRACTICEREVOKED',
		region: 'us-east-1',
		endpoint: 's3.amazonaws.com',
		storageClass: 'STANDARD',
		pathStyle: 'yes',
		bucket: '',
		ssl: 'true',
		...plainCredential,
		fingerprint: fingerprintOf('practice secret key'),
	};
}
