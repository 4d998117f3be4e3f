import type { Resource } from '../../resources.ts';
import { isRecord, type Json, recordOf } from '../json.ts';
import types from './types.json' with { type: 'json' };

/** What may lie at a place of an object, in the terms of Go, in which servers complain. */
export type Shape =
	| Readonly<{ kind: 'any' }>
	| Readonly<{ kind: 'scalar'; type: string }>
	| Readonly<{ kind: 'list' | 'map'; of: Shape }>
	/** `isOpen`: keeps what it does not know. */
	| Readonly<{ kind: 'struct'; name: string; fields: ReadonlyMap<string, Shape>; isOpen: boolean }>;

const any: Shape = { kind: 'any' };

export function shapeOf({ kind, schema, custom }: Resource): Shape {
	if (!custom) return shapeOfType(kind);
	const shape = isRecord(schema) ? shapeOfSchema(schema) : any;
	const fields = new Map(shape.kind === 'struct' ? shape.fields : []);
	for (const field of ['apiVersion', 'kind']) fields.set(field, { kind: 'scalar', type: 'string' });
	fields.set('metadata', shapeOfType('ObjectMeta'));
	return { kind: 'struct', name: kind, fields, isOpen: shape.kind !== 'struct' || shape.isOpen };
}

export function goTypeOf(shape: Shape): string {
	switch (shape.kind) {
		case 'any':
			return 'interface {}';
		case 'scalar':
			return shape.type === '[]byte' ? '[]uint8' : shape.type;
		case 'list':
			return `[]${goTypeOf(shape.of)}`;
		case 'map':
			return `map[string]${goTypeOf(shape.of)}`;
		case 'struct':
			return `v1.${shape.name}`;
	}
}

const structs: Readonly<Record<string, string>> = types;
const known = new Map<string, Shape>();

function shapeOfType(type: string): Shape {
	const shape = known.get(type) ?? parsed(type);
	known.set(type, shape);
	return shape;
}

function parsed(type: string): Shape {
	if (type === 'any') return any;
	if (type === '[]byte') return { kind: 'scalar', type };
	if (type.startsWith('[]')) return { kind: 'list', of: shapeOfType(type.slice(2)) };
	if (type.startsWith('map[string]'))
		return { kind: 'map', of: shapeOfType(type.slice('map[string]'.length)) };
	const struct = structs[type];
	if (struct === undefined) return { kind: 'scalar', type };
	const fields = new Map<string, Shape>();
	// Known before its fields are read: some types hold themselves.
	known.set(type, { kind: 'struct', name: type, fields, isOpen: false });
	for (const field of struct.split(', ')) {
		const [name = '', fieldType = ''] = field.split(' ');
		fields.set(name, shapeOfType(fieldType));
	}
	return { kind: 'struct', name: type, fields, isOpen: false };
}

const scalarTypes: Readonly<Record<string, string>> = {
	boolean: 'bool',
	integer: 'int64',
	number: 'float64',
	string: 'string',
};

/** What the schema of a CustomResourceDefinition says of types and fields. */
function shapeOfSchema(schema: Json): Shape {
	const { type, properties, additionalProperties, items } = schema;
	const keepsUnknown = schema['x-kubernetes-preserve-unknown-fields'] === true;
	if (schema['x-kubernetes-int-or-string'] === true) return { kind: 'scalar', type: 'IntOrString' };
	if (isRecord(additionalProperties)) return { kind: 'map', of: shapeOfSchema(additionalProperties) };
	if (isRecord(items)) return { kind: 'list', of: shapeOfSchema(items) };
	const scalar = scalarTypes[String(type)];
	if (scalar !== undefined) return { kind: 'scalar', type: scalar };
	if (type !== 'object' || (keepsUnknown && !isRecord(properties))) return any;
	const fields = Object.entries(recordOf(properties)).map(
		([name, property]) => [name, shapeOfSchema(recordOf(property))] as const,
	);
	return { kind: 'struct', name: '', fields: new Map(fields), isOpen: keepsUnknown };
}
