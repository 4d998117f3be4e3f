import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../../pairing/clusters/ports.ts';
import { PairingError } from '../../../pairing/words/problem.ts';
import type { ApiRequest, Connection } from '../connection.ts';
import { type Attempt, retrying } from '../retrying.ts';
import { type Answer, readAnswer } from './answer.ts';
import { askedOf } from './understood.ts';

export const readJson = (connection: Connection, clock: Clock, request: ApiRequest): Promise<Answer> =>
	retrying(connection, clock, () => call(connection, request), isPassing);

/**
 * A write is tried once, and the runner proves what came of it. Only one that the server turned away before it looked at it, and
 * said when to come again, is sent again (client-go rest/with_retry.go).
 */
export const writeJson = (connection: Connection, clock: Clock, request: ApiRequest): Promise<Answer> =>
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
