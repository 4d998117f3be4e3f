import type { Rewrite } from '../../../source/practice/contract.ts';
import { hostileTexts } from './hostile-texts.ts';

const sequences = Object.values(hostileTexts).join('x');
const piece = 64 * 1024;

/** What a hostile cluster makes of any of its answers, whole. */
export const hostileAnswers = {
	'control sequences': (text, of) =>
		of === 'output'
			? [text.replaceAll(/[^\n]+/g, line => `${line}${sequences}`)]
			: [mapped(text, leaf => (typeof leaf === 'string' ? `${leaf}${sequences}` : leaf))],
	'40 MB': (text, of) =>
		of === 'output'
			? [text, ...large('a')]
			: ['{"filler":"', ...large('a'), `",${text.replace(/^\s*\{/, '')}`],
	// With blanks behind it, it stays what it is.
	'never ending': (text, of) => endless(of === 'event' ? '\n' : ' ', of === 'status' ? '' : text),
	cut: text => [text.slice(0, text.length / 2)],
	'wrong type': (text, of) => [
		of === 'output' ? JSON.stringify({ output: text.length }) : mapped(text, otherType),
	],
	'wrong shape': (text, of) => [of === 'output' ? text.replaceAll(/\s+/g, ' ') : reshaped(text)],
} as const satisfies Readonly<Record<string, Rewrite>>;

/** 40 MB of it. */
export function large(text: string): readonly string[] {
	const part = pieceOf(text);
	return Array.from({ length: 40_000_000 / part.length }, () => part);
}

export function* endless(text: string, first = ''): Generator<string> {
	const part = pieceOf(text);
	yield first;
	for (;;) yield part;
}

const pieceOf = (text: string): string => text.repeat(Math.ceil(piece / text.length));

export type HostileAnswer = keyof typeof hostileAnswers;

export const hostileAnswerNames = Object.keys(hostileAnswers) as readonly HostileAnswer[];

type Leaf = string | number | boolean | null;

const mapped = (text: string, change: (leaf: Leaf) => unknown): string =>
	withJson(text, value => mapLeaves(value, change));

function mapLeaves(value: unknown, change: (leaf: Leaf) => unknown): unknown {
	if (Array.isArray(value)) {
		return value.map(item => mapLeaves(item, change));
	}
	return typeof value === 'object' && value !== null
		? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapLeaves(item, change)]))
		: change(value as Leaf);
}

function otherType(leaf: Leaf): unknown {
	switch (typeof leaf) {
		case 'string':
			return leaf.length;
		case 'number':
			return [String(leaf)];
		default:
			return { is: String(leaf) };
	}
}

/** Lists where objects are, and objects where lists are. */
const reshaped = (text: string): string => withJson(text, turned);

const turned = (value: unknown): unknown =>
	typeof value !== 'object' || value === null
		? value
		: Array.isArray(value)
			? Object.fromEntries(value.map((item, index) => [`item${index}`, turned(item)]))
			: Object.values(value).map(turned);

/** A line of a watch stays one. What is no JSON stays as it is, between brackets. */
function withJson(text: string, change: (value: unknown) => unknown): string {
	const end = text.endsWith('\n') ? '\n' : '';
	try {
		return `${JSON.stringify(change(JSON.parse(text)))}${end}`;
	} catch {
		return `[${text}]${end}`;
	}
}
