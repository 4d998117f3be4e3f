import { readdirSync, readFileSync } from 'node:fs';
import { parseSync } from 'vite';

type Node = Readonly<Record<string, unknown> & { type: string }>;

const isNode = (value: unknown): value is Node =>
	typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string';

const walk = (node: Node): readonly Node[] => [
	node,
	...Object.values(node)
		.flatMap(value => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []))
		.flatMap(walk),
];

/** What is written around the values of every line that the program can make for a shell, read from its source. */
export const shellLines = (): readonly (readonly string[])[] =>
	readdirSync('source', { recursive: true, encoding: 'utf8' })
		.filter(file => /\.tsx?$/.test(file) && !file.startsWith('practice'))
		.flatMap(file => {
			const code = readFileSync(`source/${file}`, 'utf8');
			return code.includes('shell`') ? walk(parseSync(file, code).program as unknown as Node) : [];
		})
		.flatMap(({ type, tag, quasi }) =>
			type === 'TaggedTemplateExpression' && isNode(tag) && tag.name === 'shell' && isNode(quasi)
				? [(quasi.quasis as readonly { value: { cooked: string } }[]).map(({ value }) => value.cooked)]
				: [],
		);
