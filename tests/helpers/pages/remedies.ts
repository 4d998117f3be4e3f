import { readdirSync, readFileSync } from 'node:fs';
import { parseSync } from 'vite';
import type { ShellLine } from '../../../source/pairing/words/command.ts';
import type { Remedy, Way } from '../../../source/pairing/words/way.ts';

/** A remedy as the source has it, with an X for what is only known when the program runs. */
export type Written = Readonly<{ file: string; remedy: Remedy }>;

type Node = Readonly<Record<string, unknown> & { type: string }>;

/** Every remedy that the program can say, read from its source. */
export function allRemedies(): readonly Written[] {
	const files = readdirSync('source', { recursive: true, encoding: 'utf8' })
		.filter(file => /\.tsx?$/.test(file) && !file.startsWith('practice') && !file.endsWith('words/way.ts'))
		.map(file => ({ file, code: readFileSync(`source/${file}`, 'utf8') }))
		.map(({ file, code }) => ({ file, code, program: parseSync(file, code).program as unknown as Node }));
	const named = new Map(files.flatMap(({ program }) => declarations(program)));
	return files.flatMap(({ file, program, code }) => [
		...(knowsWays.test(code) ? advices(program) : []).map(remedy => ({ file, remedy })),
		...strings(program, named).map(remedy => ({ file, remedy })),
	]);
}

/** Another `keep` is no remedy. */
const knowsWays = /from '[^']*\/(way|address)\.ts'/;

const isNode = (value: unknown): value is Node =>
	typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string';

const childrenOf = (node: Node): readonly Node[] =>
	Object.entries(node).flatMap(([key, value]) =>
		key === 'typeAnnotation' || key === 'returnType'
			? []
			: Array.isArray(value)
				? value.filter(isNode)
				: isNode(value)
					? [value]
					: [],
	);

const walk = (node: Node): readonly Node[] => [node, ...childrenOf(node).flatMap(walk)];

const nameOf = (node: unknown): string => (isNode(node) ? String(node.name ?? node.value ?? '') : '');

/** What is declared under a name anywhere: remedies that are kept apart are followed by it. */
const declarations = (program: Node): readonly (readonly [string, Node])[] =>
	walk(program).flatMap(node =>
		(node.type === 'VariableDeclarator' || node.type === 'FunctionDeclaration') && isNode(node.id)
			? [[nameOf(node.id), node] as const]
			: [],
	);

/** The makers of `words/way.ts`, and those that choose a field for them. */
const makers: Readonly<Record<string, (args: readonly unknown[]) => Way>> = {
	answer: ([, field, value]) => ({
		kind: 'answer',
		fields: [fieldOf(field)],
		...(value !== undefined && { value: textOf(value) }),
	}),
	answerOneOf: ([, ...fields]) => ({ kind: 'answer', fields: fields.map(fieldOf) as [never] }),
	keep: ([, subject]) => ({ kind: 'existing', subject: textOf(subject) as 'pair', policy: 'keep' }),
	replace: ([, subject]) => ({ kind: 'existing', subject: textOf(subject) as 'pair', policy: 'replace' }),
	thenRetry: () => ({ kind: 'retry' }),
	startWith: ([, flags]) => ({ kind: 'start', flags: textOf(flags) }),
	command: ([, line]) => ({ kind: 'command', command: textOf(line) as ShellLine }),
	serverRemedy: () => ({ kind: 'answer', fields: ['pair.server'] }),
	endpointRemedy: () => ({ kind: 'answer', fields: ['pair.endpoint'] }),
};

/** Of the ways out of these two, the words are the second argument. */
const wordsSecond: ReadonlySet<string> = new Set(['serverRemedy', 'endpointRemedy']);

const isMade = (node: Node): boolean =>
	node.type === 'CallExpression' && Object.hasOwn(makers, nameOf(node.callee));

function advices(program: Node): readonly Remedy[] {
	return walk(program).flatMap((node): Remedy[] => {
		if (isMade(node)) {
			const name = nameOf(node.callee);
			const args = node.arguments as readonly unknown[];
			const what = textOf(args[wordsSecond.has(name) ? 1 : 0]);
			const way = makers[name]?.(args);
			return way ? [{ what, way }] : [];
		}
		const { what, way } = propertiesOf(node);
		return what && way && way.type === 'ObjectExpression' ? [{ what: textOf(what), way: wayOf(way) }] : [];
	});
}

const propertiesOf = (node: Node): Readonly<Record<string, Node>> =>
	node.type === 'ObjectExpression'
		? Object.fromEntries(
				(node.properties as readonly Node[]).flatMap(({ key, value }) =>
					isNode(value) ? [[nameOf(key), value]] : [],
				),
			)
		: {};

const wayOf = (node: Node): Way =>
	Object.fromEntries(
		Object.entries(propertiesOf(node)).map(([name, value]) => [name, value.value ?? textOf(value)]),
	) as Way;

/** Strings in the place of a remedy, followed through names and calls. */
function strings(program: Node, named: ReadonlyMap<string, Node>): readonly string[] {
	const places = walk(program).flatMap(node =>
		node.type === 'Property' && /^(remedies|ways|remedy|otherwise|credentials)$/.test(nameOf(node.key))
			? [node.value as Node]
			: [],
	);
	return places.flatMap(place => texts(place, named, new Set()));
}

function texts(node: Node, named: ReadonlyMap<string, Node>, seen: Set<string>): readonly string[] {
	if (isMade(node)) {
		return [];
	}
	if (node.type === 'Literal' || node.type === 'TemplateLiteral') {
		const text = textOf(node);
		return / /.test(text) ? [text] : [];
	}
	if (node.type === 'Identifier') {
		const name = nameOf(node);
		const found = named.get(name);
		if (found === undefined || seen.has(name) || !/remed|obstacle|port$|ways?$/i.test(name)) {
			return [];
		}
		seen.add(name);
		return childrenOf(found).flatMap(child => texts(child, named, seen));
	}
	return childrenOf(node).flatMap(child => texts(child, named, seen));
}

function textOf(node: unknown): string {
	if (!isNode(node)) {
		return 'X';
	}
	switch (node.type) {
		case 'Literal':
			return String(node.value);
		case 'TaggedTemplateExpression':
			return textOf(node.quasi);
		case 'TemplateLiteral':
			return (node.quasis as readonly { value: { cooked: string } }[])
				.map(({ value }) => value.cooked)
				.join('X');
		default:
			return 'X';
	}
}

/** A side that is only known later represents either. */
function fieldOf(node: unknown): never {
	const text = textOf(node);
	return (text === 'X.context' ? 'destination.context' : text === 'X' ? 'pair.endpoint' : text) as never;
}
