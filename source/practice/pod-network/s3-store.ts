import { createHash, createHmac } from 'node:crypto';
import type { Refused } from '../pxctl/refused.ts';
import { isSkewed, xml, xmlError } from './answers.ts';
import type { CurlOptions } from './curl-options.ts';
import type { Fetched } from './loopback.ts';
import { type KeptObjects, objectIn } from './objects.ts';

export function askS3(
	{ url, headers, method, data }: CurlOptions,
	refused: Refused,
	kept: KeptObjects,
): Fetched {
	const login =
		/^AWS4-HMAC-SHA256 Credential=(.*)\/(\d{8}\/([^/]+)\/s3\/aws4_request), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
			headers.authorization ?? '',
		);
	const [, account = '', scope = '', region = '', names = '', signature = ''] = login ?? [];
	const time = headers['x-amz-date'] ?? '';
	if (!login || !/(^|;)host;/.test(names) || headers['x-amz-content-sha256'] !== sha256(data ?? '')) {
		return xmlError(400, 'AuthorizationHeaderMalformed', 'The authorization header is malformed.');
	}
	if (refused.isAccount(account)) {
		return xmlError(
			403,
			'InvalidAccessKeyId',
			'The AWS Access Key Id you provided does not exist in our records.',
			{ AWSAccessKeyId: account },
		);
	}
	if (isSkewed(timeOf(time))) {
		return xmlError(
			403,
			'RequestTimeTooSkewed',
			'The difference between the request time and the current time is too large.',
			{ RequestTime: time, ServerTime: new Date().toISOString() },
		);
	}
	const home = /^(?:.+\.)?s3[.-]([a-z]+-[a-z-]+-\d)\.amazonaws\.com$/.exec(url.hostname)?.[1] ?? region;
	if (region !== home) {
		return xmlError(
			400,
			'AuthorizationHeaderMalformed',
			`The authorization header is malformed; the region '${region}' is wrong; expecting '${home}'`,
			{ Region: home },
		);
	}
	const text = stringToSign(method, url, headers, scope, names);
	if (signature === signed(refused.secret, scope, text)) {
		return xmlError(
			403,
			'SignatureDoesNotMatch',
			'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
			{ AWSAccessKeyId: account, StringToSign: text, SignatureProvided: signature },
		);
	}
	if (!/^\/(pxpair-test-[^/]*)?$/.test(url.pathname) && url.hostname.includes('virtual')) {
		return xmlError(403, 'SecondLevelDomainForbidden', 'Please use virtual hosted style to access.');
	}
	const [, place = '', name] = /^(?:\/(.*))?\/(pxpair-test-[^/]*)$/.exec(url.pathname) ?? [];
	if (name) {
		const bucket = place || (url.hostname.split('.')[0] ?? '');
		return objectIn(kept, { bucket, name, method, data }) ?? xmlError(403, 'AccessDenied', 'Access Denied.');
	}
	const bucket = url.searchParams.has('list-type');
	if (bucket && `${url.hostname}${url.pathname}`.includes('missing')) {
		return xmlError(404, 'NoSuchBucket', 'The specified bucket does not exist');
	}
	const list = bucket ? 'ListBucketResult' : 'ListAllMyBucketsResult';
	return xml(200, 'OK', `<${list} xmlns="http://s3.amazonaws.com/doc/2006-03-01/"></${list}>`);
}

/** `20261107T120000Z` */
const timeOf = (time: string): number =>
	Date.parse(time.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5'));

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
function stringToSign(
	method: string,
	url: URL,
	headers: CurlOptions['headers'],
	scope: string,
	names: string,
): string {
	const canonical = `${method}\n${url.pathname}\n${url.search.slice(1)}\n${names
		.split(';')
		.map(name => `${name}:${name === 'host' ? url.host : headers[name]}\n`)
		.join('')}\n${names}\n${headers['x-amz-content-sha256']}`;
	return `AWS4-HMAC-SHA256\n${headers['x-amz-date']}\n${scope}\n${sha256(canonical)}`;
}

function signed(secret: string, scope: string, text: string): string {
	const key = scope.split('/').reduce((last: string | Buffer, part) => hmac(last, part), `AWS4${secret}`);
	return hmac(key, text).toString('hex');
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
