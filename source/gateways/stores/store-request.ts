import type { Credential, CredentialOf } from '../../pairing/answers/credential.ts';
import { azureClouds } from '../../pairing/answers/providers/azure.ts';
import { providerName } from '../../pairing/answers/providers.ts';
import { attempt } from '../../pairing/words/json.ts';
import { Secret } from '../../pairing/words/secret.ts';
import { azureAuthorization } from './azure-shared-key.ts';
import { googleTokenRequest } from './google-token.ts';
import type { NoStoreRequest, StoreRequest } from './request.ts';
import { s3Authorization } from './s3-signature.ts';

export function storeRequest(credential: Credential, now: Date): StoreRequest | NoStoreRequest {
	return attempt(() => requestOf(credential, now)) ?? { because: 'its address is not valid', broken: false };
}

/** Throws at what makes no URL. */
function requestOf(credential: Credential, now: Date): StoreRequest | NoStoreRequest {
	switch (credential.provider) {
		case 's3':
			return s3Request(credential, now);
		case 'azure':
			return azureRequest(credential, now);
		case 'google':
			return credential.jsonKey ? googleTokenRequest(credential.jsonKey, now) : keyless;
		default:
			return untaught(credential);
	}
}

/** Of a store for which there is no request here. */
const untaught = ({ provider }: Pick<Credential, 'provider'>): NoStoreRequest => ({
	because: `pxpair can't test ${providerName(provider)}; Portworx validates the credential when it is created`,
	broken: false,
});

/** Of the store, or of its bucket where one is named. */
export function s3Url({ endpoint, disableSsl, disablePathStyle, bucket }: CredentialOf<'s3'>): URL {
	// Of several, Portworx takes any that works; they are one store.
	const host = endpoint.split(',')[0]?.trim() ?? '';
	const scheme = disableSsl ? 'http' : 'https';
	return new URL(
		bucket === undefined
			? `${scheme}://${host}/`
			: disablePathStyle
				? `${scheme}://${bucket}.${host}/`
				: `${scheme}://${host}/${encodeURIComponent(bucket)}`,
	);
}

/** The identity of a node or pod is nothing that this machine could sign with. */
const keyless: NoStoreRequest = {
	because: 'there is no key to test with; Portworx validates the credential when it is created',
	broken: false,
};

function s3Request(credential: CredentialOf<'s3'>, now: Date): StoreRequest | NoStoreRequest {
	const { accessKeyId, secretAccessKey, region, bucket } = credential;
	if (!accessKeyId || !secretAccessKey) {
		return keyless;
	}
	const url = s3Url(credential);
	if (bucket !== undefined) {
		url.search = 'list-type=2&max-keys=0';
	}
	// Amazon's address without a region lists buckets in that one region, wherever they are.
	const signedFor = bucket === undefined && url.hostname === 's3.amazonaws.com' ? 'us-east-1' : region;
	const { headers, signature } = s3Authorization({
		url,
		region: signedFor,
		accessKeyId,
		secretAccessKey,
		now,
	});
	return {
		what: bucket === undefined ? 'ListBuckets' : `ListObjects of ${bucket}`,
		url,
		headers,
		secrets: [accessKeyId, secretAccessKey, new Secret(signature), new Secret(headers.Authorization)],
	};
}

function azureRequest(
	{ accountName, accountKey, bucket, environment = 'public' }: CredentialOf<'azure'>,
	now: Date,
): StoreRequest | NoStoreRequest {
	if (!accountKey) {
		return keyless;
	}
	const host = `https://${accountName}.${azureClouds[environment].host}`;
	const url = new URL(
		bucket === undefined
			? `${host}/?comp=list&maxresults=1`
			: `${host}/${encodeURIComponent(bucket)}?restype=container`,
	);
	const { headers, signature } = azureAuthorization({ url, accountName, accountKey, now });
	return {
		what: bucket === undefined ? 'List Containers' : `Get Container Properties of ${bucket}`,
		url,
		headers,
		secrets: [accountKey, new Secret(signature), new Secret(headers.Authorization)],
	};
}
