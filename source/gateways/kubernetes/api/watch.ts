import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../../pairing/clusters/ports.ts';
import { asRecord, type JsonRecord, parseJson } from '../../../pairing/words/json.ts';
import type { ApiRequest, Connection } from '../connection.ts';
import { explainNetwork } from '../explain.ts';
import { Gathered } from '../gathered.ts';
import { answerOf } from './ask.ts';
import { askedOf, succeed } from './understood.ts';

/** Bytes of all events of one watch. One object has at most a million and a half. */
const most = 4 * 1024 * 1024;

/** Milliseconds between two watches that brought nothing, and between two that did. */
const calm = { nothing: 1000, change: 200 } as const;

type Watched = Readonly<{
	name: string;
	/** The version that is known already: no news. */
	since: string | undefined;
	signal: AbortSignal;
}>;

/** @returns what waits until this object has changed, or may have: anyone who asks is going to look */
export function follow(
	connection: Connection,
	clock: Clock,
): (path: string, watched: Watched) => Promise<void> {
	let changedAt = Number.NEGATIVE_INFINITY;
	return async (path, watched) => {
		const { since, signal } = watched;
		for (const from of since ? [since, undefined] : [undefined]) {
			const found = await watchOnce(connection, path, { ...watched, from });
			if (found === 'change') {
				// A server may say so for ever, each time at once.
				const pause = changedAt + calm.change - clock.now();
				if (pause > 0) {
					await clock.sleep(pause, signal);
				}
				changedAt = clock.now();
				return;
			}
			if (found === 'end') {
				break;
			}
		}
		// And ask again: not at the pace at which a server may say that there is nothing.
		await clock.sleep(calm.nothing, signal);
	};
}

/** `from` is where the watch begins; undefined is what is now. */
type Watch = Watched & Readonly<{ from: string | undefined }>;

/** `error` is the server's word that it cannot watch from there: mostly that it has forgotten that version. */
async function watchOnce(
	connection: Connection,
	path: string,
	{ name, since, from, signal }: Watch,
): Promise<'change' | 'error' | 'end'> {
	const most = 60;
	const query = new URLSearchParams({
		watch: '1',
		fieldSelector: `metadata.name=${name}`,
		timeoutSeconds: String(most - 5),
		...(from && { resourceVersion: from }),
	});
	const request: ApiRequest = { method: 'GET', path: `${path}?${query}`, seconds: most, signal };
	const response = await connection.send(request);
	if (response.statusCode !== 200) {
		succeed(connection, 'GET', path, await answerOf(connection, request, response));
	}
	try {
		for await (const event of eventsIn(response)) {
			if (event.type === 'ERROR') {
				return 'error';
			}
			if (isNews(event.type) && asRecord(asRecord(event.object).metadata).resourceVersion !== since) {
				return 'change';
			}
		}
		return 'end';
	} catch (error) {
		throw explainNetwork(askedOf(connection, 'GET', path), error);
	} finally {
		response.destroy();
	}
}

const isNews = (type: unknown): boolean => type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED';

/** One object of JSON a line. A server that says more than a watch of one object can need has said enough: it ends there. */
async function* eventsIn(response: IncomingMessage): AsyncGenerator<JsonRecord> {
	const line = new Gathered();
	let size = 0;
	for await (const piece of response) {
		size += piece.length;
		if (size > most) {
			return;
		}
		let from = 0;
		for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', from)) {
			line.add(piece.subarray(from, end));
			from = end + 1;
			if (line.size > 0) {
				yield asRecord(parseJson(line.text));
				line.clear();
			}
		}
		line.add(piece.subarray(from));
	}
}
