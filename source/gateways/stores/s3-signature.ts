import { createHash, createHmac } from 'node:crypto';
import type { Secret } from '../../pairing/words/secret.ts';

export type S3Signing = Readonly<{
	/** Query parameters in alphabetical order. */
	url: URL;
	region: string;
	accessKeyId: Secret;
	secretAccessKey: Secret;
	now: Date;
	method?: 'PUT' | 'DELETE';
	content?: string;
	/** Further headers to sign, names in lower case. */
	also?: Readonly<Record<string, string>>;
}>;

/**
 * AWS Signature Version 4.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function s3Authorization(signing: S3Signing) {
	const { url, region, accessKeyId, secretAccessKey, now, method = 'GET', content = '', also = {} } = signing;
	const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
	const day = time.slice(0, 8);
	const scope = `${day}/${region}/s3/aws4_request`;
	const signed = Object.fromEntries(
		Object.entries({
			...also,
			host: url.host,
			'x-amz-content-sha256': sha256(content),
			'x-amz-date': time,
		}).toSorted(([one], [other]) => (one < other ? -1 : 1)),
	);
	const names = Object.keys(signed).join(';');
	const canonical = [
		method,
		url.pathname,
		canonicalQuery(url),
		...Object.entries(signed).map(([name, value]) => `${name}:${value}`),
		'',
		names,
		sha256(content),
	].join('\n');
	const key = [day, region, 's3', 'aws4_request'].reduce<Buffer>(
		hmac,
		Buffer.from(`AWS4${secretAccessKey.reveal()}`),
	);
	const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString(
		'hex',
	);
	const { host: _host, ...headers } = signed;
	return {
		signature,
		headers: {
			...headers,
			Authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId.reveal()}/${scope},SignedHeaders=${names},Signature=${signature}`,
		},
	};
}

/** A parameter without a value has an equals sign anyway. */
const canonicalQuery = ({ searchParams }: URL): string =>
	[...searchParams]
		.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
		.join('&');

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
