import { stringify } from 'yaml';
import type { Answers, ObjectStore } from '../pairing/answers.ts';

/** The answers as a file for `pxpair run`: where a secret belongs stands the name of the environment variable to give it in. */
export function answersFileOf(answers: Answers, jsonKeyFile: string | undefined): string {
	const { source, destination, location, objectStore, pair, existing } = answers;
	return stringify(
		{
			apiVersion: 'pxpair/v1',
			source,
			destination,
			location,
			objectStore: storeWithReferences(objectStore, jsonKeyFile),
			pair,
			existing,
		},
		{ lineWidth: 0 },
	);
}

function storeWithReferences(
	store: ObjectStore,
	jsonKeyFile: string | undefined,
): Readonly<Record<string, unknown>> {
	switch (store.provider) {
		case 's3':
			return {
				...store,
				accessKeyId: { env: 'AWS_ACCESS_KEY_ID' },
				secretAccessKey: { env: 'AWS_SECRET_ACCESS_KEY' },
			};
		case 'azure':
			return { ...store, accountKey: { env: 'AZURE_STORAGE_KEY' } };
		case 'google': {
			const { jsonKey: _jsonKey, ...rest } = store;
			return { ...rest, jsonKeyFile: jsonKeyFile ?? 'key.json' };
		}
		case 'none':
			return store;
	}
}
