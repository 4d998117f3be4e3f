import { expect, test } from 'vitest';
import { asciiGlyphs, unicodeGlyphs } from '../../source/ui/glyphs.ts';
import { type TerminalEnvironment, themeFor } from '../../source/ui/theme.ts';

const utf8 = { LANG: 'en_US.UTF-8', TERM: 'xterm-256color' };

// Where, and whether it gets colours, Unicode, and movement.
const terminals: [
	string,
	Omit<TerminalEnvironment, 'platform'> & { platform?: string },
	boolean,
	boolean,
	boolean,
][] = [
	['a usual terminal', { env: utf8 }, true, true, true],
	['NO_COLOR', { env: { ...utf8, NO_COLOR: '1' } }, false, true, true],
	['an empty NO_COLOR', { env: { ...utf8, NO_COLOR: '' } }, true, true, true],
	['a dumb terminal', { env: { ...utf8, TERM: 'dumb' } }, false, false, false],
	['the console of Linux', { env: { ...utf8, TERM: 'linux' } }, true, false, true],
	['a Latin-1 locale', { env: { ...utf8, LANG: 'de_DE.ISO-8859-1' } }, true, false, true],
	['LC_ALL over LANG', { env: { ...utf8, LC_ALL: 'C' } }, true, false, true],
	['an empty LC_ALL', { env: { ...utf8, LC_ALL: '' } }, true, true, true],
	['no locale', { env: { TERM: 'xterm' } }, true, false, true],
	['no locale on macOS', { env: { TERM: 'xterm' }, platform: 'darwin' }, true, true, true],
	['the old console of Windows', { env: {}, platform: 'win32' }, true, false, true],
	['Windows Terminal', { env: { WT_SESSION: '1' }, platform: 'win32' }, true, true, true],
	['Git Bash on Windows', { env: { TERM: 'xterm-256color' }, platform: 'win32' }, true, true, true],
	['VS Code on Windows', { env: { TERM_PROGRAM: 'vscode' }, platform: 'win32' }, true, true, true],
	// WSL is Linux: what shows it hands over a sign of its own, and the locale decides anyway.
	['WSL in Windows Terminal', { env: { ...utf8, LANG: 'C.UTF-8', WT_SESSION: '1' } }, true, true, true],
	['WSL without a locale', { env: { TERM: 'xterm-256color', WT_SESSION: '1' } }, true, false, true],
	['tmux', { env: { ...utf8, TERM: 'tmux-256color' } }, true, true, true],
	['screen', { env: { ...utf8, TERM: 'screen-256color' } }, true, true, true],
	['no TERM', { env: { LANG: 'C.UTF-8' } }, true, true, true],
	['a build machine', { env: { ...utf8, CI: '' } }, true, true, false],
	['reduced motion', { env: { ...utf8, NO_MOTION: '1' } }, true, true, false],
	['choices of one’s own', { env: utf8, color: false, unicode: false, motion: false }, false, false, false],
];

for (const [name, terminal, color, unicode, motion] of terminals) {
	test(name, () => {
		const theme = themeFor({ platform: 'linux', ...terminal });
		expect(theme.styles.error.color !== undefined).toBe(color);
		expect(theme.glyphs === unicodeGlyphs).toBe(unicode);
		expect(theme.hasMotion).toBe(motion);
	});
}

test('no two signs that stand side by side look the same', () => {
	for (const glyphs of [unicodeGlyphs, asciiGlyphs]) {
		const { ok, error, warning, pending, running, skipped, info, pointer } = glyphs;
		expect(new Set([ok, error, warning, pending, running, skipped, info, pointer]).size).toBe(8);
	}
});

test('the ASCII set is ASCII', () => {
	const { keys, ...signs } = asciiGlyphs;
	expect([...Object.values(signs).flat(), ...Object.values(keys)].join('')).toMatch(/^[ -~]*$/);
});
