import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { displayWidth } from '../../source/ui/display-width.ts';
import { looks, renderGallery } from '../gallery.tsx';

const ascii = /^[\n -~]*$/;
/** What comes from the exhibits themselves, not from us. */
const foreign = /[東京🗼クラスター]/gu;

for (const look of looks.filter(({ color }) => !color)) {
	const { columns, unicode } = look;
	test(`in ${columns} columns, ${unicode ? 'Unicode' : 'ASCII'}: nothing is wider than the window`, async () => {
		for (const { name, frame } of await renderGallery(look)) {
			const text = stripVTControlCharacters(frame);
			for (const line of text.split('\n'))
				expect([name, line, displayWidth(line) <= columns]).toEqual([name, line, true]);
			if (!unicode) expect(text.replace(foreign, ''), name).toMatch(ascii);
			expect(text, name).not.toContain('not-a-real');
		}
	});
}
