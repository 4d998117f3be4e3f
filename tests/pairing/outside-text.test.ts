import { expect, test } from 'vitest';
import {
	outsideLines,
	outsideText,
	printableJson,
	visiblyEscaped,
} from '../../source/pairing/words/outside-text.ts';

const hostile = {
	'an escape sequence': ['v1\u001B[2J\u001B]52;c;cm0=\u0007x', 'v1 [2J ]52;c;cm0= x'],
	'C1 control characters': ['v1\u009B2J\u0085x', 'v1 2J x'],
	'NUL and DEL': ['v1\u0000\u007Fx', 'v1 x'],
	'line breaks of all kinds': ['v1\r\nFAKE: all is well\u2028x\u2029y', 'v1 FAKE: all is well x y'],
	'text turned around': ['v1\u202Egnp\u202C\u2066x\u2069\u200F', 'v1gnpx'],
	'zero-width characters': ['v\u200B1\u200D\uFEFF\u2060\u00AD', 'v1'],
	'tags that no one sees': ['v1\u{E0041}\u{E0042}', 'v1'],
	'half a pair': ['v1\uD800', 'v1\uFFFD'],
} as const;

test.each(Object.entries(hostile))('%s does not come through', (_name, [said, shown]) => {
	expect(outsideText(said)).toBe(shown);
	expect(outsideLines(said.replaceAll(/\r?\n/g, ' '))).toBe(shown);
});

test('what is too long is cut, and says so', () => {
	expect(outsideText('9'.repeat(20_000_000), 10)).toBe('9999999999…');
	expect(outsideText('1234567890', 10)).toBe('1234567890');
	expect(outsideText(`${'\u001B'.repeat(5_000_000)}x`, 10).length).toBeLessThanOrEqual(11);
	expect(outsideLines('a\n'.repeat(1000), 2)).toBe('a\na\n…');
});

test.each(Object.entries(hostile))('JSON escapes %s, and reads as it was', (_name, [said]) => {
	const text = printableJson({ said });
	expect(text).toMatch(/^[\u0020-\u007E]*$/);
	expect(JSON.parse(text)).toEqual({ said });
});

test.each(Object.entries(hostile))('%s is escaped before it is written', (_name, [said]) => {
	expect(visiblyEscaped(said)).toMatch(/^[\n\u0020-\u007E\u00AD\uD800]*$/);
});
