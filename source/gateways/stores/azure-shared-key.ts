import { createHmac } from 'node:crypto';
import type { Secret } from '../../pairing/words/secret.ts';

export type AzureSigning = Readonly<{ url: URL; accountName: string; accountKey: Secret; now: Date }>;

/** Shared Key for a GET without a body. https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key */
export function azureAuthorization({ url, accountName, accountKey, now }: AzureSigning) {
	const headers = { 'x-ms-date': now.toUTCString(), 'x-ms-version': '2020-10-02' };
	const signature = createHmac('sha256', Buffer.from(accountKey.reveal(), 'base64'))
		.update(stringToSign(url, accountName, headers))
		.digest('base64');
	return { signature, headers: { ...headers, Authorization: `SharedKey ${accountName}:${signature}` } };
}

/** The empty lines are headers that such a request has not. */
export const stringToSign = (
	url: URL,
	accountName: string,
	headers: Readonly<Record<string, string>>,
): string =>
	[
		'GET',
		...Array.from({ length: 11 }, () => ''),
		...Object.entries(headers).map(([name, value]) => `${name}:${value}`),
		`/${accountName}${url.pathname}`,
		...[...url.searchParams].toSorted(byName).map(([name, value]) => `${name}:${value}`),
	].join('\n');

const byName = ([one]: [string, string], [other]: [string, string]): number => (one < other ? -1 : 1);
