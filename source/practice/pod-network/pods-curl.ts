import { isIP } from 'node:net';
import type { ClosedToPods } from '../contract.ts';
import { type CurlOptions, curlOptions } from './curl-options.ts';
import { type Failed, type Fetched, fetchOverLoopback } from './loopback.ts';
import { askPracticeStore } from './stores.ts';

export type CurlCall = Readonly<{ args: readonly string[]; stdin: string; ca: string }>;
export type CurlResult = Readonly<{ code: number; stdout: string; stderr: string }>;

export type Surroundings = Readonly<{
	closedToPods: ClosedToPods;
	/** The account that the practice store refuses just now; `*` for all. */
	storeRefuses(): string | undefined;
}>;

/** What curl prints, and its exit status. Addresses other than loopback never leave this machine. */
export async function podsCurl(call: CurlCall, surroundings: Surroundings): Promise<CurlResult> {
	try {
		const options = curlOptions(call.args, call.stdin);
		const answer = await fetched(options, call.ca, surroundings);
		return 'code' in answer ? complaint(answer.code, answer.words) : printed(answer, options);
	} catch (error) {
		return complaint(2, (error as Error).message);
	}
}

async function fetched(
	options: CurlOptions,
	ca: string,
	surroundings: Surroundings,
): Promise<Fetched | Failed> {
	const { url, connectTo } = options;
	const host = connectTo?.host ?? url.hostname.replaceAll(/[[\]]/g, '');
	const port = connectTo?.port ?? (url.port || (url.protocol === 'http:' ? '80' : '443'));
	switch (surroundings.closedToPods.get(`${host}:${port}`)) {
		case 'refused':
			return { code: 7, words: `Failed to connect to ${host} port ${port}: Connection refused` };
		case 'silent':
			return { code: 28, words: 'Connection timed out after 5001 milliseconds' };
		default:
			break;
	}
	if (/^(127\.\d+\.\d+\.\d+|::1|localhost)$/.test(host)) {
		return fetchOverLoopback(options, host, port, ca);
	}
	const answer = askPracticeStore(options, surroundings.storeRefuses());
	if (answer) {
		return answer;
	}
	return isIP(host)
		? { code: 7, words: `Failed to connect to ${host} port ${port}: No route to host` }
		: { code: 6, words: `Could not resolve host: ${host}` };
}

function printed({ status, reason, headers, body }: Fetched, { include }: CurlOptions): CurlResult {
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
	const head = `HTTP/1.1 ${status} ${reason}\r\n${lines.join('')}\r\n`;
	return { code: 0, stdout: `${include ? head : ''}${body}`, stderr: '' };
}

const complaint = (code: number, words: string): CurlResult => ({
	code,
	stdout: '',
	stderr: `curl: (${code}) ${words}\n`,
});
