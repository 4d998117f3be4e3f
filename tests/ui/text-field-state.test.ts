import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	type Motion,
	type TextFieldAction,
	type TextFieldState,
	textField,
	textFieldReducer,
} from '../../source/ui/text-field-state.ts';

describe('what a paste becomes', () => {
	// What is pasted, the field after it (it held "a|z" before), and the word about it.
	const pastes: [string, string, string | undefined][] = [
		['key', 'akey|z', undefined],
		['key\n', 'akey|z', 'Removed at the ends: line breaks.'],
		['\r\n\r\n  key\r\n', 'akey|z', 'Removed at the ends: line breaks.'],
		['\tkey', 'akey|z', 'Removed at the ends: tabs.'],
		['\uFEFFkey\u200B', 'akey|z', 'Removed at the ends: invisible characters.'],
		['\u00A0key\u00A0\n', 'akey|z', 'Removed at the ends: line breaks, invisible characters.'],
		['\u3000\u2060key', 'akey|z', 'Removed at the ends: invisible characters.'],
		[' key', 'a key|z', 'The pasted text begins or ends with a space, which was kept.'],
		[
			'k\u200Bey',
			'ak\u200Bey|z',
			'The pasted text contains invisible characters. If it is rejected, type it.',
		],
		['👩‍👩‍👧', 'a👩‍👩‍👧|z', undefined],
		['\n \n', 'a|z', 'Removed at the ends: line breaks.'],
		['', 'a|z', undefined],
		[
			'one\ntwo\nthree',
			'a|z',
			'The pasted text has 3 lines and this field accepts one. Copy only that line. Nothing was pasted.',
		],
		[
			'one\r\ntwo',
			'a|z',
			'The pasted text has 2 lines and this field accepts one. Copy only that line. Nothing was pasted.',
		],
		[
			'k\0ey',
			'a|z',
			'The pasted text contains a NUL character, so it is not plain text. Nothing was pasted.',
		],
		['id\tsecret', 'a|z', 'The pasted text contains a tab. Copy only the value itself. Nothing was pasted.'],
		[
			'k\u001B[31mey',
			'a|z',
			'The pasted text contains a control character (U+001B). Copy only the value itself. Nothing was pasted.',
		],
	];
	for (const [pasted, expected, notice] of pastes) {
		test(JSON.stringify(pasted), () => {
			const before = run(textField('az'), { type: 'move', to: 'left' });
			const after = run(before, { type: 'paste', text: pasted });
			expect(draw(after)).toBe(expected);
			expect(after.notice?.text).toBe(notice);
		});
	}

	test('5,000 characters come in whole', () => {
		const pasted = 'x'.repeat(5000);
		expect(run(textField(), { type: 'paste', text: `${pasted}\n` }).text.reveal()).toBe(pasted);
	});

	test('a whole file does not', () => {
		const after = run(textField('a'), { type: 'paste', text: 'x'.repeat(70_000) });
		expect(draw(after)).toBe('a|');
		expect(after.notice).toEqual({
			type: 'refusal',
			text: 'The pasted text has 70000 characters; this field accepts up to 65536. Nothing was pasted.',
		});
	});

	test('the word about it goes with the next change, and stays while the cursor moves', () => {
		const pasted = run(textField(), { type: 'paste', text: 'key\n' });
		expect(run(pasted, { type: 'move', to: 'left' }).notice).toBeDefined();
		expect(run(pasted, { type: 'insert', text: 's' }).notice).toBeUndefined();
	});
});

test('however a state is printed, its text is not in it', () => {
	const state = run(textField('hunter2'), { type: 'paste', text: 'swordfish\n' });
	for (const printed of [
		JSON.stringify(state),
		inspect(state, { depth: 9, showHidden: true }),
		`${state.text}`,
	]) {
		expect(printed).not.toMatch(/hunter|sword/);
	}
});

test('typed control characters do not come in', () => {
	expect(draw(run(textField(), { type: 'insert', text: 'a\u0000b\u001Bc\u0085\uD800d' }))).toBe('abcd|');
});

test('a cursor between the halves of a flag takes one half at a time', () => {
	const flag = run(textField('🇪'), { type: 'move', to: 'start' }, { type: 'insert', text: '🇩' });
	expect(draw(flag)).toBe('🇩|🇪');
	expect(draw(run(flag, { type: 'erase', to: 'left' }))).toBe('|🇪');
	expect(draw(run(flag, { type: 'erase', to: 'right' }))).toBe('🇩|');
});

describe('whatever is typed', () => {
	const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
	const motion = fc.constantFrom<Motion>('left', 'right', 'word-left', 'word-right', 'start', 'end');
	const action: fc.Arbitrary<TextFieldAction> = fc.oneof(
		fc.record({ type: fc.constantFrom('insert' as const, 'paste' as const, 'replace' as const), text }),
		fc.record({ type: fc.constantFrom('move' as const, 'erase' as const), to: motion }),
	);

	test('the cursor stays in the text, and no control character gets in', () => {
		fc.assert(
			fc.property(text, fc.array(action, { maxLength: 40 }), (initial, actions) => {
				let state = textField(initial);
				for (const next of actions) {
					state = run(state, next);
					const value = state.text.reveal();
					expect(state.cursor).toBeGreaterThanOrEqual(0);
					expect(state.cursor).toBeLessThanOrEqual(value.length);
					expect(value).not.toMatch(/[\p{Cc}\p{Cs}]/u);
				}
			}),
		);
	});

	test('typing one by one gives what one burst gives, wherever the cursor is', () => {
		fc.assert(
			fc.property(text, fc.array(motion), text, (initial, motions, typed) => {
				const start = run(textField(initial), ...motions.map(to => ({ type: 'move' as const, to })));
				const burst = run(start, { type: 'insert', text: typed });
				const single = run(
					start,
					...[...typed].map(character => ({ type: 'insert' as const, text: character })),
				);
				expect(draw(single)).toBe(draw(burst));
			}),
		);
	});

	test('as many Backspaces as graphemes empty the field', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), typed => {
				const graphemes = [...new Intl.Segmenter().segment(textField(typed).text.reveal())].length;
				const erased = run(
					textField(typed),
					...Array(graphemes).fill({ type: 'erase', to: 'left' } as const),
				);
				expect(draw(erased)).toBe('|');
			}),
		);
	});
});

const run = (state: TextFieldState, ...actions: TextFieldAction[]): TextFieldState =>
	actions.reduce(textFieldReducer, state);

function draw({ text, cursor }: TextFieldState): string {
	const value = text.reveal();
	return `${value.slice(0, cursor)}|${value.slice(cursor)}`;
}
