import { asciiGlyphs, spellSigns } from '../../ui/glyphs.ts';
import { lookFrom, spellsAscii } from './look.ts';

/** How lines are spelled here: signs become letters for a terminal or a locale that has none of them. */
export function spellingFor({
	argv,
	env,
	platform,
}: Pick<NodeJS.Process, 'argv' | 'env' | 'platform'>): (text: string) => string {
	return spellsAscii(lookFrom(argv, env), env, platform)
		? text => spellSigns(text, asciiGlyphs)
		: text => text;
}
