import * as models from '@kubernetes/client-node';
import { builtInKinds } from '../../../source/practice/kinds/built-in.ts';

type Attribute = Readonly<{ baseName: string; type: string; format: string }>;

/**
 * The types that Kubernetes publishes, as far as the practice clusters serve them, read from the client library's models:
 * for each Go struct its fields with their Go types.
 */
export function practiceTypes(): string {
	const types = new Map<string, string>();
	const visit = (model: string): void => {
		const attributes = attributesOf(model);
		const name = structName(model);
		if (!attributes || types.has(name)) return;
		types.set(name, '');
		types.set(name, attributes.map(attribute => `${attribute.baseName} ${goType(attribute)}`).join(', '));
		for (const { type } of attributes) for (const inner of type.match(/\w*V1\w+/g) ?? []) visit(inner);
	};
	const served = Object.values(builtInKinds).filter(({ verbs }) => verbs.includes('get'));
	for (const { kind } of served) visit(kind === 'Event' ? 'CoreV1Event' : `V1${kind}`);
	const sorted = [...types].toSorted(([a], [b]) => (a < b ? -1 : 1));
	return `${JSON.stringify(Object.fromEntries(sorted), undefined, '\t')}\n`;
}

function attributesOf(model: string): readonly Attribute[] | undefined {
	const found: unknown = Object.entries(models).find(([name]) => name === model)?.[1];
	return typeof found === 'function' && 'attributeTypeMap' in found
		? (found.attributeTypeMap as readonly Attribute[])
		: undefined;
}

/** `V1Container` and `CoreV1EventSeries` are `Container` and `EventSeries` in Go. */
function structName(model: string): string {
	return model.replace(/^[A-Z]?[a-z]*V1/, '');
}

/** The library calls a quantity a string, since that is how it is written. */
const quantities =
	/^(allocatable|allocatedResources|capacity|default|defaultRequest|divisor|hard|limits|max|maxLimitRequestRatio|min|overhead|requests|sizeLimit|used)$/;

const scalars: Readonly<Record<string, string>> = {
	boolean: 'bool',
	Date: 'Time',
	V1MicroTime: 'MicroTime',
	IntOrString: 'IntOrString',
	any: 'any',
	double: 'float64',
};

function goType({ baseName, type, format }: Attribute): string {
	const [, item] = /^Array<(.+)>$/.exec(type) ?? [];
	if (item !== undefined) return `[]${goType({ baseName: '', type: item, format })}`;
	const [, value] = /^\{ \[key: string\]: (.+); \}$/.exec(type) ?? [];
	if (value !== undefined) return `map[string]${goType({ baseName, type: value, format })}`;
	if (type === 'number') return scalars[format] ?? format;
	if (type === 'string' && format === 'byte') return '[]byte';
	if (type === 'string' && quantities.test(baseName)) return 'Quantity';
	return scalars[type] ?? (type === 'string' ? 'string' : structName(type));
}
