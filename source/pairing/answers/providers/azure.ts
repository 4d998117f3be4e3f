import { notAKey } from '../key-form.ts';
import {
	authQuestion,
	bucket,
	encryptionPassphrase,
	type ProviderDefinition,
	withKeys,
} from '../provider.ts';

/** Where each of Azure's clouds has its stores, and what `AZURE_ENVIRONMENT` calls it. */
export const azureClouds = {
	public: { host: 'blob.core.windows.net', name: 'AzurePublicCloud' },
	usgov: { host: 'blob.core.usgovcloudapi.net', name: 'AzureUSGovernmentCloud' },
	china: { host: 'blob.core.chinacloudapi.cn', name: 'AzureChinaCloud' },
} as const;

export const azure = {
	label: 'Azure Blob Storage',
	name: 'Azure Blob Storage',
	description: 'A storage account and one of its keys.',
	key: {
		identity: 'accountName',
		secret: 'accountKey',
		whole: 'account key',
		holder: 'storage account',
		belongs: 'that the account is in this Azure cloud',
		grant: "Let the nodes of both clusters through the storage account's firewall (Networking).",
	},
	fields: {
		accountName: {
			kind: 'text',
			flag: '--azure-account-name',
			accepts: /^[a-z0-9]{3,24}$/,
			allowed: 'a storage account name: 3 to 24 lowercase letters and digits',
			environment: ['AZURE_STORAGE_ACCOUNT'],
			ask: {
				short: 'Storage account name',
				question: 'What is the name of the storage account?',
				what: 'The Azure storage account that Portworx copies data through.',
				where: 'Azure portal: Storage accounts. 3 to 24 lowercase letters and digits.',
				example: 'mystorageaccount',
				wrong: '3 to 24 lowercase letters and digits.',
				practice: 'practiceaccount',
			},
		},
		accountKey: {
			kind: 'secret',
			flag: '--azure-account-key',
			ofKey: true,
			environment: ['AZURE_STORAGE_KEY'],
			ask: {
				short: 'Account key',
				question: 'What is a key of that account?',
				what: 'One of the two access keys of the storage account.',
				where: 'Azure portal: the account → Security + networking → Access keys.',
				example: '88 characters that end in ==',
				doubt: value => {
					const fault = notAKey(value);
					return fault && `This can't be a key: ${fault}.`;
				},
			},
		},
		// No flag of pxctl: Portworx takes it from the variable AZURE_ENVIRONMENT of its pods.
		environment: {
			kind: 'choice',
			flags: {},
			optional: true,
			options: {
				public: 'Azure, as most people have it (blob.core.windows.net).',
				usgov: 'Azure Government (blob.core.usgovcloudapi.net).',
				china: 'Azure in China (blob.core.chinacloudapi.cn).',
			},
			ask: {
				short: 'Azure cloud',
				question: 'In which Azure cloud is the storage account?',
				help: ['Portworx itself learns it from AZURE_ENVIRONMENT in spec.env of its StorageCluster.'],
				none: { label: 'Detected', description: "From the region of the clusters' nodes." },
			},
		},
		bucket,
		auth: {
			kind: 'choice',
			usual: withKeys,
			flags: { iam: '--use-iam', 'workload-identity': '--use-workload-identity' },
			optional: true,
			options: {
				keys: 'One of the access keys of the storage account.',
				iam: 'No key: the managed identity of the nodes of both clusters.',
				'workload-identity':
					'No key: the Azure identity of the Portworx pods. Needs Portworx 3.6.1, Stork 26.4.',
			},
			optionsSince: { 'workload-identity': { portworx: [3, 6, 1], stork: [26, 4, 0] } },
			ask: authQuestion,
		},
		encryptionPassphrase,
	},
} as const satisfies ProviderDefinition;
