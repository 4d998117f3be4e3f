import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { CurlOptions } from './curl-options.ts';

export type Fetched = Readonly<{
	status: number;
	reason: string;
	headers: Readonly<Record<string, string>>;
	body: string;
}>;

/** curl's exit status and words. */
export type Failed = Readonly<{ code: number; words: string }>;

/** A real request to this machine. Never rejects. */
export function fetchOverLoopback(
	options: CurlOptions,
	host: string,
	port: string,
	ca: string | undefined,
): Promise<Fetched | Failed> {
	const { url, method, headers, data, insecure, seconds } = options;
	const { promise, resolve } = Promise.withResolvers<Fetched | Failed>();
	const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
	const sent = send({
		host,
		port,
		path: `${url.pathname}${url.search}`,
		method,
		headers: {
			'user-agent': 'curl/8.5.0',
			accept: '*/*',
			...headers,
			host: url.host,
			...(data !== undefined && {
				'content-type': headers['content-type'] ?? 'application/x-www-form-urlencoded',
				'content-length': Buffer.byteLength(data),
			}),
		},
		rejectUnauthorized: !insecure,
		agent: false,
		...(ca !== undefined && { ca }),
		...(isIP(url.hostname) === 0 && { servername: url.hostname }),
	});
	const late = setTimeout(
		() =>
			resolve({
				code: 28,
				words: `Operation timed out after ${seconds}000 milliseconds with 0 bytes received`,
			}),
		seconds * 1000,
	);
	sent.on('response', response => {
		const chunks: Buffer[] = [];
		response.on('data', (chunk: Buffer) => chunks.push(chunk));
		response.on('error', error => resolve(failureOf(error, url, port)));
		response.on('end', () =>
			resolve({
				status: response.statusCode ?? 0,
				reason: response.statusMessage ?? '',
				headers: Object.fromEntries(
					Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
				),
				body: Buffer.concat(chunks).toString(),
			}),
		);
	});
	sent.on('error', error => resolve(failureOf(error, url, port)));
	sent.end(data);
	return promise.finally(() => {
		clearTimeout(late);
		sent.destroy();
	});
}

function failureOf(error: NodeJS.ErrnoException, url: URL, port: string): Failed {
	const code = error.code ?? '';
	switch (code) {
		case 'ECONNREFUSED':
			return { code: 7, words: `Failed to connect to ${url.hostname} port ${port}: Connection refused` };
		case 'ECONNRESET':
		case 'HPE_INVALID_EOF_STATE':
			return { code: 52, words: 'Empty reply from server' };
		case 'ERR_TLS_CERT_ALTNAME_INVALID':
			return {
				code: 60,
				words: `SSL: no alternative certificate subject name matches target host name '${url.hostname}'`,
			};
		default:
			break;
	}
	if (code.startsWith('ERR_SSL') || code === 'EPROTO') {
		return { code: 35, words: 'error:0A00010B:SSL routines::wrong version number' };
	}
	return code.startsWith('HPE_')
		? { code: 1, words: 'Received HTTP/0.9 when not allowed' }
		: { code: 60, words: `SSL certificate problem: ${certificateWords[code] ?? error.message}` };
}

const certificateWords: Readonly<Record<string, string>> = {
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unable to get local issuer certificate',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unable to get local issuer certificate',
	SELF_SIGNED_CERT_IN_CHAIN: 'self-signed certificate in certificate chain',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed certificate',
	CERT_HAS_EXPIRED: 'certificate has expired',
};
