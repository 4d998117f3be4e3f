import { request as httpRequest } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { goMessage } from './go-errors.ts';

export type Answer = Readonly<{ code: number; body: string }>;

/** One request, one connection. Rejects in the words of a Go client, also when no answer came within the milliseconds of `timeout`. */
export function request(
	url: URL,
	options: RequestOptions & { timeout: number },
	body?: string,
): Promise<Answer> {
	const { promise, resolve, reject } = Promise.withResolvers<Answer>();
	const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
	const fail = (error: Error) => reject(new Error(goMessage(error, url)));
	const sent = send(url, { ...options, agent: false }, response => {
		const chunks: Buffer[] = [];
		response.on('data', (chunk: Buffer) => chunks.push(chunk));
		response.on('error', fail);
		response.on('end', () =>
			resolve({ code: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
		);
	});
	const late = setTimeout(
		() => sent.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })),
		options.timeout,
	);
	sent.on('error', fail);
	sent.on('close', () => clearTimeout(late));
	sent.end(body);
	return promise;
}
