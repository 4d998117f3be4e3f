import { descriptor, openPath, type Process, type Program, readAll, say } from '../pod/process.ts';
import { type CurlOptions, curlOptions } from './curl-options.ts';
import type { Fetched } from './loopback.ts';

/** The curl of a pod. */
export const curl: Program = async (process, args) => {
	const result = await ask(process, args);
	if ('code' in result) {
		await say(process, `curl: (${result.code}) ${result.words}\n`, 2);
		return result.code;
	}
	await say(process, result.text);
	return 0;
};

async function ask(process: Process, args: readonly string[]) {
	try {
		const readsInput = args.some(word => word === '-' || word === '@-');
		const stdin = readsInput ? (await readAll(process, descriptor(process, 0))).toString() : '';
		const options = curlOptions(args, stdin);
		const answer = await process.container.network.fetch(options, await certificate(process, options));
		return 'code' in answer ? answer : { text: printed(answer, options) };
	} catch (error) {
		process.signal.throwIfAborted();
		return { code: 2, words: (error as Error).message };
	}
}

/** A file that can't be read is none that verifies anything. */
async function certificate(process: Process, { caFile }: CurlOptions): Promise<string | undefined> {
	if (caFile === undefined) return undefined;
	const file = openPath(process, caFile, 'read');
	try {
		return (await readAll(process, file)).toString();
	} finally {
		file.release();
	}
}

function printed({ status, reason, headers, body }: Fetched, { include }: CurlOptions): string {
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
	return `${include ? `HTTP/1.1 ${status} ${reason}\r\n${lines.join('')}\r\n` : ''}${body}`;
}
