// What the answers file and the wizard both demand of what is written. Apart from the file's shape: the first frame needs no zod.

const dnsLabel = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const dnsSubdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
export const pairNameRule =
	'lower-case letters, digits, "-" and ".", starting and ending with a letter or digit, at most 253';
export const namespaceRule =
	'lower-case letters, digits and "-", starting and ending with a letter or digit, at most 63';
export const hostRule = 'host or host:port, without http:// and without a path';

export const isPairName = (name: string): boolean => name.length <= 253 && dnsSubdomain.test(name);
export const isNamespaceName = (name: string): boolean => name.length <= 63 && dnsLabel.test(name);

/** `host`, `host:port`, `[v6]`, `[v6]:port`. */
export const isHost = (value: string): boolean => {
	const match =
		/^(?:[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(?::(\d{1,5}))?$/.exec(value);
	return match !== null && (match[2] === undefined || isPort(Number(match[2])));
};

/** A host name or address as the `ip` storage option takes it. */
export const isAddress = (value: string): boolean =>
	/^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/.test(value) ||
	/^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$/.test(value);

export const serverRule = 'https://host or https://host:port of a Kubernetes API server';
export const isServer = (value: string): boolean => {
	const url = URL.parse(value);
	return url?.protocol === 'https:' && !url.username && !url.password && !url.search && !url.hash && !/\s/.test(value);
};

export const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535;
