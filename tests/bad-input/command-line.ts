import fc from 'fast-check';
import { expect } from 'vitest';
import { askedFor } from '../helpers/program/command-line.ts';
import { forAll, forEach, movesCursor } from './matrix.ts';
import { strangeText } from './strange.ts';

const words = [
	...[
		'run',
		'check',
		'plan',
		'runs',
		'undo',
		'practice',
		'help',
		'answers.yaml',
		'--',
		'-',
		'-o',
		'-h',
		'-V',
	],
	...[
		'--json',
		'--practice',
		'--practice=x',
		'--timeout',
		'--timeout=5',
		'--ignore=a,b',
		'--server=https://x',
	],
	...['--resume', '--kubeconfig', '--kubeconfig=', '--__proto__', '--constructor=1', '__proto__', 'toString'],
	...['--no-json', '-jo', '--both-ways', '--force', '-y'],
];
const argv = fc.array(
	fc.oneof(
		fc.constantFrom(...words),
		strangeText,
		fc.tuple(fc.constantFrom(...words), strangeText).map(parts => parts.join('')),
		fc
			.tuple(fc.constantFrom('--timeout=', '--output=', '--ignore='), strangeText)
			.map(parts => parts.join('')),
	),
	{ maxLength: 5 },
);

export function commandLine(): void {
	forAll('any words', argv, check, {
		share: 4,
		found: [
			['run', '--timeout=0x10'],
			['run', '--timeout=1e3'],
			['run', '--timeout= 5 '],
			['\u001B[31m'],
			['run', '--\u009B2J'],
			[`-h${'\u001B]8;;x\u001B\\'.repeat(5000)}`],
		],
	});
	forEach(
		'a word of a hundred kilobytes',
		['x', '-', '=', '\u001B[31m'].map(part => [part.repeat(100_000 / part.length)]),
		check,
	);
}

function check(given: readonly string[]): void {
	const options = askedFor(given);
	expect(Object.hasOwn(options, 'command')).toBe(true);
	if (options.command === 'mistake') {
		expect(options.message).not.toMatch(movesCursor);
		return;
	}
	if (options.common) {
		const { patienceSeconds } = options.common;
		const written = given.findLast(word => /^\d+$|^--timeout=\d+$/.test(word));
		if (patienceSeconds !== undefined) {
			expect(patienceSeconds).toBe(Number(written?.replace('--timeout=', '')));
			expect(patienceSeconds).toBeGreaterThan(0);
		}
	}
}
