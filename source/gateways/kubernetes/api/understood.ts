import type * as z from 'zod';
import { asRecord } from '../../../pairing/words/json.ts';
import type { Secret } from '../../../pairing/words/secret.ts';
import type { Connection } from '../connection.ts';
import { type Asked, explainNonsense, explainStatus } from '../explain.ts';
import type { Answer } from './answer.ts';

/** The body of a success; a Status or anything else becomes the Problem it represents. */
export function succeed(
	connection: Connection,
	method: string,
	path: string,
	answer: Answer,
	sent: readonly Secret[] = [],
): unknown {
	const asked = askedOf(connection, method, path, sent);
	if (answer.code >= 200 && answer.code < 300) {
		if (answer.value === undefined) {
			throw explainNonsense(asked, answer.found);
		}
		return answer.value;
	}
	throw explainStatus(asked, answer.code, asRecord(answer.value), answer.retryAfter);
}

export function shaped<S extends z.ZodType>(
	connection: Connection,
	path: string,
	shape: S,
	value: unknown,
): z.infer<S> {
	const result = shape.safeParse(value);
	if (!result.success) {
		const where = result.error.issues[0]?.path.join('.') || 'the object';
		return nonsense(connection, path, `an object of another shape (${where})`);
	}
	return result.data;
}

export function nonsense(connection: Connection, path: string, found: string): never {
	throw explainNonsense(askedOf(connection, 'GET', path), found);
}

export const askedOf = (
	{ side, context, server, secrets = [] }: Connection,
	method: string,
	path: string,
	sent: readonly Secret[] = [],
): Asked => ({
	side,
	context,
	server,
	what: `${method} ${path.split('?')[0]}`,
	secrets: [...secrets, ...sent],
});
