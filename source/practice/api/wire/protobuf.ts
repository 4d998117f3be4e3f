import type { Json } from '../json.ts';
import { messages, type Shape } from './protobuf-messages.ts';

/**
 * kubectl sends what it makes itself (`create namespace`, `auth can-i`) as protobuf and has no other way when a server
 * does not take it: https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding-idl
 * Answers JSON text, or `undefined` for what cannot be read and for types that no one is expected to send.
 */
export function jsonFromProtobuf(body: Buffer): string | undefined {
	if (!body.subarray(0, magic.length).equals(magic)) return undefined;
	try {
		return jsonOf(body.subarray(magic.length));
	} catch {
		return undefined;
	}
}

const magic = Buffer.from('k8s\0');

function jsonOf(body: Buffer): string | undefined {
	const { typeMeta, raw } = decoded(envelope, body);
	const { apiVersion, kind } = (typeMeta ?? {}) as { apiVersion?: string; kind?: string };
	const shape = kind === undefined ? undefined : messages[kind];
	if (!shape) return undefined;
	const object = decoded(shape, Buffer.from(String(raw ?? ''), 'base64'));
	return JSON.stringify({ apiVersion, kind, ...object });
}

const envelope: Shape = {
	1: ['typeMeta', { 1: ['apiVersion', 'text'], 2: ['kind', 'text'] }],
	2: ['raw', 'bytes'],
};

function decoded(shape: Shape, bytes: Buffer): Json {
	const object: Json = {};
	for (const { number, value } of fieldsOf(bytes)) {
		const field = shape[number];
		if (!field) continue;
		const [name, type, repetition] = field;
		if (repetition === 'map') object[name] = { ...(object[name] as Json), ...entryOf(type, value) };
		else if (repetition === 'list')
			object[name] = [...((object[name] ?? []) as unknown[]), read(type, value)];
		// Go writes every empty string, where JSON leaves it out.
		else if (!['', undefined].includes(read(type, value) as string)) object[name] = read(type, value);
	}
	return object;
}

function entryOf(type: Shape[number][1], value: Buffer | bigint): Json {
	const { key, value: content } = decoded({ 1: ['key', 'text'], 2: ['value', type] }, value as Buffer);
	return { [String(key)]: content ?? '' };
}

function read(type: Shape[number][1], value: Buffer | bigint): unknown {
	if (typeof value === 'bigint') {
		if (type === 'port' && value === 0n) return undefined;
		return type === 'flag' ? value !== 0n : Number(value);
	}
	if (type === 'number-or-text') {
		const { isText, number, text } = decoded(numberOrText, value);
		return isText ? text : number;
	}
	if (type === 'text') return value.toString();
	return type === 'bytes'
		? value.toString('base64')
		: typeof type === 'object'
			? decoded(type, value)
			: undefined;
}

const numberOrText: Shape = { 1: ['isText', 'flag'], 2: ['number', 'number'], 3: ['text', 'text'] };

function* fieldsOf(bytes: Buffer): Generator<{ number: number; value: Buffer | bigint }> {
	let at = 0;
	const varint = () => {
		let value = 0n;
		for (let shift = 0n; ; shift += 7n) {
			const byte = bytes.readUInt8(at++);
			value |= BigInt(byte & 0x7f) << shift;
			if (byte < 0x80) return BigInt.asIntN(64, value);
		}
	};
	while (at < bytes.length) {
		const key = Number(varint());
		const number = key >> 3;
		if ((key & 7) === 0) {
			yield { number, value: varint() };
			continue;
		}
		if ((key & 7) !== 2) throw new Error(`field ${number} is of a kind that Kubernetes does not use`);
		const length = Number(varint());
		if (at + length > bytes.length) throw new Error(`field ${number} is cut short`);
		yield { number, value: bytes.subarray(at, at + length) };
		at += length;
	}
}
