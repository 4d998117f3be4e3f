import { BlockList, isIP } from 'node:net';
import type { Environment } from '../../../pairing/words/environment.ts';
import { textIn } from '../../../pairing/words/json.ts';
import type { Entry } from '../kubeconfig.ts';
import { isGoUrl } from './address.ts';
import { refuse } from './fault.ts';

/**
 * The proxy on the way to a server: the `proxy-url` of the kubeconfig, which NO_PROXY does not touch, else the variables as Go
 * reads them (client-go transport/cache.go, golang.org/x/net/http/httpproxy). ALL_PROXY is not read.
 * @throws KubeconfigFault
 */
export function proxyFor(server: URL, cluster: Entry | undefined, environment: Environment): URL | undefined {
	const own = textIn(cluster?.fields['proxy-url']);
	if (own !== '') {
		return URL.parse(own) ?? refuse('its proxy-url is not an http://, https:// or socks5:// address');
	}
	const variable = server.protocol === 'http:' ? 'HTTP_PROXY' : 'HTTPS_PROXY';
	const value = environment[variable] || environment[variable.toLowerCase()];
	if (!value || goesStraight(server, environment.NO_PROXY || environment.no_proxy || '')) {
		return undefined;
	}
	if (variable === 'HTTP_PROXY' && environment.REQUEST_METHOD) {
		return refuse('HTTP_PROXY is not used while REQUEST_METHOD is set');
	}
	// Go asks a proxy of any other scheme as one of http.
	const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\/[^/]/i.test(value) ? value : `http://${value}`);
	return url?.hostname && isGoUrl(value) ? url : refuse(`${variable} is not the address of a proxy`);
}

function goesStraight(server: URL, exceptions: string): boolean {
	const host = bare(server.hostname);
	const port = server.port || (server.protocol === 'http:' ? '80' : '443');
	return (
		host === 'localhost' ||
		host === '::1' ||
		(isIP(host) === 4 && host.startsWith('127.')) ||
		exceptions.split(',').some(exception => covers(exception.trim().toLowerCase(), host, port))
	);
}

function covers(exception: string, host: string, port: string): boolean {
	if (exception === '') {
		return false;
	}
	if (exception === '*') {
		return true;
	}
	if (exception.includes('/')) {
		return isIn(exception, host);
	}
	// Brackets belong to a port: without one they are part of a name that no host has.
	const [, name = exception, itsPort = ''] =
		/^\[?([^[\]]*?)\]?:([^:\]]*)$/.exec(isIP(exception) ? '' : exception) ?? [];
	if (name === '' || (itsPort !== '' && itsPort !== port)) {
		return false;
	}
	const wanted = name.replace(/^\*(?=\.)/, '').replace(/^::ffff:(?=[\d.]+$)/, '');
	if (isIP(wanted) || isIP(host)) {
		return wanted === host;
	}
	return wanted.startsWith('.') ? host.endsWith(wanted) : host === wanted || host.endsWith(`.${wanted}`);
}

function isIn(range: string, host: string): boolean {
	const [address = '', bits = ''] = range.split('/');
	const family = isIP(address);
	const most = family === 6 ? 128 : 32;
	if (family === 0 || isIP(host) !== family || !/^\d+$/.test(bits) || Number(bits) > most) {
		return false;
	}
	const kind = family === 6 ? 'ipv6' : 'ipv4';
	const list = new BlockList();
	list.addSubnet(address, Number(bits), kind);
	return list.check(host, kind);
}

const bare = (host: string): string => host.replaceAll(/[[\]]/g, '');
