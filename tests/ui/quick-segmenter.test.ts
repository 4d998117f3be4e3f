import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unicodeGlyphs } from '../../source/ui/glyphs.ts';
import { oneCellEach } from '../../source/ui/text/one-cell-each.ts';
import { QuickSegmenter } from '../../source/ui/text/quick-segmenter.ts';

const real = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const quick = new QuickSegmenter(undefined, { granularity: 'grapheme' });

/** Mostly what our screens are made of, with something in between that joins or does not. */
const text = fc.string({
	unit: fc.oneof(
		{ weight: 4, arbitrary: fc.constantFrom(...'aé~ \u001B[1m\n…·•❯✔✖↑─⠋⏎▲◆○') },
		{
			weight: 1,
			arbitrary: fc.constantFrom('\r', '\u0301', '\u200D', '\uFE0F', '👩', '日', '🇩', '\u00AD', '©'),
		},
		{ weight: 2, arbitrary: fc.integer({ min: 0x20, max: 0x28ff }).map(code => String.fromCodePoint(code)) },
	),
	maxLength: 12,
});

test('the quick segmenter finds the graphemes that the real one finds, wherever it is asked', () => {
	fc.assert(
		fc.property(text, fc.integer({ min: -1, max: 13 }), (given, at) => {
			expect([...quick.segment(given)]).toEqual([...real.segment(given)].map(plain));
			expect(quick.segment(given).containing(at)).toEqual(plain(real.segment(given).containing(at)));
		}),
		{ numRuns: 2000 },
	);
});

test('a sign that takes one cell is a grapheme by itself and no emoji', () => {
	const signs = Array.from({ length: 0xffff }, (_, code) => String.fromCharCode(code)).filter(sign =>
		oneCellEach.test(sign),
	);
	expect(signs.length).toBeGreaterThan(500);
	expect(signs.filter(sign => /^\p{RGI_Emoji}$/v.test(sign) || /[\p{M}\p{C}]/u.test(sign))).toEqual([]);
	expect([...real.segment(signs.join(''))]).toHaveLength(signs.length);
});

const plain = (segment: Intl.SegmentData | undefined) => segment && { ...segment };

test('the signs that states are told with need no real segmenter: it would come before the first frame', () => {
	const { pointer, ok, error, warning, pending, running, skipped, info, bullet, arrow } = unicodeGlyphs;
	for (const sign of [pointer, ok, error, warning, pending, running, skipped, info, bullet, arrow]) {
		expect({ sign, isQuick: Object.getPrototypeOf(quick.segment(sign)) === Object.prototype }).toEqual({
			sign,
			isQuick: true,
		});
	}
});
