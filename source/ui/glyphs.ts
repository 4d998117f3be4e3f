/** The signs the screens are made of. Both sets say the same; the ASCII one only needs more letters for it. */
export type Glyphs = Readonly<{
	pointer: string;
	ok: string;
	error: string;
	warning: string;
	pending: string;
	running: string;
	skipped: string;
	info: string;
	bullet: string;
	arrow: string;
	/** Represents one character of a secret. One cell wide, as are the three after it. */
	dot: string;
	unprintable: string;
	cutLeft: string;
	cutRight: string;
	ellipsis: string;
	separator: string;
	line: string;
	/** The text cursor where a terminal can't show inverse text. */
	caret: string;
	border: 'round' | 'classic';
	spinner: readonly [string, ...string[]];
	/** How the signs that stand in sentences are spelled. */
	signs: Readonly<Record<string, string>>;
	/** How the signs for keys are spelled in hints. */
	keys: Readonly<Record<string, string>>;
}>;

export const unicodeGlyphs: Glyphs = {
	pointer: '❯',
	ok: '✔',
	error: '✖',
	warning: '▲',
	pending: '·',
	running: '◆',
	skipped: '○',
	info: '›',
	bullet: '•',
	arrow: '→',
	dot: '•',
	unprintable: '�',
	cutLeft: '‹',
	cutRight: '›',
	ellipsis: '…',
	separator: '·',
	line: '─',
	caret: '▏',
	border: 'round',
	spinner: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
	signs: {},
	keys: {},
};

export const asciiGlyphs: Glyphs = {
	pointer: '>',
	ok: '+',
	error: 'x',
	warning: '!',
	pending: '.',
	running: '*',
	skipped: 'o',
	info: '-',
	bullet: '*',
	arrow: '->',
	dot: '*',
	unprintable: '?',
	cutLeft: '<',
	cutRight: '>',
	ellipsis: '~',
	separator: '|',
	line: '-',
	caret: '|',
	border: 'classic',
	spinner: ['-', '\\', '|', '/'],
	signs: { '→': '->', '↔': '<->', '…': '...', '•': '*', '·': '|', '✔': '+', '✖': 'x', '▲': '!' },
	keys: {
		'↑↓': 'Up/Down',
		'←→': 'Left/Right',
		'↑': 'Up',
		'↓': 'Down',
		'←': 'Left',
		'→': 'Right',
		'⏎': 'Enter',
		'⇥': 'Tab',
	},
};

/** A sentence whose signs this terminal can show. */
export function spellSigns(text: string, glyphs: Glyphs): string {
	return text.replace(/[→↔…•·✔✖▲]/g, sign => glyphs.signs[sign] ?? sign);
}

/** The name of a key as this terminal can show it: `↑↓` is `Up/Down` in ASCII. */
export function spellKeys(keys: string, glyphs: Glyphs): string {
	return Object.entries(glyphs.keys).reduce((text, [sign, word]) => text.replaceAll(sign, word), keys);
}
