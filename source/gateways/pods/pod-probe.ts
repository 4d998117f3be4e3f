import { isIP } from 'node:net';
import type { PortworxFacts } from '../../pairing/clusters/cluster.ts';
import { shortLine } from '../../pairing/words/outside-text.ts';
import type { Secret } from '../../pairing/words/secret.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { type RanInPod, runInAnyPod } from './any-pod.ts';
import { countedInput } from './session/counted-input.ts';

/** One request of curl's, in a Portworx pod. */
export type PodCurl = Readonly<{
	url: URL;
	/** PEM of the only CA to trust; `system`: what the pod trusts; `none`: whatever comes. */
	trust: 'system' | 'none' | Readonly<{ ca: string }>;
	headers?: Readonly<Record<string, string>>;
	/** Without it, a GET; a form goes by POST. */
	method?: 'PUT' | 'POST' | 'DELETE';
	/** Sent as plain text. */
	content?: string;
	form?: string;
	/** What of these is secret. */
	secrets?: readonly Secret[];
	/** The address that the URL's host represents, as in `--resolve` and `--connect-to`. */
	connectTo?: Readonly<{ host: string; port: string }>;
}>;

/**
 * `because` can be told as it is; of an answer, what is told goes through `shown`. `words` are to be read: a secret that is also a word
 * of theirs hides nothing there.
 */
export type ProbeResult = Pick<RanInPod, 'pod' | 'shown'> &
	Readonly<
		| { kind: 'answered'; status: number; head: string; body: string }
		/** curl's exit status and its own words. */
		| { kind: 'failed'; code: number; words: string; because: string }
		/** Nothing but a connection was tried, by bash. */
		| { kind: 'connected'; code: number; words: string; because: string }
		| { kind: 'untested'; because: string }
	>;

const longest = { connect: 5, answer: 8, exec: 20 } as const;
const mostBody = 4096;

/** @throws PairingError when no pod takes the exec, or it breaks off */
export async function curlInPod(
	connection: Connection,
	portworx: PortworxFacts,
	request: PodCurl,
): Promise<ProbeResult> {
	const { stdout, stderr, pod, shown } = await run(connection, portworx, inputOf(request), request.secrets);
	const from = { pod, shown };
	const ended = /^(curl|bash) (\d+)\s*$/m.exec(stderr);
	const code = Number(ended?.[2]);
	if (!ended) {
		return { ...from, kind: 'untested', because: 'the pod has no curl' };
	}
	if (ended[1] === 'bash') {
		return {
			...from,
			kind: 'connected',
			code,
			words: wordsOfBash(stderr),
			because: wordsOfBash(shown(stderr)),
		};
	}
	const answer = answerIn(stdout);
	if (answer) {
		// What ends it after that (a cut, a pause) is no matter.
		return { ...from, kind: 'answered', ...answer };
	}
	if (code === exitOf.cannotRun || code === exitOf.notFound) {
		return { ...from, kind: 'untested', because: `curl does not start in the pod (exit status ${code})` };
	}
	// Before any of it is cut: half a secret is not known again.
	const because = wordsOfCurl(shown(stderr)) || `curl's exit status ${code}`;
	return { ...from, kind: 'failed', code, words: wordsOfCurl(stderr), because };
}

/** What `date` says in a Portworx pod. */
export const dateInPod = (connection: Connection, portworx: PortworxFacts): Promise<RanInPod> =>
	run(connection, portworx, countedInput(['', '', '', '0']));

const run = (
	connection: Connection,
	portworx: PortworxFacts,
	stdin: string,
	secrets: readonly Secret[] = [],
): Promise<RanInPod> =>
	runInAnyPod(connection, portworx, {
		work: 'look',
		stdin,
		secrets,
		seconds: longest.exec,
		repeatable: true,
	});

function inputOf(request: PodCurl): string {
	const { url, trust } = request;
	const config = configOf(request);
	return countedInput([
		typeof trust === 'object' ? Buffer.from(trust.ca).toString('base64') : '',
		// A signed request is of use only as a whole.
		...(request.headers || request.form ? ['', ''] : [bare(url.hostname), portOf(url)]),
		String(config.length),
		...config,
	]);
}

/** curl's options as its configuration files have them, all older than 7.29 but `connect-to`. */
function configOf({ url, trust, headers = {}, method, content, form, connectTo }: PodCurl): string[] {
	return [
		'silent',
		'show-error',
		'include',
		'globoff',
		option('noproxy', '*'),
		option('proto', '=http,https'),
		option('connect-timeout', String(longest.connect)),
		option('max-time', String(longest.answer)),
		...(trust === 'none' ? ['insecure'] : []),
		...(typeof trust === 'object' ? [option('cacert', '/dev/fd/3')] : []),
		...(connectTo ? [detour(url, connectTo)] : []),
		...Object.entries(headers).map(([name, value]) => option('header', `${name}: ${value}`)),
		...(method === undefined ? [] : [option('request', method)]),
		...(form === undefined ? [] : [option('data', form)]),
		...(content === undefined
			? []
			: [option('header', 'Content-Type: text/plain'), option('data-binary', content)]),
		option('url', url.href),
	];
}

function option(name: string, value: string): string {
	if (/\p{Cc}/u.test(value)) {
		throw new RangeError('a value for curl holds a control character');
	}
	return `${name} = "${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** Old curls know only how to resolve a name to an address. */
function detour(url: URL, { host, port }: { host: string; port: string }): string {
	return isIP(host)
		? option('resolve', `${url.hostname}:${portOf(url)}:${host}`)
		: option('connect-to', `${url.hostname}:${portOf(url)}:${host}:${port}`);
}

export const portOf = ({ port, protocol }: URL): string => port || (protocol === 'http:' ? '80' : '443');

/** An IPv6 address without its brackets. */
export const bare = (host: string): string => host.replaceAll(/[[\]]/g, '');

const exitOf = { cannotRun: 126, notFound: 127 } as const;

/** The last head of an answer, since others may precede it (`100 Continue`), and the body behind. */
function answerIn(output: string): Readonly<{ status: number; head: string; body: string }> | undefined {
	const found = /^(?:HTTP\/[\d.]+ 1\d\d.*?\r?\n\r?\n)*(HTTP\/[\d.]+ (\d{3}).*?\r?\n)\r?\n/s.exec(output);
	if (!found) {
		return undefined;
	}
	const body = Buffer.from(output.slice(found[0].length)).subarray(0, mostBody).toString('utf8');
	return { status: Number(found[2]), head: found[1] ?? '', body };
}

/** `curl: (7) Failed to connect to …`, of which the number is known already. */
const wordsOfCurl = (stderr: string): string =>
	shortLine(/^curl: (?:\(\d+\) )?(.*)$/m.exec(stderr)?.[1] ?? stderr.replace(/^curl \d+\s*$/m, ''));

/** `10.0.0.1: connect: Connection refused`, and only then that `/dev/tcp/10.0.0.1/9001` failed. */
const wordsOfBash = (stderr: string): string =>
	shortLine(/^.*: (.+)$/m.exec(stderr)?.[1] ?? 'no answer within 5 s');
