import { createContext, createElement, type ReactNode, useContext } from 'react';
import type { Environment } from '../pairing/words/environment.ts';
import { asciiGlyphs, type Glyphs, unicodeGlyphs } from './glyphs.ts';
import { showsLinks } from './shows-links.ts';
import { showsUnicode } from './shows-unicode.ts';

/** What a piece of text means. Colour only repeats what its word or sign says already. */
export type Meaning =
	| 'source'
	| 'destination'
	| 'ok'
	| 'warning'
	| 'error'
	| 'muted'
	| 'accent'
	| 'practice'
	| 'match'
	| 'cursor';

/** Spread into Ink's `<Text>`. */
export type TextStyle = Readonly<{
	color?: string;
	backgroundColor?: string;
	bold?: boolean;
	dimColor?: boolean;
	inverse?: boolean;
	underline?: boolean;
}>;

export type Theme = Readonly<{
	styles: Readonly<Record<Meaning, TextStyle>>;
	glyphs: Glyphs;
	/** False where the terminal can't show inverse text: the cursor is then a character of its own. */
	hasStyles: boolean;
	/** False: nothing moves by itself. */
	hasMotion: boolean;
	/** URLs can be followed. */
	hasLinks: boolean;
}>;

export type TerminalEnvironment = Readonly<{
	env: Environment;
	/** As Node names it: `linux`, `darwin`, `win32`. */
	platform: string;
	/** A choice of the person's own overrules what the environment suggests. */
	color?: boolean;
	unicode?: boolean;
	motion?: boolean;
}>;

export function themeFor(terminal: TerminalEnvironment): Theme {
	const hasStyles = showsStyles(terminal.env);
	return {
		styles:
			hasStyles && (terminal.color ?? wantsColor(terminal.env)) ? colored : hasStyles ? uncolored : bare,
		glyphs: (terminal.unicode ?? showsUnicode(terminal)) ? unicodeGlyphs : asciiGlyphs,
		hasStyles,
		hasLinks: showsLinks(terminal.env),
		hasMotion: terminal.motion ?? (hasStyles && allowsMotion(terminal.env)),
	};
}

export function ThemeProvider({ theme, children }: { theme: Theme; children?: ReactNode }): ReactNode {
	return createElement(ThemeContext, { value: theme }, children);
}

export const useTheme = (): Theme => useContext(ThemeContext);

const bare: Theme['styles'] = {
	source: {},
	destination: {},
	ok: {},
	warning: {},
	error: {},
	muted: {},
	accent: {},
	practice: {},
	match: {},
	cursor: {},
};

const uncolored: Theme['styles'] = {
	...bare,
	source: { bold: true },
	destination: { bold: true },
	warning: { bold: true },
	error: { bold: true },
	accent: { bold: true },
	practice: { inverse: true },
	match: { underline: true },
	cursor: { inverse: true },
};

// No colour of the 16 keeps 4.5:1 on every usual background, and only bright red keeps 3:1; bright magenta nearly does
// (2.9 in One Half Light), bright blue does not (2.3). So the source is bold in the terminal's own colour, which always
// holds, and is distinct from the destination anyway. Green marks a sign beside a word. Yellow and cyan vanish on
// white: they are backgrounds, under black. tests/ui/contrast.test.ts computes it.
const colored: Theme['styles'] = {
	source: { bold: true },
	destination: { color: 'magentaBright', bold: true },
	ok: { color: 'green' },
	warning: { color: 'black', backgroundColor: 'yellow' },
	error: { color: 'redBright', bold: true },
	// Dimmed, not grey: grey is the background in some dark palettes. Where dimming is not shown, nothing is lost.
	muted: { dimColor: true },
	accent: { bold: true },
	practice: { color: 'black', backgroundColor: 'cyan' },
	match: { underline: true },
	cursor: { inverse: true },
};

const ThemeContext = createContext<Theme>({
	styles: bare,
	glyphs: asciiGlyphs,
	hasStyles: false,
	hasMotion: false,
	hasLinks: false,
});

type Env = TerminalEnvironment['env'];

const showsStyles = (env: Env): boolean => env.TERM !== 'dumb';

/** https://no-color.org: set to anything but the empty string. */
const wantsColor = (env: Env): boolean =>
	!env.NO_COLOR && env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';

const allowsMotion = (env: Env): boolean =>
	env.CI === undefined && !env.NO_MOTION && env.INK_SCREEN_READER !== 'true';
