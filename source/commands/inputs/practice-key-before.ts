import type { ObjectStore } from '../../pairing/answers/answers.ts';
import { Secret } from '../../pairing/words/secret.ts';

/** The key that a practice pair has before its answers' own is rotated to. Made up, as that is. */
export function practiceKeyBefore(store: ObjectStore): ObjectStore {
	switch (store.provider) {
		case 's3':
			return store.accessKeyId
				? {
						...store,
						accessKeyId: new Secret('PRACTICEKEYID0000OLD'),
						secretAccessKey: new Secret('practice-only-old-secret-access-key'),
					}
				: store;
		case 'azure':
			return store.accountKey ? { ...store, accountKey: new Secret('cHJhY3RpY2Utb2xk') } : store;
		default:
			return store;
	}
}
