import type { Refused } from '../pxctl/refused.ts';
import { askAzure } from './azure-store.ts';
import type { CurlOptions } from './curl-options.ts';
import { askGoogle, askGoogleStorage } from './google-store.ts';
import type { Failed, Fetched } from './loopback.ts';
import type { KeptObjects } from './objects.ts';
import { askS3 } from './s3-store.ts';

/**
 * The practice object stores as they are asked over the network. They keep no secrets and take any well-formed signature, bar these: of an
 * account or made with a secret that refused.ts names, or made at a time that is off. An endpoint with `nowhere` in it does not resolve, one with `virtual` refuses path-style, a bucket with `missing`
 * is missing. A server of shares, with `nfs` in its name, hangs up on HTTP.
 * @returns undefined for what is no object store
 */
export function askPracticeStore(
	request: CurlOptions,
	refused: Refused,
	kept: KeptObjects,
): Fetched | Failed | undefined {
	const { hostname } = request.url;
	if (hostname.includes('nowhere')) {
		return { code: 6, words: `Could not resolve host: ${hostname}` };
	}
	if (request.url.port === '2049' && hostname.includes('nfs')) {
		return { code: 52, words: 'Empty reply from server' };
	}
	if (/\.blob\.core\.(windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)$/.test(hostname)) {
		return askAzure(request, refused, kept);
	}
	if (hostname === 'oauth2.googleapis.com') {
		return askGoogle(request, refused);
	}
	if (hostname === 'storage.googleapis.com') {
		return askGoogleStorage(request, kept);
	}
	return hostname.endsWith('.amazonaws.com') || request.headers.authorization?.startsWith('AWS4-')
		? askS3(request, refused, kept)
		: undefined;
}
