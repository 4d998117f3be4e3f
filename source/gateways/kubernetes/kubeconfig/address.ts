/**
 * The address of a server as Go reads it (client-go rest/url_utils.go, net/url): `host:port` is http, whatever CA is beside
 * it, an IPv6 address needs no brackets, a query is dropped, and `#` begins no fragment but in the host. undefined: refused.
 */
export function serverUrl(text: string): URL | undefined {
	const [address = ''] = text.split('?');
	if (!isGoUrl(address) || address.startsWith('/') || text.length > 2048) {
		return undefined;
	}
	const hasScheme = /^[a-z][a-z\d+.-]*:\/\/[^/]/i.test(address);
	const [, place = '', path = ''] =
		/^(\w+:\/\/[^/#]*)(?:#.*$)?(.*)$/.exec(bracketed(hasScheme ? address : `http://${address}`)) ?? [];
	const url = URL.parse(`${place}${path.replaceAll(/[#\\ ]/g, encodeURIComponent)}`);
	return url?.hostname &&
		/^https?:$/.test(url.protocol) &&
		(hasScheme || url.pathname === '/') &&
		isHostOf(url, place)
		? url
		: undefined;
}

/** What net/url refuses: control characters, a broken escape, and in login and host what they may not hold. */
export function isGoUrl(text: string): boolean {
	const [, login = '', host = ''] =
		/^(?:[a-z][a-z\d+.-]*:)?(?:\/\/)?(?:([^/?#]*)@)?([^/?#]*)/i.exec(text) ?? [];
	return !(
		/\p{Cc}|%(?![\da-f]{2})/iu.test(text) ||
		/[^\w\-.:~!$&'()*+,;=%@]/.test(login) ||
		/[\s\\]/.test(host)
	);
}

/** A URL turns `127.1`, `0x7f.1` and `%6c` into what they are to a browser; to Go they are names, or nothing. */
const isHostOf = ({ hostname }: URL, place: string): boolean => {
	const [, host = ''] = /^\w+:\/\/(?:.*@)?(\[.*\]|[^:]*)/.exec(place) ?? [];
	return host.startsWith('[') || host.toLowerCase() === hostname || /(^|\.)xn--/.test(hostname);
};

/** Whether an address says who logs in: with an empty name, too. */
export const namesLogin = (text: string): boolean => /^(?:[a-z][a-z\d+.-]*:\/\/)?[^/?#]*@/i.test(text);

/** Any bytes may be escaped, those of no UTF-8 among them. */
export const unescaped = (text: string): Buffer =>
	Buffer.from(
		text.replaceAll(/%([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
		'latin1',
	);

/** What HTTP calls Basic, of the escaped name and password of a URL. */
export const basicOf = ({ username, password }: URL): string =>
	`Basic ${Buffer.concat([unescaped(username), Buffer.from(':'), unescaped(password)]).toString('base64')}`;

/** An IPv4 address in the clothes of IPv6 is that address, to certificates and proxies as well. */
const bracketed = (address: string): string =>
	address
		.replace(/\[::ffff:((?:\d+\.){3}\d+)\]/i, '$1')
		.replace(/^(\w+:\/\/(?:[^/@]*@)?)([\da-f:]*:[\da-f]*):(\d+)(?=\/|$)/i, '$1[$2]:$3');

/** A path is a prefix, which Go unescapes, and escapes again in its own way: `%2F` becomes a slash. */
export function originAndPrefix(url: URL): string {
	return `${url.protocol}//${url.host}${prefixOf(url.pathname)}`;
}

function prefixOf(path: string): string {
	try {
		const plain = decodeURIComponent(path).replaceAll(/\/{2,}/g, '/');
		return new URL(`x:${goEscape(plain)}`).pathname.replaceAll(/\/{2,}/g, '/').replace(/\/$/, '');
	} catch {
		return path;
	}
}

const goEscape = (path: string): string =>
	encodeURIComponent(path)
		.replaceAll(/%(24|26|2B|2C|2F|3A|3B|3D|40)/g, decodeURIComponent)
		.replaceAll(/[!'()*]/g, letter => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
