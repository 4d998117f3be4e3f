import type { IncomingMessage } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { parseJson } from '../../../pairing/words/json.ts';
import { type Asked, cancelled, explainNetwork } from '../explain.ts';
import { Gathered } from '../gathered.ts';
import { retryAfterOf } from '../retry-after.ts';

/** `code` is the HTTP status; `value` the parsed body, undefined when it is not JSON. */
export type Answer = Readonly<{
	code: number;
	value: unknown;
	/** What came in place of what was asked for. */
	found: string;
	/** Seconds. */
	retryAfter: number | undefined;
	/** Bytes. */
	size: number;
}>;

/** Bytes. What a cluster in good order answers to this program is far below; of a refusal a line is shown. */
const most = { success: 4 * 1024 * 1024, refusal: 64 * 1024 } as const;
/** Bytes. Answers beyond them are read one at a time: a server may be asked many things at once, and answer all of them without end. */
const small = 256 * 1024;
/** Parsed, a value of two bytes takes fifty, and what lies deep in others cannot be walked. */
const mostValues = 500_000;
const deepest = 200;
/*
 * What is read is soon done with. V8 would make room for three times as much of it before it looks what is done with: against a list
 * without an end that is 60 MB, now and then. It reads this flag whenever it collects.
 */
setFlagsFromString('--semi-space-growth-factor=1');

/** Lets one after the other pass. @returns what ends the turn */
export type TakeTurns = () => Promise<() => void>;

export function turns(): TakeTurns {
	let last: Promise<void> = Promise.resolve();
	return async () => {
		const before = last;
		const { promise, resolve } = Promise.withResolvers<void>();
		last = promise;
		await before;
		return resolve;
	};
}

/**
 * What is too much of a success has no value; of a refusal the beginning will do.
 * @throws PairingError when it breaks off
 */
export async function readAnswer(
	asked: Asked,
	response: IncomingMessage,
	signal: AbortSignal,
	takeTurn: TakeTurns,
): Promise<Answer> {
	const code = response.statusCode ?? 0;
	const isSuccess = code >= 200 && code < 300;
	const body = new Gathered();
	let endTurn: (() => void) | undefined;
	try {
		const isWhole = await gather(response, body, isSuccess ? most.success : most.refusal, async () => {
			endTurn ??= await takeTurn();
		});
		const tooMuch = isSuccess && !isWhole ? `more than ${most.success} bytes` : burdenOf(body.bytes);
		const text = tooMuch ? '' : body.text;
		const { size } = body;
		body.clear();
		const value = parseJson(text);
		const type = response.headers['content-type'];
		const found = value === undefined ? describe(text, type) : 'JSON of another shape';
		return { code, value, found: tooMuch ?? found, retryAfter: retryAfterOf(response.headers), size };
	} catch (error) {
		throw signal.aborted ? cancelled(asked.side) : explainNetwork(asked, error);
	} finally {
		endTurn?.();
	}
}

/** @returns whether that is all of it */
async function gather(
	response: IncomingMessage,
	body: Gathered,
	room: number,
	onceLarge: () => Promise<void>,
): Promise<boolean> {
	for await (const piece of response) {
		if (body.size + piece.length > room) {
			return false;
		}
		body.add(piece);
		if (body.size > small) {
			await onceLarge();
		}
	}
	return true;
}

const sign = {
	quote: 0x22,
	comma: 0x2c,
	backslash: 0x5c,
	array: 0x5b,
	object: 0x7b,
	arrayEnd: 0x5d,
	objectEnd: 0x7d,
};

/** Why JSON of these bytes would take far more room than they do; undefined when it would not. */
function burdenOf(bytes: Buffer): string | undefined {
	let values = 1;
	let depth = 0;
	let isText = false;
	for (let at = 0; at < bytes.length; at++) {
		const byte = bytes[at];
		if (isText) {
			at += byte === sign.backslash ? 1 : 0;
			isText = byte !== sign.quote;
		} else if (byte === sign.quote) {
			isText = true;
		} else if (byte === sign.comma) {
			values++;
		} else if (byte === sign.array || byte === sign.object) {
			values++;
			depth++;
		} else if (byte === sign.arrayEnd || byte === sign.objectEnd) {
			depth--;
		}
		if (values > mostValues || depth > deepest) {
			return depth > deepest
				? `JSON of more than ${deepest} levels`
				: `JSON of more than ${mostValues} values`;
		}
	}
	return undefined;
}

function describe(text: string, contentType: string | undefined): string {
	const type = contentType?.split(';')[0] ?? 'no content type';
	return /^\s*[{[]/.test(text) ? 'JSON that ends early' : `${text.length} characters of ${type}`;
}
