import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../../pairing/clusters/ports.ts';
import { defined } from '../../../pairing/words/json.ts';
import { PairingError } from '../../../pairing/words/problem.ts';
import type { ApiRequest, Connection } from '../connection.ts';
import { explainTimeout } from '../explain.ts';
import { type Attempt, retrying } from '../retrying.ts';
import { type Answer, readAnswer } from './answer.ts';
import type { ReadOptions } from './list.ts';
import { askedOf } from './understood.ts';

export const readJson = (connection: Connection, clock: Clock, request: ApiRequest): Promise<Answer> =>
	retrying(connection, clock, () => call(connection, request), isPassing);

/** How long an answer may take. */
export const patience = { read: 15, write: 30 };
/** Seconds for all pages of a list, and for all that is asked to know whether a namespace is empty. */
export const longestOfMany = 60;

/** How one cluster is read and written. */
export function requests(connection: Connection, clock: Clock, seconds: typeof patience) {
	return {
		read: (path: string) => readJson(connection, clock, { method: 'GET', path, seconds: seconds.read }),

		/** Reads that have to come to their end together. */
		within(all: number) {
			const end = clock.now() + all * 1000;
			return async (path: string, { accept, over = connection }: ReadOptions = {}) => {
				const left = Math.min(seconds.read, Math.ceil((end - clock.now()) / 1000));
				if (left <= 0) {
					throw explainTimeout(askedOf(connection, 'GET', path), all);
				}
				return readJson(over, clock, defined({ method: 'GET', path, accept, seconds: left } as const));
			};
		},

		write: (request: Omit<ApiRequest, 'seconds'>, how?: 'dry-run') =>
			how === 'dry-run'
				? // Nothing is stored, so it may be sent again as a question may.
					readJson(connection, clock, {
						...request,
						path: `${request.path}&dryRun=All`,
						seconds: seconds.read,
					})
				: writeJson(connection, clock, { ...request, seconds: seconds.write }),
	};
}

/**
 * A write is tried once, and the runner proves what came of it. Only one that the server turned away before it looked at it, and
 * said when to come again, is sent again (client-go rest/with_retry.go).
 */
const writeJson = (connection: Connection, clock: Clock, request: ApiRequest): Promise<Answer> =>
	retrying(connection, clock, () => call(connection, request), isTurnedAway);

/** Worth another try: the connection broke, or the server said that it is busy. */
const isPassing = (tried: Attempt<Answer>): boolean =>
	tried.kind === 'answer'
		? [429, 500, 502, 503, 504].includes(tried.answer.code)
		: tried.error instanceof PairingError && tried.error.problem.id === 'connection-lost';

const isTurnedAway = (tried: Attempt<Answer>): boolean =>
	tried.kind === 'answer' && tried.answer.retryAfter !== undefined && [429, 503].includes(tried.answer.code);

const call = async (connection: Connection, request: ApiRequest): Promise<Answer> =>
	answerOf(connection, request, await connection.send(request));

export const answerOf = (
	connection: Connection,
	{ method, path }: ApiRequest,
	response: IncomingMessage,
): Promise<Answer> =>
	readAnswer(askedOf(connection, method, path), response, connection.signal, connection.takeTurn);
