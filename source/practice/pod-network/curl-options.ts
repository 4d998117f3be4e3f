import { parseArgs } from 'node:util';

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

const flag = { type: 'boolean' } as const;
const value = { type: 'string', multiple: true } as const;

const known = {
	cacert: value,
	config: { ...value, short: 'K' },
	'connect-timeout': value,
	'connect-to': value,
	data: { ...value, short: 'd' },
	'data-binary': value,
	disable: { ...flag, short: 'q' },
	globoff: { ...flag, short: 'g' },
	header: { ...value, short: 'H' },
	include: { ...flag, short: 'i' },
	insecure: { ...flag, short: 'k' },
	'max-time': { ...value, short: 'm' },
	noproxy: value,
	proto: value,
	request: { ...value, short: 'X' },
	resolve: value,
	'show-error': { ...flag, short: 'S' },
	silent: { ...flag, short: 's' },
	url: value,
} as const;

/** Throws at what it does not know, so that no one takes an option for effective that is not. */
export function curlOptions(args: readonly string[], stdin: string): CurlOptions {
	const given = parsed(args);
	const more = given.values.config ? parsed(stdin.split('\n').filter(Boolean).map(asArgument)) : undefined;
	const found = { ...given.values, ...more?.values };
	const data = (found.data ?? found['data-binary'])?.at(-1);
	return {
		url: new URL(found.url?.at(-1) ?? given.positionals.at(-1) ?? ''),
		headers: Object.fromEntries(
			[...(given.values.header ?? []), ...(more?.values.header ?? [])].map(headerOf),
		),
		method: found.request?.at(-1) ?? (data === undefined ? 'GET' : 'POST'),
		data: data === '@-' ? stdin : data,
		include: found.include ?? false,
		insecure: found.insecure ?? false,
		caFile: found.cacert?.at(-1),
		connectTo: detour(found.resolve?.at(-1), found['connect-to']?.at(-1)),
		seconds: Number(found['max-time']?.at(-1) ?? 60),
	};
}

function parsed(args: readonly string[]) {
	try {
		return parseArgs({ args: [...args], options: known, allowPositionals: true });
	} catch (error) {
		const [, option = ''] = /'(-[^', ]+)/.exec((error as Error).message) ?? [];
		throw new Error(`option ${option}: is unknown`);
	}
}

/** A line of a configuration file. */
function asArgument(line: string): string {
	const [, name = '', quoted] = /^([\w-]+)(?: = "(.*)")?$/.exec(line) ?? [];
	return `--${name}${quoted === undefined ? '' : `=${quoted.replaceAll(/\\(.)/g, '$1')}`}`;
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
