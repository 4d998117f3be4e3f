import type { Secret } from './secret.ts';

/** Keys to the object store through which volume data travels. One variant for each documented provider. */
export type Credential = S3Credential | AzureCredential | GoogleCredential;

export type S3Credential = Readonly<{
	provider: 's3';
	/** The key *ID*. The documented page swaps the descriptions of the two key flags; its command block is right. */
	accessKeyId: Secret;
	secretAccessKey: Secret;
	region: string;
	/** `host[:port]`, without a scheme. */
	endpoint: string;
	/** As `pxctl` spells it: the documented page writes `STANDARD-IA`, which pxctl refuses. */
	storageClass?: StorageClass;
	/** Plain HTTP, as a MinIO of one's own may need. */
	disableSsl?: boolean;
	/** For stores that only take virtual-hosted addresses. */
	disablePathStyle?: boolean;
	/** A bucket that exists already; else Portworx makes one named after the cluster. */
	bucket?: string;
}>;

export type AzureCredential = Readonly<{
	provider: 'azure';
	accountName: string;
	accountKey: Secret;
	bucket?: string;
}>;

export type GoogleCredential = Readonly<{
	provider: 'google';
	projectId: string;
	/** The text of the key file, which lies on the operator's machine. */
	jsonKey: Secret;
	bucket?: string;
}>;

export const providers = ['s3', 'azure', 'google'] as const;
export type Provider = (typeof providers)[number];

export const storageClasses = ['STANDARD', 'STANDARD_IA'] as const;
export type StorageClass = (typeof storageClasses)[number];

/** The name under which Portworx looks for the store's credential, on both clusters. */
export const credentialName = (destinationUuid: string): string => `clusterPair_${destinationUuid}`;
