import { isRecord } from '../json.ts';
import { goTypeOf, type Shape } from './shape.ts';

export type Decoded = Readonly<{
	/** Without the fields that its type does not have. */
	value: unknown;
	/** Those fields, as `spec.containers[0].imagee`. */
	unknown: readonly string[];
	/** The first value that cannot be read, in the words of Go. */
	wrong: Wrong | undefined;
}>;

export type Wrong = Readonly<{ message: string; path: string; wanted: string; value: unknown }>;

/** Reads a value as Go reads JSON into a type. */
export function decoded(shape: Shape, value: unknown): Decoded {
	const unknown: string[] = [];
	let wrong: Wrong | undefined;
	const complain = (found: Wrong) => {
		wrong ??= found;
	};
	const read = (place: Place, part: unknown): unknown => {
		const { shape } = place;
		if (part === null || shape.kind === 'any') return part;
		switch (shape.kind) {
			case 'scalar':
				return readScalar(place, shape.type, part, complain);
			case 'list':
				if (!Array.isArray(part)) return complain(mismatch(place, part));
				return part.map((item, index) =>
					read({ ...place, shape: shape.of, path: `${place.path}[${index}]` }, item),
				);
			case 'map':
				if (!isRecord(part)) return complain(mismatch(place, part));
				return mapped(part, ([name, item]) => [
					name,
					read({ ...place, shape: shape.of, path: joined(place.path, name) }, item),
				]);
			case 'struct':
				if (!isRecord(part)) return complain(mismatch(place, part));
				return mapped(part, ([name, item]) => {
					const field = shape.fields.get(name);
					const path = joined(place.path, name);
					if (!field && !shape.isOpen) unknown.push(path);
					if (!field) return shape.isOpen ? [name, item] : undefined;
					const inside = { shape: field, path, struct: shape.name, field: joined(place.field, name) };
					// Null is the same as nothing at all, where nothing has a meaning of its own.
					return item === null && shape.name !== '' ? undefined : [name, read(inside, item)];
				});
		}
	};
	const clean = read({ shape, path: '', struct: '', field: '' }, value);
	return { value: clean, unknown, wrong };
}

/** `path` with indexes and keys, as people read it; `field` without them, as Go tells it. */
type Place = Readonly<{ shape: Shape; path: string; struct: string; field: string }>;

type Complain = (found: Wrong) => void;

function readScalar(place: Place, type: string, value: unknown, complain: Complain): unknown {
	const refuse = (message?: string) => complain(mismatch(place, value, message));
	switch (type) {
		case 'bool':
			return typeof value === 'boolean' ? value : refuse();
		case 'int32':
		case 'int64':
			return Number.isInteger(value) ? value : refuse();
		case 'float64':
			return typeof value === 'number' ? value : refuse();
		case 'IntOrString':
			return typeof value === 'string' || Number.isInteger(value) ? value : refuse();
		case 'Quantity':
			if (typeof value !== 'string' && typeof value !== 'number') return refuse();
			return quantity.test(String(value)) ? String(value) : refuse(badQuantity);
		case 'Time':
		case 'MicroTime':
			if (typeof value !== 'string') return refuse();
			return Number.isNaN(Date.parse(value)) ? refuse(badTime(value)) : value;
		case '[]byte': {
			if (typeof value !== 'string') return refuse();
			const at = badBase64At(value);
			return at === undefined ? value : refuse(`illegal base64 data at input byte ${at}`);
		}
		default:
			return typeof value === 'string' ? value : refuse();
	}
}

function mismatch({ shape, path, struct, field }: Place, value: unknown, message?: string): Wrong {
	const wanted = goTypeOf(shape);
	const found = typeof value === 'number' && !Number.isInteger(value) ? `number ${value}` : goKind(value);
	const where = struct === '' ? 'Go value' : `Go struct field ${struct}.${field}`;
	return {
		message: message ?? `json: cannot unmarshal ${found} into ${where} of type ${wanted}`,
		path,
		wanted,
		value,
	};
}

function goKind(value: unknown): string {
	if (Array.isArray(value)) return 'array';
	return typeof value === 'boolean' ? 'bool' : typeof value;
}

const quantity = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/;
const badQuantity = `quantities must match the regular expression '${quantity.source}'`;

const badTime = (text: string) =>
	`parsing time ${JSON.stringify(text)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(text)} as "2006"`;

/** Where Go's decoder gives up: at the first byte that is none of the alphabet, or at the last group when it is cut short. */
function badBase64At(text: string): number | undefined {
	const plain = text.replaceAll(/[\r\n]/g, '');
	if (/^(?:[\w+/]{4})*(?:[\w+/]{2}==|[\w+/]{3}=)?$/.test(plain) && !plain.includes('_')) return undefined;
	const odd = plain.search(/[^A-Za-z0-9+/]/);
	return odd === -1 || plain[odd] === '=' ? Math.floor(plain.length / 4) * 4 : odd;
}

function mapped(
	record: Readonly<Record<string, unknown>>,
	change: (entry: [string, unknown]) => [string, unknown] | undefined,
): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(record)
			.map(change)
			.filter(entry => entry !== undefined),
	);
}

function joined(path: string, name: string): string {
	return path === '' ? name : `${path}.${name}`;
}
