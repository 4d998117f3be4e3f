import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { displayWidth } from '../../source/ui/text/display-width.ts';
import { looks, renderGallery } from '../gallery.tsx';

const ascii = /^[\n -~]*$/;
/** What comes from the exhibits themselves, not from us. */
const foreign = /[東京🗼クラスター]/gu;

for (const look of looks.filter(({ color }) => !color)) {
	const { columns, rows, unicode } = look;
	test(`in ${columns}×${rows}, ${unicode ? 'Unicode' : 'ASCII'}: nothing is wider than the window`, async () => {
		for (const { name, frame } of await renderGallery(look)) {
			const text = stripVTControlCharacters(frame);
			for (const line of text.split('\n'))
				expect([name, line, displayWidth(line) <= columns]).toEqual([name, line, true]);
			if (!unicode) expect(text.replace(foreign, ''), name).toMatch(ascii);
			expect(text, name).not.toContain('not-a-real');
		}
	});
}

test.each([true, false])('no two exhibits are told apart by colour alone (Unicode: %s)', async unicode => {
	const named = new Map<string, string[]>();
	for (const { name, frame } of await renderGallery({ columns: 80, rows: 24, color: false, unicode })) {
		const text = stripVTControlCharacters(frame).replaceAll(/ +$/gm, '');
		named.set(text, [...(named.get(text) ?? []), name]);
	}
	const alike = [...named.values()].filter(names => names.length > 1);
	expect(alike).toEqual([]);
});
