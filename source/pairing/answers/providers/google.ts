import { jsonKeyMistake } from '../json-key.ts';
import {
	authQuestion,
	bucket,
	encryptionPassphrase,
	type ProviderDefinition,
	withKeys,
} from '../provider.ts';

export const google = {
	label: 'Google Cloud Storage',
	name: 'Google Cloud Storage',
	description: 'A project and the JSON key of a service account.',
	key: {
		identity: 'jsonKeyFile',
		secret: 'jsonKeyFile',
		whole: 'service account key',
		holder: 'service account key',
		belongs: 'that the service account and this key still exist',
		grant:
			'Grant the service account a role that may create and use buckets, such as Storage Admin (roles/storage.admin).',
	},
	fields: {
		projectId: {
			kind: 'text',
			flag: '--google-project-id',
			accepts: /^[a-z0-9][a-z0-9.:-]{1,61}[a-z0-9]$/,
			allowed: 'a project ID such as my-project-123',
			environment: ['GOOGLE_CLOUD_PROJECT', 'CLOUDSDK_CORE_PROJECT'],
			ask: {
				short: 'Project ID',
				question: 'What is the ID of the Google project?',
				what: 'The project in which Portworx creates its bucket. Its ID, not its name or number.',
				where: 'Google Cloud console: the project selector at the top.',
				example: 'my-project-123456',
				wrong: 'A project ID: lowercase letters, digits and hyphens.',
				suggestion: ({ projectId }) => projectId ?? '',
			},
		},
		jsonKeyFile: {
			kind: 'key-file',
			flag: '--google-json-key-file',
			ofKey: true,
			content: 'jsonKey',
			allowed: 'the path of a JSON key file on this machine',
			mistake: jsonKeyMistake,
			fine: 'The key of a service account.',
			refusal: {
				title: "The Google key file can't be used",
				remedy: 'Use the JSON key file of a service account, as downloaded from the console.',
			},
			environment: ['GOOGLE_APPLICATION_CREDENTIALS'],
			ask: {
				short: 'JSON key file',
				question: 'Which file holds the service account key?',
				what: 'A JSON key file on this machine. It is passed to Portworx and deleted from the pod at once.',
				where: 'Google Cloud console: IAM → Service accounts → Keys → Add key → JSON.',
				example: '~/gcs-key.json',
			},
		},
		bucket,
		auth: {
			kind: 'choice',
			usual: withKeys,
			flags: { 'workload-identity': '--use-workload-identity' },
			optional: true,
			options: {
				keys: 'The JSON key file of a service account.',
				'workload-identity':
					'No key: the Google identity of the Portworx pods. Needs Portworx 3.6.2, Stork 26.4.',
			},
			optionsSince: { 'workload-identity': { portworx: [3, 6, 2], stork: [26, 4, 0] } },
			ask: authQuestion,
		},
		encryptionPassphrase,
	},
} as const satisfies ProviderDefinition;
