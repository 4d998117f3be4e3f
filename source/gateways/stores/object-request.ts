import type { Credential, CredentialOf } from '../../pairing/answers/credential.ts';
import { azureClouds } from '../../pairing/answers/providers/azure.ts';
import { attempt } from '../../pairing/words/json.ts';
import { Secret } from '../../pairing/words/secret.ts';
import { azureAuthorization } from './azure-shared-key.ts';
import type { StoreRequest } from './request.ts';
import { type S3Signing, s3Authorization } from './s3-signature.ts';
import { s3Url } from './store-request.ts';

export type ObjectAction = 'put' | 'get' | 'delete';

/** One small object of ours, in a bucket that the answers name. */
export type TestObject = Readonly<{ bucket: string; name: string; content: string }>;

type Asked = Readonly<{ action: ObjectAction; object: TestObject; now: Date; token: Secret | undefined }>;

/** undefined for what can't be signed here. */
export function objectRequest(credential: Credential, asked: Asked): StoreRequest | undefined {
	switch (credential.provider) {
		case 's3':
			return attempt(() => ofS3(credential, asked));
		case 'azure':
			return attempt(() => ofAzure(credential, asked));
		case 'google':
			return ofGoogle(asked);
		default:
			return undefined;
	}
}

/** What is the same for all of them: the body of a write. */
const sent = (action: ObjectAction, { content }: TestObject): Pick<S3Signing, 'method' | 'content'> =>
	(({ put: { method: 'PUT', content }, get: {}, delete: { method: 'DELETE' } }) as const)[action];

function ofS3(credential: CredentialOf<'s3'>, { action, object, now }: Asked): StoreRequest | undefined {
	const { accessKeyId, secretAccessKey, region, sse } = credential;
	if (!accessKeyId || !secretAccessKey) {
		return undefined;
	}
	const url = s3Url(credential);
	url.pathname = `${url.pathname.replace(/\/$/, '')}/${object.name}`;
	const how = sent(action, object);
	const { headers, signature } = s3Authorization({
		...{ url, region, accessKeyId, secretAccessKey, now },
		...how,
		// As Portworx will ask for it: a store may not know it.
		...(action === 'put' && sse && { also: { 'x-amz-server-side-encryption': sse } }),
	});
	return {
		what: `${{ put: 'PutObject', get: 'GetObject', delete: 'DeleteObject' }[action]} of ${object.name}`,
		url,
		headers,
		...how,
		secrets: [accessKeyId, secretAccessKey, new Secret(signature), new Secret(headers.Authorization)],
	};
}

function ofAzure(
	{ accountName, accountKey, environment = 'public' }: CredentialOf<'azure'>,
	{ action, object, now }: Asked,
): StoreRequest | undefined {
	if (!accountKey) {
		return undefined;
	}
	const url = new URL(
		`https://${accountName}.${azureClouds[environment].host}/${encodeURIComponent(object.bucket)}/${object.name}`,
	);
	const how = sent(action, object);
	const { headers, signature } = azureAuthorization({
		...{ url, accountName, accountKey, now },
		...how,
		...(action === 'put' && { also: { 'x-ms-blob-type': 'BlockBlob' } }),
	});
	return {
		what: `${{ put: 'Put', get: 'Get', delete: 'Delete' }[action]} Blob ${object.name}`,
		url,
		headers,
		...how,
		secrets: [accountKey, new Secret(signature), new Secret(headers.Authorization)],
	};
}

function ofGoogle({ action, object, token }: Asked): StoreRequest | undefined {
	if (!token) {
		return undefined;
	}
	const objects = `https://storage.googleapis.com/${action === 'put' ? 'upload/' : ''}storage/v1/b/${encodeURIComponent(object.bucket)}/o`;
	const url = new URL(
		action === 'put'
			? `${objects}?uploadType=media&name=${object.name}`
			: `${objects}/${object.name}${action === 'get' ? '?alt=media' : ''}`,
	);
	return {
		what: `objects.${{ put: 'insert', get: 'get', delete: 'delete' }[action]} of ${object.name}`,
		url,
		headers: { Authorization: `Bearer ${token.reveal()}` },
		...sent(action, object),
		...(action === 'put' && { method: 'POST' }),
		secrets: [token],
	};
}
