import { createPrivateKey, sign } from 'node:crypto';
import { asRecord, attempt, parseJson } from '../../pairing/words/json.ts';
import { Secret } from '../../pairing/words/secret.ts';
import type { NoStoreRequest, StoreRequest } from './request.ts';

/**
 * Asks Google for an access token with a service account's key.
 * https://developers.google.com/identity/protocols/oauth2/service-account
 */
export function googleTokenRequest(
	jsonKey: Secret,
	now: Date,
	scope: 'read_only' | 'read_write' = 'read_only',
): StoreRequest | NoStoreRequest {
	const {
		client_email: account,
		private_key: pem,
		private_key_id: keyId,
		token_uri: tokenUri = 'https://oauth2.googleapis.com/token',
	} = asRecord(parseJson(jsonKey.reveal()));
	const key = attempt(() => createPrivateKey(String(pem)));
	if (typeof account !== 'string' || key?.asymmetricKeyType !== 'rsa') {
		return { because: 'the private_key in it cannot be read', broken: true };
	}
	const url = attempt(() => new URL(String(tokenUri)));
	if (!url || !isGoogles(url)) {
		return { because: "the key file's token_uri is not one of Google's", broken: false };
	}
	const issued = Math.floor(now.getTime() / 1000);
	const claims = {
		iss: account,
		scope: `https://www.googleapis.com/auth/devstorage.${scope}`,
		aud: url.href,
		iat: issued,
		exp: issued + lifetime,
	};
	const header = { alg: 'RS256', typ: 'JWT', ...(typeof keyId === 'string' && { kid: keyId }) };
	const unsigned = `${part(header)}.${part(claims)}`;
	const assertion = `${unsigned}.${sign('RSA-SHA256', Buffer.from(unsigned), key).toString('base64url')}`;
	const form = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
	return {
		what: 'an access token',
		url,
		headers: {},
		form: form.toString(),
		secrets: [jsonKey, new Secret(assertion)],
	};
}

/** The token in Google's answer: worth as much as the key for an hour. */
export function tokenIn(body: string): Secret | undefined {
	const { access_token: token } = asRecord(parseJson(body));
	return typeof token === 'string' && /^[\w.~+/=-]{1,4096}$/.test(token) ? new Secret(token) : undefined;
}

/** In seconds: no longer than the request needs. */
const lifetime = 120;

/** The assertion is worth a token, so it goes nowhere else, whatever the file says. */
const isGoogles = ({ protocol, hostname }: URL): boolean =>
	protocol === 'https:' && /(^|\.)googleapis\.com$/.test(hostname);

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
