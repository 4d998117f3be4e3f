import type { Environment } from '../../pairing/words/environment.ts';
import { showsUnicode } from '../../ui/shows-unicode.ts';

/** How a person wants things said. Colour and signs are absent where the terminal decides. */
export type Look = Readonly<{
	/** In lines to be read aloud: nothing is drawn over, and little is said of progress. */
	isSpoken: boolean;
	color?: false;
	unicode?: false;
	/** false: neither the bell nor the title of the window. */
	bell?: false;
}>;

/**
 * Flags run on the command line wherever they like, and are refused elsewhere if they are not known.
 * `ACCESSIBLE` is what other programs for terminals look for, `INK_SCREEN_READER` is Ink's own.
 */
export const lookFrom = (argv: readonly string[], environment: Environment): Look => ({
	isSpoken:
		argv.includes('--accessible') ||
		!/^(|0|false|no|off)$/i.test(environment.ACCESSIBLE ?? '') ||
		environment.INK_SCREEN_READER === 'true',
	...(argv.includes('--no-color') && { color: false }),
	...(argv.includes('--ascii') && { unicode: false }),
	...(argv.includes('--no-bell') && { bell: false }),
});

/** Whether questions are asked in lines: a dumb terminal can't go back to a line that it has shown. */
export const asksInLines = ({
	look,
	environment,
}: Readonly<{ look: Look; environment: Environment }>): boolean =>
	look.isSpoken || environment.TERM === 'dumb';

/** Whether each step tells its evidence on a terminal too, as it does in a pipe. */
export const isVerbose = (argv: readonly string[]): boolean =>
	argv.some(word => word === '-v' || word === '--verbose');

/**
 * Whether plain lines are spelled in ASCII: on request, and where the locale says so. A locale that says nothing, as on
 * machines that build, is no reason to: what is printed there is kept in files.
 */
export function spellsAscii(look: Look, environment: Environment, platform: string): boolean {
	const { LC_ALL, LC_CTYPE, LANG, TERM } = environment;
	const isSaid = Boolean(LC_ALL || LC_CTYPE || LANG) || TERM === 'linux';
	return (
		look.unicode === false ||
		(isSaid && platform !== 'win32' && !showsUnicode({ env: environment, platform }))
	);
}
