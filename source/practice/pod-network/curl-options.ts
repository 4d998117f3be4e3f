/** What the pods' curl was asked for. */
export type CurlOptions = Readonly<{
	url: URL;
	/** Names in lower case. */
	headers: Readonly<Record<string, string>>;
	method: string;
	/** The body. */
	data: string | undefined;
	/** Whether the head of the answer is printed, too. */
	include: boolean;
	insecure: boolean;
	/** The file with the only CA that is trusted. */
	caFile: string | undefined;
	/** What the URL's host represents. */
	connectTo: Readonly<{ host: string; port: string }> | undefined;
	seconds: number;
}>;

/** Throws at what it does not know, so that no one takes an option for effective that is not. */
export function curlOptions(args: readonly string[], stdin: string): CurlOptions {
	const found = new Map<string, string[]>();
	const put = (name: string, value: string) => found.set(name, [...(found.get(name) ?? []), value]);
	const left = [...args];
	for (let word = left.shift(); word !== undefined; word = left.shift()) {
		const name = longNames[word] ?? /^--([\w-]+)$/.exec(word)?.[1];
		if (name === 'config') {
			left.shift();
			for (const line of stdin.split('\n').filter(Boolean)) put(...configLine(line));
		} else if (name !== undefined && flags.has(name)) {
			put(name, '');
		} else if (name !== undefined && withValue.has(name)) {
			put(name, left.shift() ?? '');
		} else if (word === '-sS') {
			put('silent', '');
		} else if (word.startsWith('-')) {
			throw new Error(`option ${word}: is unknown`);
		} else {
			put('url', word);
		}
	}
	const one = (name: string) => found.get(name)?.at(-1);
	const data = one('data') ?? one('data-binary');
	return {
		url: new URL(one('url') ?? ''),
		headers: Object.fromEntries((found.get('header') ?? []).map(headerOf)),
		method: one('request') ?? (data === undefined ? 'GET' : 'POST'),
		data: data === '@-' ? stdin : data,
		include: found.has('include'),
		insecure: found.has('insecure'),
		caFile: one('cacert'),
		connectTo: detour(one('resolve'), one('connect-to')),
		seconds: Number(one('max-time') ?? 60),
	};
}

const longNames: Readonly<Record<string, string>> = {
	'-q': 'disable',
	'-K': 'config',
	'-k': 'insecure',
	'-i': 'include',
};
const flags = new Set(['disable', 'silent', 'show-error', 'include', 'globoff', 'insecure']);
const withValue = new Set([
	...['noproxy', 'proto', 'connect-timeout', 'max-time', 'cacert', 'resolve', 'connect-to'],
	...['header', 'data', 'data-binary', 'request', 'url'],
]);

function configLine(line: string): [name: string, value: string] {
	const [, name = '', quoted] = /^([\w-]+)(?: = "(.*)")?$/.exec(line) ?? [];
	if (!(quoted === undefined ? flags : withValue).has(name)) {
		throw new Error(`option --${name}: is unknown`);
	}
	return [name, (quoted ?? '').replaceAll(/\\(.)/g, '$1')];
}

function headerOf(line: string): [name: string, value: string] {
	const colon = line.indexOf(':');
	return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

/** `NAME:PORT:ADDRESS` and `NAME:PORT:HOST:PORT`. */
function detour(resolve: string | undefined, connectTo: string | undefined): CurlOptions['connectTo'] {
	const [, port, address] = /^[^:]+:(\d+):(.+)$/.exec(resolve ?? '') ?? [];
	if (port && address) {
		return { host: address, port };
	}
	const [, host, toPort] = /^[^:]+:\d+:(.+):(\d+)$/.exec(connectTo ?? '') ?? [];
	return host && toPort ? { host, port: toPort } : undefined;
}
