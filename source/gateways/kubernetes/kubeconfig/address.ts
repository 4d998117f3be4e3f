/**
 * The address of a server as Go reads it (client-go rest/url_utils.go, net/url): `host:port` is http, whatever CA is beside
 * it, an IPv6 address needs no brackets, a query is dropped, and `#` begins no fragment. undefined: refused.
 */
export function serverUrl(text: string): URL | undefined {
	if (/[\s\p{Cc}\\]|^\/|%(?![\da-f]{2})/iu.test(text) || text.length > 2048) {
		return undefined;
	}
	const [address = ''] = text.split('?');
	const [, login = ''] = /^(?:\w+:\/\/)?([^/]*)@/.exec(address) ?? [];
	if (/[^\w\-.:~!$&'()*+,;=%@]/.test(login)) {
		return undefined;
	}
	const hasScheme = /^[a-z][a-z\d+.-]*:\/\/[^/]/i.test(address);
	const url = URL.parse(bracketed(hasScheme ? address : `http://${address}`).replaceAll('#', '%23'));
	return url?.hostname && /^https?:$/.test(url.protocol) && (hasScheme || url.pathname === '/')
		? url
		: undefined;
}

const bracketed = (address: string): string =>
	address.replace(/^(\w+:\/\/(?:[^/@]*@)?)([\da-f:]*:[\da-f]*):(\d+)(?=\/|$)/i, '$1[$2]:$3');

/** A path is a prefix, which Go unescapes, and escapes again in its own way: `%2F` becomes a slash. */
export function originAndPrefix(url: URL): string {
	return `${url.protocol}//${url.host}${prefixOf(url.pathname)}`;
}

function prefixOf(path: string): string {
	try {
		return new URL(`x:${goEscape(decodeURIComponent(path))}`).pathname
			.replaceAll(/\/{2,}/g, '/')
			.replace(/\/$/, '');
	} catch {
		return path;
	}
}

const goEscape = (path: string): string =>
	encodeURIComponent(path)
		.replaceAll(/%(24|26|2B|2C|2F|3A|3B|3D|40)/g, decodeURIComponent)
		.replaceAll(/[!'()*]/g, letter => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
