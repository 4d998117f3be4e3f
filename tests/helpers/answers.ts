import { type Answers, defaultPair, type ObjectStore } from '../../source/pairing/answers/answers.ts';
import { type ClusterFacts, noFacts } from '../../source/pairing/clusters/cluster.ts';
import type { Pair } from '../../source/pairing/words/pair.ts';
import { Secret } from '../../source/pairing/words/secret.ts';

export const stores = {
	s3: {
		provider: 's3',
		accessKeyId: new Secret('canary-access-key-id'),
		secretAccessKey: new Secret('canary-secret-access-key'),
		region: 'us-east-1',
		endpoint: 's3.amazonaws.com',
		storageClass: 'STANDARD',
	},
	azure: { provider: 'azure', accountName: 'practiceaccount', accountKey: new Secret('canary-account-key') },
	google: {
		provider: 'google',
		projectId: 'my-project',
		jsonKey: new Secret('{"private_key":"canary-json-key"}'),
	},
	none: { provider: 'none' },
} as const satisfies Record<string, ObjectStore>;

/** Answers for contexts `east` and `west`; s3 and the documented names unless said otherwise. */
export const answersWith = (changes: Partial<Answers> = {}): Answers => ({
	source: { context: 'east' },
	destination: { context: 'west' },
	location: 'auto',
	objectStore: stores.s3,
	pair: defaultPair,
	existing: { credential: 'stop', pair: 'stop' },
	...changes,
});

export const unknownFacts: Pair<ClusterFacts> = { source: noFacts('east'), destination: noFacts('west') };
