import type { TestExpression } from 'unbash';
import { Exit, nodeIfAny, type Process } from '../process.ts';
import { Pattern } from './bounded.ts';
import type { expansions } from './expand.ts';
import { matches, plain } from './pattern.ts';
import type { Shell } from './state.ts';

/** `[[ … ]]` */
export async function evaluateCondition(
	shell: Shell,
	node: TestExpression,
	expand: ReturnType<typeof expansions>,
): Promise<boolean> {
	switch (node.type) {
		case 'TestGroup':
			return evaluateCondition(shell, node.expression, expand);
		case 'TestNot':
			return (await evaluateCondition(shell, node.operand, expand)) === (node.negations.length % 2 === 0);
		case 'TestLogical':
			for (const operand of node.operands) {
				if ((await evaluateCondition(shell, operand, expand)) !== (node.operator === '&&'))
					return node.operator !== '&&';
			}
			return node.operator === '&&';
		case 'TestUnary':
			return unary(shell.process, node.operator, await expand.text(shell, node.operand));
		case 'TestBinary': {
			const left = await expand.text(shell, node.left);
			const right = await expand.pattern(shell, node.right);
			if (node.operator === '=~') return new Pattern(plain(right)).test(left);
			if (/^(==?|!=)$/.test(node.operator)) return matches(right, left) === (node.operator !== '!=');
			return binary(shell.process, left, node.operator, plain(right));
		}
	}
}

/** `test` and `[`, by the number of their arguments: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/test.html */
export function test(process: Process, args: readonly string[]): boolean {
	const [a = '', b = '', c = ''] = args;
	const or = args.length > 3 ? args.indexOf('-o') : -1;
	const and = args.length > 3 ? args.indexOf('-a') : -1;
	if (or > 0) return test(process, args.slice(0, or)) || test(process, args.slice(or + 1));
	if (and > 0) return test(process, args.slice(0, and)) && test(process, args.slice(and + 1));
	switch (args.length) {
		case 0:
			return false;
		case 1:
			return a !== '';
		case 2:
			return a === '!' ? b === '' : unary(process, a, b);
		case 3:
			if (a === '!') return !test(process, args.slice(1));
			return a === '(' && c === ')' ? b !== '' : binary(process, a, b, c);
		default:
			if (a === '!') return !test(process, args.slice(1));
			if (a === '(' && args.at(-1) === ')') return test(process, args.slice(1, -1));
			throw new Exit(2, 'too many arguments');
	}
}

function unary(process: Process, operator: string, operand: string): boolean {
	const node = nodeIfAny(process, operand, /^-[hL]$/.test(operator) ? 'keep' : 'follow');
	switch (operator) {
		case '-n':
			return operand !== '';
		case '-z':
			return operand === '';
		case '-e':
		case '-a':
		case '-r':
		case '-w':
			return node !== undefined;
		case '-f':
			return node?.kind === 'file';
		case '-d':
			return node?.kind === 'folder';
		case '-h':
		case '-L':
			return node?.kind === 'link';
		case '-c':
			return node?.kind === 'device';
		case '-s':
			return node?.kind === 'file' ? node.size > 0 : node?.kind === 'folder';
		case '-x':
			return node?.kind === 'folder' || (node !== undefined && (node.mode & 0o111) !== 0);
		case '-t':
			return process.open.get(Number(operand))?.isTerminal ?? false;
		case '-p':
		case '-S':
		case '-b':
		case '-u':
		case '-g':
		case '-k':
			return false;
		default:
			throw new Exit(2, `${operator}: unary operator expected`);
	}
}

function binary(process: Process, left: string, operator: string, right: string): boolean {
	const numbers = comparisons[operator];
	if (numbers) {
		for (const text of [left, right]) {
			if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new Exit(2, `${text}: integer expression expected`);
		}
		return numbers(Number(left), Number(right));
	}
	const times = () => [left, right].map(path => nodeIfAny(process, path)?.modified ?? 0) as [number, number];
	switch (operator) {
		case '=':
		case '==':
			return left === right;
		case '!=':
			return left !== right;
		case '<':
			return left < right;
		case '>':
			return left > right;
		case '-a':
			return left !== '' && right !== '';
		case '-o':
			return left !== '' || right !== '';
		case '-nt':
			return times()[0] > times()[1];
		case '-ot':
			return times()[0] < times()[1];
		case '-ef':
			return nodeIfAny(process, left) !== undefined && nodeIfAny(process, left) === nodeIfAny(process, right);
		default:
			throw new Exit(2, `${operator}: binary operator expected`);
	}
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
	'-eq': (a, b) => a === b,
	'-ne': (a, b) => a !== b,
	'-lt': (a, b) => a < b,
	'-le': (a, b) => a <= b,
	'-gt': (a, b) => a > b,
	'-ge': (a, b) => a >= b,
};
