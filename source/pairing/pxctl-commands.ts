import type { Command } from './command.ts';
import type { Credential } from './credential.ts';
import type { Side } from './pair.ts';
import { pxctlPath } from './portworx.ts';
import type { Secret } from './secret.ts';

/** The documented command. For Google, the key file's place in the pod stands in for a path that the run makes up. */
export const createCredentialCommand = (side: Side, name: string, credential: Credential): Command => ({
	where: side,
	file: pxctlPath,
	args: ['credentials', 'create', ...credentialFlags(credential), name],
});

/** Where a key file lies for as long as `pxctl credentials create` reads it. */
export const keyFileInPod = '/etc/pwx/.pxpair-key.json';

function credentialFlags(credential: Credential): readonly (string | Secret)[] {
	const bucket = credential.bucket ? ['--bucket', credential.bucket] : [];
	switch (credential.provider) {
		case 's3':
			return [
				...['--provider', 's3'],
				...['--s3-access-key', credential.accessKeyId],
				...['--s3-secret-key', credential.secretAccessKey],
				...['--s3-region', credential.region],
				...['--s3-endpoint', credential.endpoint],
				...(credential.storageClass ? ['--s3-storage-class', credential.storageClass] : []),
				...(credential.disableSsl ? ['--s3-disable-ssl'] : []),
				...(credential.disablePathStyle ? ['--disable-path-style'] : []),
				...bucket,
			];
		case 'azure':
			return [
				...['--provider', 'azure'],
				...['--azure-account-name', credential.accountName],
				...['--azure-account-key', credential.accountKey],
				...bucket,
			];
		case 'google':
			return [
				...['--provider', 'google'],
				...['--google-project-id', credential.projectId],
				...['--google-json-key-file', keyFileInPod],
				...bucket,
			];
	}
}
