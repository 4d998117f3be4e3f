import type { Refused } from '../pxctl/refused.ts';
import { isSkewed } from './answers.ts';
import type { CurlOptions } from './curl-options.ts';
import type { Fetched } from './loopback.ts';
import { type KeptObjects, objectIn } from './objects.ts';

/** Google gives tokens for assertions that a service account has signed; to whom they belong is seen when they are used. */
export function askGoogle({ data }: CurlOptions, refused: Refused): Fetched {
	const [header, claims] = (new URLSearchParams(data ?? '').get('assertion') ?? '').split('.').map(partOf);
	const account = String(claims?.iss ?? '');
	const project = /@([^.]+)/.exec(account)?.[1] ?? '';
	if (refused.isAccount(account) || refused.isAccount(project)) {
		return json(400, { error: 'invalid_grant', error_description: 'Invalid grant: account not found' });
	}
	if (header?.kid === refused.secret) {
		return json(400, { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' });
	}
	if (isSkewed(Number(claims?.iat) * 1000)) {
		return json(400, {
			error: 'invalid_grant',
			error_description:
				'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.',
		});
	}
	return json(200, { access_token: 'practice-access-token', expires_in: 3599, token_type: 'Bearer' });
}

/** Its JSON interface, for anyone who has a token. */
export function askGoogleStorage({ url, headers, method, data }: CurlOptions, kept: KeptObjects): Fetched {
	if (headers.authorization !== 'Bearer practice-access-token')
		return json(401, { error: { code: 401, message: 'Invalid Credentials' } });
	const [, bucket = '', rest] = /\/b\/([^/]+)\/o(?:\/(.+))?$/.exec(url.pathname) ?? [];
	const name = rest ?? url.searchParams.get('name') ?? '';
	if (bucket.includes('missing'))
		return json(404, { error: { code: 404, message: 'The specified bucket does not exist.' } });
	return (
		objectIn(kept, { bucket, name, method, data }) ??
		json(403, { error: { code: 403, message: `storage.objects access denied on ${bucket}` } })
	);
}

function partOf(part: string): Record<string, unknown> {
	try {
		return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
	} catch {
		return {};
	}
}

const json = (status: number, body: object): Fetched => ({
	status,
	reason: status === 200 ? 'OK' : 'Bad Request',
	headers: { 'content-type': 'application/json; charset=utf-8' },
	body: JSON.stringify(body),
});
