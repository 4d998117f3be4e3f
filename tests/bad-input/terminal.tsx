import fc from 'fast-check';
import type { Key } from 'ink';
import { expect } from 'vitest';
import { shell } from '../../source/pairing/words/command.ts';
import { clusterProblem, inputProblem } from '../../source/pairing/words/problem.ts';
import { command } from '../../source/pairing/words/way.ts';
import { problemLines } from '../../source/plain/words.ts';
import { ProblemPanel } from '../../source/ui/components/problem-panel.tsx';
import { readFieldKey } from '../../source/ui/keys/field-keys.ts';
import { createKeySplitter } from '../../source/ui/keys/key-splitter.ts';
import {
	breakLine,
	displayWidth,
	fitCells,
	truncate,
	truncateMiddle,
} from '../../source/ui/text/display-width.ts';
import { type TextFieldAction, textField, textFieldReducer } from '../../source/ui/text-field-state.ts';
import { show } from '../helpers/program/frame.tsx';
import { forAll, forEach, movesCursor } from './matrix.ts';
import { bombs, mutated, poisons, strangeText } from './strange.ts';

const typed = [
	'canary\r',
	'\u001B[A\u001B[1;5C',
	'\u001B[200~pasted\ntext\u001B[201~',
	'\u001Bb\u001BOP',
	'\u001B[27;5;9~',
];
// Enter as CR LF has to come in one piece: no one can wait for what may follow a CR.
const chunks = fc
	.array(fc.oneof(mutated(typed), strangeText), { maxLength: 6 })
	.map(parts =>
		parts.map((part, index) => (parts[index - 1]?.endsWith('\r') ? part.replace(/^\n+/, '') : part)),
	)
	.filter(parts => parts.every(part => part !== ''));

export function terminal(): void {
	forAll(
		'what a keyboard sends, however it is cut',
		chunks,
		sent => {
			const whole = keysOf([sent.join('')]);
			expect(keysOf(sent)).toEqual(whole);
			for (const key of whole) {
				expect(key).not.toBe('');
				// Text, or one key: never both in one.
				// biome-ignore lint/suspicious/noControlCharactersInRegex: keys are made of them
				expect(key).toMatch(/^([^\p{Cc}]|[\u0080-\u009F])+$|^[\u0000-\u001F\u007F]/u);
			}
		},
		{ share: 2 },
	);
	forEach('what never ends', [...bombs('\u001B['), ...unending], sent => {
		keysOf([sent]);
		keysOf(sent.match(/.{1,16384}/gs) ?? []);
	});
	forAll(
		'keys in a field',
		fc.tuple(strangeText, fc.subarray([...modifiers])),
		([input, held]: readonly [string, readonly string[]]) => {
			const key = Object.fromEntries(modifiers.map(name => [name, held.includes(name)])) as unknown as Key;
			let field = textField('canary');
			for (const read of readFieldKey(input, key)) {
				expect([
					'insert',
					'paste',
					'replace',
					'move',
					'erase',
					'submit',
					'cancel',
					'complete',
					'hint',
				]).toContain(read?.type);
				if (['insert', 'move', 'erase'].includes(read.type)) {
					field = textFieldReducer(field, read as TextFieldAction);
				}
			}
			expectField(field);
		},
		{
			share: 2,
			found: [
				['constructor', ['ctrl']],
				['__proto__', ['meta']],
				['toString', ['ctrl']],
			],
		},
	);
	forAll(
		'edits of a field',
		fc.array(action, { maxLength: 12 }),
		actions => {
			expectField(actions.reduce(textFieldReducer, textField()));
		},
		{ share: 2 },
	);
	forAll(
		'texts in cells',
		fc.tuple(fc.array(strangeText, { maxLength: 3 }), fc.integer({ min: 0, max: 60 })),
		([parts, cells]) => {
			const text = parts.join('a');
			expect(displayWidth(truncate(text, cells, '…'))).toBeLessThanOrEqual(cells);
			expect(displayWidth(truncateMiddle(text, cells, '…'))).toBeLessThanOrEqual(cells);
			expect(displayWidth(fitCells(text, cells, '…'))).toBe(cells);
			if (text.length < 2000) {
				expect(breakLine(text, Math.max(cells, 20)).join('').length).toBeGreaterThan(0 - 1);
			}
		},
	);
	forAll(
		'problems, in whatever words: on screen and as lines',
		fc.tuple(strangeText, strangeText, strangeText),
		async texts => {
			const [title, evidence, remedy] = texts.map(text => `x${text.slice(0, 300)}y`) as [
				string,
				string,
				string,
			];
			for (const make of [clusterProblem, inputProblem]) {
				const problem = make({
					id: 'unexpected',
					title,
					evidence,
					remedies: [remedy, command(remedy, shell`${remedy}`)],
				});
				for (const line of problemLines(problem)) {
					expect(line).not.toMatch(movesCursor);
				}
				const shown = await show(<ProblemPanel problem={problem} words={() => undefined} />);
				for (const line of shown.frame().split('\n')) {
					expect(line).not.toMatch(movesCursor);
				}
				shown.unmount();
			}
		},
		{ share: 0.5, found: poisons.map((text): [string, string, string] => [text, text, text]) },
	);
}

const unending = [
	'\u001B]',
	'\u001B[200~x',
	'\u001B[1;',
	'\u001B\u001B',
	'\u001BO1',
	'\u001B]x\u001B',
	'\u001BP\u001B_',
].map(part => part.repeat(100_000 / part.length));

function keysOf(sent: readonly string[]): readonly string[] {
	const splitter = createKeySplitter();
	const keys = [...sent.flatMap(chunk => splitter.push(chunk)), ...splitter.flush()];
	// Where a run of text was cut is no matter.
	const runs: string[] = [];
	for (const key of keys) {
		const last = runs.at(-1);
		if (last !== undefined && isPlain(last) && isPlain(key)) runs[runs.length - 1] = last + key;
		else runs.push(key);
	}
	return runs;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: keys are made of them
const isPlain = (key: string): boolean => !/^[\u0000-\u001F\u007F]/.test(key);

const modifiers = [
	'ctrl',
	'meta',
	'shift',
	'super',
	'hyper',
	'escape',
	'return',
	'tab',
	'backspace',
	'delete',
	'leftArrow',
	'home',
] as const;

const motions = fc.constantFrom('left', 'right', 'word-left', 'word-right', 'start', 'end');
const action = fc.oneof(
	fc.record({ type: fc.constantFrom('insert', 'paste', 'replace'), text: strangeText }),
	fc.record({ type: fc.constantFrom('move', 'erase'), to: motions }),
) as fc.Arbitrary<TextFieldAction>;

function expectField({ text, cursor, notice }: ReturnType<typeof textField>): void {
	const value = text.reveal();
	expect(value).not.toMatch(/[\p{Cc}\p{Cs}]/u);
	expect(cursor).toBeGreaterThanOrEqual(0);
	expect(cursor).toBeLessThanOrEqual(value.length);
	expect(notice?.text ?? '').not.toMatch(/\p{Cc}/u);
}
