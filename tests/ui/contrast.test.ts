import { expect, test } from 'vitest';
import { type Meaning, type TextStyle, themeFor } from '../../source/ui/theme.ts';

const names = [
	...['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'],
	...['blackBright', 'redBright', 'greenBright', 'yellowBright'],
	...['blueBright', 'magentaBright', 'cyanBright', 'whiteBright'],
];

// The 16 colours in the order of `names`, as the terminals' own sources and settings have them.
const palettes = {
	xterm:
		'#000000 #cd0000 #00cd00 #cdcd00 #0000ee #cd00cd #00cdcd #e5e5e5 #7f7f7f #ff0000 #00ff00 #ffff00 #5c5cff #ff00ff #00ffff #ffffff',
	vga: '#000000 #aa0000 #00aa00 #aa5500 #0000aa #aa00aa #00aaaa #aaaaaa #555555 #ff5555 #55ff55 #ffff55 #5555ff #ff55ff #55ffff #ffffff',
	tango:
		'#2e3436 #cc0000 #4e9a06 #c4a000 #3465a4 #75507b #06989a #d3d7cf #555753 #ef2929 #8ae234 #fce94f #729fcf #ad7fa8 #34e2e2 #eeeeec',
	gnome:
		'#171421 #c01c28 #26a269 #a2734c #12488b #a347ba #2aa1b3 #d0cfcc #5e5c64 #f66151 #33d17a #e9ad0c #2a7bde #c061cb #33c7de #ffffff',
	solarized:
		'#073642 #dc322f #859900 #b58900 #268bd2 #d33682 #2aa198 #eee8d5 #002b36 #cb4b16 #586e75 #657b83 #839496 #6c71c4 #93a1a1 #fdf6e3',
	campbell:
		'#0c0c0c #c50f1f #13a10e #c19c00 #0037da #881798 #3a96dd #cccccc #767676 #e74856 #16c60c #f9f1a5 #3b78ff #b4009e #61d6d6 #f2f2f2',
	oneHalfLight:
		'#383a42 #e45649 #50a14f #c18301 #0184bc #a626a4 #0997b3 #fafafa #4f525d #df6c75 #98c379 #e4c07a #61afef #c577dd #56b5c1 #ffffff',
	macos:
		'#000000 #990000 #00a600 #999900 #0000b2 #b200b2 #00a6b2 #bfbfbf #666666 #e50000 #00d900 #e5e500 #0000ff #e500e5 #00e5e5 #e5e5e5',
};

// Each with its own foreground and background.
const terminals = [
	['xterm, dark', palettes.xterm, '#e5e5e5', '#000000'],
	['xterm, light', palettes.xterm, '#000000', '#ffffff'],
	['the console of Linux', palettes.vga, '#aaaaaa', '#000000'],
	['Tango, dark', palettes.tango, '#d3d7cf', '#2e3436'],
	['Tango, light', palettes.tango, '#2e3436', '#ffffff'],
	['GNOME, dark', palettes.gnome, '#ffffff', '#171421'],
	['GNOME, light', palettes.gnome, '#171421', '#ffffff'],
	['Solarized, dark', palettes.solarized, '#839496', '#002b36'],
	['Solarized, light', palettes.solarized, '#657b83', '#fdf6e3'],
	['Windows Terminal, Campbell', palettes.campbell, '#cccccc', '#0c0c0c'],
	['Windows Terminal, One Half Light', palettes.oneHalfLight, '#383a42', '#fafafa'],
	['Terminal of macOS, Basic', palettes.macos, '#000000', '#ffffff'],
	['Terminal of macOS, Pro', palettes.macos, '#f2f2f2', '#000000'],
] as const;

const { styles } = themeFor({ env: { LANG: 'C.UTF-8', TERM: 'xterm-256color' }, platform: 'linux' });

/** Styles of whole words. `ok` marks a sign beside one; `muted` is dimmed by each terminal in its own way. */
const words: readonly Meaning[] = [
	'source',
	'destination',
	'warning',
	'error',
	'accent',
	'practice',
	'cursor',
];

/** The one that falls short of 3:1. The word beside it, and its place, say which side it is. */
const shortOf3: Readonly<Record<string, number>> = { 'destination in Windows Terminal, One Half Light': 2.8 };

test.each(terminals)('%s: words can be read', (terminal, palette, foreground, background) => {
	const own = contrast(foreground, background);
	for (const meaning of words) {
		const style = styles[meaning];
		const least = shortOf3[`${meaning} in ${terminal}`] ?? (hasColor(style) ? 3 : Math.min(4.1, own));
		const ratio = contrast(
			shade(style.color, palette) ?? foreground,
			shade(style.backgroundColor, palette) ?? background,
		);
		expect(ratio, meaning).toBeGreaterThanOrEqual(least);
	}
});

test('no colour of the 16 would do better for a word', () => {
	const least = (name: string) =>
		Math.min(
			...terminals.map(([, palette, , background]) => contrast(shade(name, palette) ?? '', background)),
		);
	const holding = names.filter(name => least(name) >= 3);
	expect(holding).toEqual(['redBright']);
	const [next] = names.filter(name => name !== 'redBright').sort((a, b) => least(b) - least(a));
	expect(next).toBe('magentaBright');
});

const hasColor = ({ color, backgroundColor }: TextStyle): boolean =>
	color !== undefined || backgroundColor !== undefined;

const shade = (name: string | undefined, palette: string): string | undefined =>
	name === undefined ? undefined : palette.split(' ')[names.indexOf(name)];

/** https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
	const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5]
		.map(at => Number.parseInt(color.slice(at, at + 2), 16) / 255)
		.map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
