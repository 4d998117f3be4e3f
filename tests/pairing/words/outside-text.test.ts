import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shell } from '../../../source/pairing/words/command.ts';
import {
	outsideLines,
	outsideText,
	printableJson,
	visiblyEscaped,
} from '../../../source/pairing/words/outside-text.ts';

const hostile = {
	'an escape sequence': ['v1\u001B[2J\u001B]52;c;cm0=\u0007x', 'v1 [2J ]52;c;cm0= x'],
	'C1 control characters': ['v1\u009B2J\u0085x', 'v1 2J x'],
	'NUL and DEL': ['v1\u0000\u007Fx', 'v1 x'],
	'line breaks of all kinds': ['v1\r\nFAKE: all is well\u2028x\u2029y', 'v1 FAKE: all is well x y'],
	'text turned around': ['v1\u202Egnp\u202C\u2066x\u2069\u200F', 'v1gnpx'],
	'zero-width characters': ['v\u200B1\u200D\uFEFF\u2060\u00AD', 'v1'],
	'tags that no one sees': ['v1\u{E0041}\u{E0042}', 'v1'],
	'half a pair': ['v1\uD800', 'v1\uFFFD'],
	'an escape within a pair': ['v\uD83D\u001B[31m\uDE00', 'v\uFFFD [31m\uFFFD'],
	'a device control string': ['v\u001BP1$r0m\u001B\\1', 'v P1$r0m \\1'],
	'an application command that BEL ends': ['v\u001B_G\u00071', 'v _G 1'],
	'a link that C1 begins and ends': ['v\u009D8;;http://x\u009C1', 'v 8;;http://x 1'],
	'isolates and marks of direction': ['v\u2066\u2067\u2068\u2069\u061C\u200E1', 'v1'],
	'variation selectors': ['v\uFE00\uFE0F\u{E0100}\u{E01EF}1', 'v1'],
	'fillers that have a width, and nothing to see': ['v\u115F\u1160\u3164\uFFA01', 'v1'],
	'vowels and joiners that no one sees': ['v\u034F\u17B4\u17B5\u180B\u180D\u180F1', 'v1'],
	'controls of music and shorthand': ['v\u{1D173}\u{1D17A}\u{1BCA0}1', 'v1'],
	'annotations between lines': ['v\uFFF9\uFFFA\uFFFB1', 'v1'],
	'controls of hieroglyphs': ['v\u{13430}\u{1343F}1', 'v1'],
	'deprecated format characters': ['v\u206A\u206F1', 'v1'],
	'a byte order mark': ['\uFEFFv1', 'v1'],
	'tabs and form feeds': ['v\t\f\v1', 'v 1'],
} as const;

test.each(Object.entries(hostile))('%s does not come through', (_name, [said, shown]) => {
	expect(outsideText(said)).toBe(shown);
	expect(outsideLines(said.replaceAll(/\r?\n/g, ' '))).toBe(shown);
});

test('a letter keeps as many marks as languages have, and no heap of them', () => {
	expect(outsideText('Việt Nam हिन्दी')).toBe('Việt Nam हिन्दी');
	const heap = outsideText(`Z${'\u0301\u0489\u0336'.repeat(1000)}b`);
	expect(heap.match(/\p{M}/gu)).toHaveLength(4);
	expect(heap.endsWith('b')).toBe(true);
});

test('a command that has to hold a heap of marks has it escaped, and comes out as it was', () => {
	const name = `Z${'\u0301\u0489\u0336'.repeat(20)}b`;
	const line = shell`echo ${name}`;
	expect(line).not.toMatch(/\p{M}/u);
	expect(execFileSync('sh', ['-c', line], { encoding: 'utf8' })).toBe(`${name}\n`);
	expect(shell`echo ${'Việt Nam हिन्दी'}`).toBe("echo 'Việt Nam हिन्दी'");
	expect(printableJson(name)).not.toMatch(/\p{M}{5}/u);
	expect(JSON.parse(printableJson(name))).toBe(name);
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
	expect(visiblyEscaped(said)).toMatch(/^[\n\t\u0020-\u007E\uD800-\uDFFF]*$/);
});
