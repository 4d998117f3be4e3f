// What the answers file and the wizard both demand of what is written. Apart from the file's shape: the first frame needs no zod.

const dnsLabel = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const dnsSubdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
export const pairNameRule =
	'lowercase letters, digits, "-" and ".", starting and ending with a letter or digit, at most 253';
export const namespaceRule =
	'lowercase letters, digits and "-", starting and ending with a letter or digit, at most 63';
export const hostRule = 'host or host:port, without http:// and without a path';

export const isPairName = (name: string): boolean => name.length <= 253 && dnsSubdomain.test(name);
export const isNamespaceName = (name: string): boolean => name.length <= 63 && dnsLabel.test(name);

/** `host`, `host:port`, `[v6]`, `[v6]:port`. */
export const isHost = (value: string): boolean => {
	const match = /^(?:([A-Za-z0-9.-]{1,253})|\[([0-9A-Fa-f:.]{2,45})\])(?::(\d{1,5}))?$/.exec(value);
	const [, name, address, port] = match ?? [];
	return (
		(name !== undefined ? isName(name) : address !== undefined && isIpv6(address)) &&
		(port === undefined || isPort(Number(port)))
	);
};

/** A host name or address as the `ip` storage option takes it. */
export const isAddress = (value: string): boolean => isName(value) || isIpv6(value);

/** What ends like an IPv4 address is one: `10.0.0.256` is no one's name. */
const isName = (value: string): boolean =>
	value.length <= 253 &&
	value.split('.').every(label => /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/.test(label)) &&
	(!/(^|\.)\d+$/.test(value) || URL.parse(`http://${value}`)?.hostname === value);

const isIpv6 = (value: string): boolean =>
	/^[0-9A-Fa-f:.]{2,45}$/.test(value) && URL.canParse(`http://[${value}]`);

export const serverRule = 'https://host or https://host:port of a Kubernetes API server';
/** As Go reads it, which forgives less than browsers do: a host, a port and a path; no login, no query, and nothing that a shell or sed reads as its own. */
export const isServer = (value: string): boolean =>
	/^https:\/\/(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?:\/[\w.~%:/-]*)?$/i.test(value) &&
	URL.canParse(value);

export const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535;
