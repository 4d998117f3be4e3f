import fc from 'fast-check';
import { Box, renderToString, Spacer, Text } from 'ink';
import { expect, test } from 'vitest';
import {
	displayWidth,
	fitCells,
	graphemeWidth,
	splitGraphemes,
	truncate,
} from '../../source/ui/text/display-width.ts';
import { showPlain, textWindow } from '../../source/ui/text/text-window.ts';

test('every character takes as many cells as Ink gives it', () => {
	const character = fc.oneof(
		fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
		fc.constantFrom(...splitGraphemes('aé日本語ｱﾞ한글👩‍👩‍👧🇩🇪1️⃣☎️☎✔✖→•…▲⠋')),
		fc.integer({ min: 0x20, max: 0x2fffd }).map(code => String.fromCodePoint(code)),
	);
	fc.assert(
		fc.property(
			// A blank could not be told from what Ink fills in; what has no width is never drawn by itself.
			character.filter(text => !/[ \p{Cc}\p{Cs}\p{Cn}\p{Co}]|^[\p{M}\p{Cf}]/u.test(text)),
			text => {
				expect([text, graphemeWidth(text)]).toEqual([text, widthInInk(text)]);
			},
		),
		{ numRuns: 400 },
	);
});

test('texts are cut and filled to cells, not characters', () => {
	expect(truncate('日本語', 5, '…')).toBe('日本…');
	expect(fitCells('日本語', 5, '…')).toBe('日…語');
	expect(fitCells('日本語', 4, '…')).toBe('…語 ');
	expect(fitCells('arn:aws:eks:prod', 11, '~')).toBe('arn:~s:prod');
	expect(fitCells('ab', 4, '…')).toBe('ab  ');
	expect(truncate('prod-east', 5, '~')).toBe('prod~');
	expect(truncate('prod', 4, '~')).toBe('prod');
	expect(truncate('prod', 0, '~')).toBe('');
});

test('a window on a text is never wider than it may be, and always holds the cursor', () => {
	fc.assert(
		fc.property(
			fc.string({ unit: 'grapheme' }),
			fc.nat(),
			fc.integer({ min: 5, max: 30 }),
			(typed, at, cells) => {
				const text = typed.replace(/\p{Cc}/gu, '');
				const graphemes = splitGraphemes(text);
				const before = graphemes.slice(0, at % (graphemes.length + 1));
				const cursor = before.join('').length;
				const show = showPlain('?');
				const part = textWindow(text, cursor, cells, show);
				const marks = Number(part.isCutLeft) + Number(part.isCutRight);
				expect(displayWidth(part.before + (part.at || ' ') + part.after) + marks).toBeLessThanOrEqual(cells);
				expect(part.at).toBe(
					graphemes
						.slice(before.length, before.length + 1)
						.map(show)
						.join(''),
				);
				const shown = graphemes.map(show).join('');
				expect(shown).toContain(part.before + part.at + part.after);
				if (displayWidth(shown) < cells) expect(part.before + part.at + part.after).toBe(shown);
			},
		),
	);
});

/** Ink fills up a row of 9 cells: what is missing, the text took. */
function widthInInk(text: string): number {
	const row = renderToString(
		<Box width={9}>
			<Text>{text}</Text>
			<Spacer />
			<Text>|</Text>
		</Box>,
	);
	return 8 - (/ *(?=\|$)/.exec(row)?.[0].length ?? 0);
}
