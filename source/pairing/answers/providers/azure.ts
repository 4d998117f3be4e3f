import { bucket, type ProviderDefinition } from '../provider.ts';

export const azure = {
	label: 'Azure Blob Storage',
	description: 'A storage account and one of its keys.',
	fields: {
		accountName: {
			kind: 'text',
			flag: '--azure-account-name',
			accepts: /^[a-z0-9]{3,24}$/,
			allowed: 'a storage account name: 3 to 24 lowercase letters and digits',
			environment: ['AZURE_STORAGE_ACCOUNT'],
			ask: {
				short: 'Account name',
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
			environment: ['AZURE_STORAGE_KEY'],
			ask: {
				short: 'Account key',
				question: 'What is a key of that account?',
				what: 'One of the two access keys of the storage account.',
				where: 'Azure portal: the account → Security + networking → Access keys.',
				example: '88 characters that end in ==',
			},
		},
		bucket,
	},
} as const satisfies ProviderDefinition;
