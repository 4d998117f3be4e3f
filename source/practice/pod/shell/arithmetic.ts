import type { ArithmeticExpression } from 'unbash';
import { assign, type Shell, ShellError, shellValue } from './state.ts';

type Words = (word: Readonly<{ value: string; parts?: unknown }>) => Promise<string>;

/** The value of `$((…))`; words in it are expanded by the shell. */
export async function calculate(shell: Shell, node: ArithmeticExpression, words: Words): Promise<number> {
	switch (node.type) {
		case 'ArithmeticGroup':
			return calculate(shell, node.expression, words);
		case 'ArithmeticWord':
			return numberIn(shell, await words(node));
		case 'ArithmeticTernary':
			return (await calculate(shell, node.test, words)) === 0
				? calculate(shell, node.alternate, words)
				: calculate(shell, node.consequent, words);
		case 'ArithmeticUnary':
			return unary(shell, node, words);
		case 'ArithmeticBinary':
			return binary(shell, node, words);
		case 'ArithmeticCommandExpansion':
			return numberIn(shell, await words({ value: '', parts: [{ ...node, type: 'CommandExpansion' }] }));
	}
}

type Unary = Extract<ArithmeticExpression, { type: 'ArithmeticUnary' }>;
type Binary = Extract<ArithmeticExpression, { type: 'ArithmeticBinary' }>;

async function unary(shell: Shell, { operator, operand, prefix }: Unary, words: Words): Promise<number> {
	const value = await calculate(shell, operand, words);
	switch (operator) {
		case '-':
			return -value;
		case '!':
			return value === 0 ? 1 : 0;
		case '~':
			return ~value;
		case '++':
		case '--': {
			const next = operator === '++' ? value + 1 : value - 1;
			if (operand.type === 'ArithmeticWord') assign(shell, operand.value, String(next));
			return prefix ? next : value;
		}
		default:
			return value;
	}
}

async function binary(shell: Shell, { operator, left, right }: Binary, words: Words): Promise<number> {
	if (/^([-+*/%&|^]|<<|>>)?=$/.test(operator) && left.type === 'ArithmeticWord') {
		const before = operator === '=' ? 0 : await calculate(shell, left, words);
		const after = await calculate(shell, right, words);
		const value = operator === '=' ? after : combine(operator.slice(0, -1), before, after);
		assign(shell, left.value, String(value));
		return value;
	}
	const first = await calculate(shell, left, words);
	if (operator === '&&' && first === 0) return 0;
	if (operator === '||' && first !== 0) return 1;
	return combine(operator, first, await calculate(shell, right, words));
}

function combine(operator: string, a: number, b: number): number {
	const does = operators[operator];
	if (!does) throw new ShellError(`${operator}: syntax error in expression`);
	if (b === 0 && (operator === '/' || operator === '%')) throw new ShellError('division by 0');
	return Math.trunc(does(a, b));
}

const operators: Readonly<Record<string, (a: number, b: number) => number>> = {
	'+': (a, b) => a + b,
	'-': (a, b) => a - b,
	'*': (a, b) => a * b,
	'/': (a, b) => a / b,
	'%': (a, b) => a % b,
	'**': (a, b) => a ** b,
	'<<': (a, b) => a * 2 ** b,
	'>>': (a, b) => Math.floor(a / 2 ** b),
	'&': (a, b) => a & b,
	'|': (a, b) => a | b,
	'^': (a, b) => a ^ b,
	'<': (a, b) => Number(a < b),
	'>': (a, b) => Number(a > b),
	'<=': (a, b) => Number(a <= b),
	'>=': (a, b) => Number(a >= b),
	'==': (a, b) => Number(a === b),
	'!=': (a, b) => Number(a !== b),
	'&&': (a, b) => Number(a !== 0 && b !== 0),
	'||': (a, b) => Number(a !== 0 || b !== 0),
	',': (_a, b) => b,
};

function numberIn(shell: Shell, text: string, depth = 0): number {
	const word = text.trim();
	if (/^[A-Za-z_]\w*$/.test(word)) {
		if (depth > 20) throw new ShellError(`${word}: expression recursion level exceeded`);
		return numberIn(shell, shellValue(shell, word) ?? '', depth + 1);
	}
	if (!/^[-+]?(0x[\da-f]+|\d+)?$/i.test(word)) {
		throw new ShellError(`${word}: syntax error: operand expected (error token is "${word}")`);
	}
	const digits = word.replace(/^[-+]/, '');
	const value = /^0\d/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
	return word.startsWith('-') ? -value : value;
}
