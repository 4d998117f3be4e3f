import { createHmac } from 'node:crypto';
import type { Secret } from '../../pairing/words/secret.ts';

export type AzureSigning = Readonly<{
	url: URL;
	accountName: string;
	accountKey: Secret;
	now: Date;
	method?: 'PUT' | 'DELETE';
	/** Sent as `text/plain`. */
	content?: string;
	/** Further headers of Azure's, `x-ms-` … */
	also?: Readonly<Record<string, string>>;
}>;

/** Shared Key. https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key */
export function azureAuthorization({ url, accountName, accountKey, now, also, ...sent }: AzureSigning) {
	const headers = { ...also, 'x-ms-date': now.toUTCString(), 'x-ms-version': '2020-10-02' };
	const signature = createHmac('sha256', Buffer.from(accountKey.reveal(), 'base64'))
		.update(stringToSign(url, accountName, headers, sent))
		.digest('base64');
	return { signature, headers: { ...headers, Authorization: `SharedKey ${accountName}:${signature}` } };
}

/** The empty lines are headers that such a request has not. */
export const stringToSign = (
	url: URL,
	accountName: string,
	headers: Readonly<Record<string, string>>,
	{ method = 'GET', content = '' }: Readonly<{ method?: string; content?: string }> = {},
): string =>
	[
		method,
		...['', ''],
		content === '' ? '' : String(Buffer.byteLength(content)),
		'',
		content === '' ? '' : contentType,
		...Array.from({ length: 6 }, () => ''),
		...Object.entries(headers)
			.toSorted(byName)
			.map(([name, value]) => `${name}:${value}`),
		`/${accountName}${url.pathname}`,
		...[...url.searchParams].toSorted(byName).map(([name, value]) => `${name}:${value}`),
	].join('\n');

const contentType = 'text/plain';

const byName = ([one]: [string, string], [other]: [string, string]): number => (one < other ? -1 : 1);
