import type { ServerResponse } from 'node:http';
import type { Fault } from '../../contract.ts';
import type { Answer } from '../cluster.ts';
import { commonHeaders, payloadOf, textOf } from './deliver.ts';

/** Sends another answer than the one that was found, as fast as it is taken. */
export async function deliverRewritten(
	answer: Answer,
	response: ServerResponse,
	{ rewrite, code: given }: Extract<Fault, { kind: 'rewritten' }>,
): Promise<void> {
	response.on('error', () => response.destroy());
	if (answer.kind === 'stream') {
		response.writeHead(200, { ...commonHeaders(), 'content-type': answer.type }).flushHeaders();
		let written = Promise.resolve();
		const then = (next: () => unknown) => {
			written = written.then(async () => void (await next()));
		};
		const stop = answer.start(
			event => then(() => pour(response, rewrite(textOf(event), 'event'))),
			() => then(() => response.end()),
		);
		response.once('close', stop);
		return;
	}
	const { code, headers, body } = payloadOf(answer, response.req);
	response.writeHead(given ?? code, { ...commonHeaders(), ...headers });
	await pour(response, rewrite(body.toString(), 'body'));
	response.end();
}

async function pour(response: ServerResponse, parts: Iterable<string>): Promise<void> {
	for (const part of parts) {
		if (response.destroyed) return;
		if (!response.write(part)) await roomIn(response);
	}
}

const roomIn = (response: ServerResponse): Promise<void> =>
	new Promise(resolve => {
		const go = () => {
			response.off('drain', go).off('close', go);
			resolve();
		};
		response.on('drain', go).on('close', go);
	});
