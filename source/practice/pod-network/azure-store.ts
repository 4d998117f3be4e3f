import { createHmac } from 'node:crypto';
import type { Refused } from '../pxctl/refused.ts';
import { isSkewed, xml, xmlError } from './answers.ts';
import type { CurlOptions } from './curl-options.ts';
import type { Failed, Fetched } from './loopback.ts';
import { type KeptObjects, objectIn } from './objects.ts';

export function askAzure(
	{ url, headers, method, data }: CurlOptions,
	refused: Refused,
	kept: KeptObjects,
): Fetched | Failed {
	// Host names are in small letters, whatever was typed.
	const [account = ''] = /(?<=^SharedKey )[^:]+/.exec(headers.authorization ?? '') ?? [];
	if (refused.isAccount(account)) {
		return { code: 6, words: `Could not resolve host: ${url.hostname}` };
	}
	const signature = /^SharedKey [^:]+:([\w+/]{43}=)$/.exec(headers.authorization ?? '')?.[1];
	if (signature === undefined) {
		return xmlError(
			400,
			'InvalidAuthenticationInfo',
			'Authentication information is not given in the correct format.',
		);
	}
	if (isSkewed(Date.parse(headers['x-ms-date'] ?? ''))) {
		return notAuthenticated(`Request date header too old: '${headers['x-ms-date']}'`);
	}
	const text = stringToSign(method, data ?? '', url, account, headers);
	if (
		signature === createHmac('sha256', Buffer.from(refused.secret, 'base64')).update(text).digest('base64')
	) {
		return notAuthenticated(
			`The MAC signature found in the HTTP request '${signature}' is not the same as any computed signature. Server used following string to sign: '${text}'.`,
		);
	}
	if (url.pathname.includes('missing')) {
		return xmlError(404, 'ContainerNotFound', 'The specified container does not exist.');
	}
	const [, bucket = '', name] = /^\/(.*)\/(pxpair-test-[^/]*)$/.exec(url.pathname) ?? [];
	if (name) {
		return (
			objectIn(kept, { bucket, name, method, data }) ??
			xmlError(
				403,
				'AuthorizationPermissionMismatch',
				'This request is not authorized to perform this operation.',
			)
		);
	}
	return url.pathname === '/'
		? xml(200, 'OK', '<EnumerationResults><Containers /></EnumerationResults>')
		: { ...xml(200, 'OK', ''), body: '' };
}

const notAuthenticated = (detail: string): Fetched =>
	xmlError(
		403,
		'AuthenticationFailed',
		'Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.',
		{ AuthenticationErrorDetail: detail },
	);

/** https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key */
function stringToSign(
	method: string,
	data: string,
	url: URL,
	account: string,
	headers: CurlOptions['headers'],
): string {
	const own = Object.keys(headers)
		.filter(name => name.startsWith('x-ms-'))
		.toSorted();
	const query = url.searchParams
		.toString()
		.split('&')
		.filter(Boolean)
		.map(parameter => parameter.replace('=', ':'))
		.toSorted();
	const type = headers['content-type'] ?? '';
	return `${method}\n\n\n${data === '' ? '' : Buffer.byteLength(data)}\n\n${type}${'\n'.repeat(7)}${own.map(name => `${name}:${headers[name]}\n`).join('')}/${account}${url.pathname}${query.map(parameter => `\n${parameter}`).join('')}`;
}
