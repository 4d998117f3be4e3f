import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createKeySplitter } from '../../source/ui/keys/key-splitter.ts';

const esc = '\u001B';
const escapeKey = `${esc}[27u`;

// What comes in one read, and the keys it holds.
const reads: [string, string[]][] = [
	['text\r', ['text', '\r']],
	['a\tb', ['a', '\t', 'b']],
	['one\r\ntwo\n', ['one', '\r', 'two', '\r']],
	[`${esc}[B${esc}[B\r`, [`${esc}[B`, `${esc}[B`, '\r']],
	['\u007F\u007F', ['\u007F', '\u007F']],
	['\u0003', ['\u0003']],
	[`${esc}[1;5D${esc}[3~`, [`${esc}[1;5D`, `${esc}[3~`]],
	[`${esc}OH${esc}OF`, [`${esc}OH`, `${esc}OF`]],
	[`${esc}[[A${esc}[2$x`, [`${esc}[[A`, `${esc}[2$`, 'x']],
	[`${esc}b${esc}\u007F`, [`${esc}b`, `${esc}\u007F`]],
	[`${esc}${esc}[D`, [`${esc}${esc}[D`]],
	[`${esc}${esc}x`, [escapeKey, `${esc}x`]],
	[`${esc}\r`, [escapeKey, '\r']],
	[`${esc}🙂`, [`${esc}🙂`]],
	[`${esc}[200~a\rb${esc}[C${esc}[201~c`, [`${esc}[200~a\rb${esc}[C${esc}[201~`, 'c']],
	// A terminal's answer about its background colour is no key.
	[`${esc}]11;rgb:0000/0000/0000${esc}\\x`, ['x']],
	[`${esc}[\r`, [`${esc}[91;3u`, '\r']],
	['日本語🙂', ['日本語🙂']],
];

for (const [read, keys] of reads) {
	test(JSON.stringify(read), () => {
		const splitter = createKeySplitter();
		expect(splitter.push(read)).toEqual(keys);
		expect(splitter.waitsFor()).toBe('nothing');
	});
}

// What comes and then nothing more, and what it is taken for.
const unfinished: [string, 'escape' | 'paste', string[]][] = [
	[esc, 'escape', [escapeKey]],
	[esc + esc, 'escape', [escapeKey, escapeKey]],
	[`${esc}[`, 'escape', [`${esc}[91;3u`]],
	[`${esc}O`, 'escape', [`${esc}[79;3u`]],
	[`${esc}[1;5`, 'escape', [`${esc}[91;3u`, '1;5']],
	[`${esc}]hello`, 'escape', [`${esc}[93;3u`, 'hello']],
	[`${esc}[200~half a paste`, 'paste', [`${esc}[200~half a paste${esc}[201~`]],
];

for (const [read, waitsFor, keys] of unfinished) {
	test(`${JSON.stringify(read)} and then silence`, () => {
		const splitter = createKeySplitter();
		expect(splitter.push(read)).toEqual([]);
		expect(splitter.waitsFor()).toBe(waitsFor);
		expect(splitter.flush()).toEqual(keys);
		expect(splitter.waitsFor()).toBe('nothing');
	});
}

test('wherever a read is cut, the keys are the same', () => {
	const key = fc.constantFrom(
		...reads.flatMap(([, keys]) => keys).filter(each => each.startsWith(esc)),
		'x',
		'\r',
	);
	fc.assert(
		fc.property(fc.array(key), fc.array(fc.nat(8), { minLength: 1 }), (keys, sizes) => {
			const sent = keys.join('');
			const whole = createKeySplitter();
			const cut = createKeySplitter();
			const expected = [...whole.push(sent), ...whole.flush()].join('');
			let got = '';
			for (let at = 0, turn = 0; at < sent.length; turn++) {
				const size = 1 + (sizes[turn % sizes.length] ?? 0);
				got += cut.push(sent.slice(at, at + size)).join('');
				at += size;
			}
			expect(got + cut.flush().join('')).toBe(expected);
		}),
	);
});
