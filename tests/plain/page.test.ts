import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exceptColors, pageOn } from '../../source/commands/line/page.ts';
import { visiblyEscaped } from '../../source/pairing/words/outside-text.ts';
import { plainPage, type Tone, wrap } from '../../source/plain/page.ts';

const narrow = { ...plainPage, columns: 40 };
const tones: readonly Tone[] = [
	'source',
	'destination',
	'ok',
	'changed',
	'warning',
	'error',
	'muted',
	'strong',
];
const person = { look: { isSpoken: false }, environment: {}, isVerbose: false } as const;
const terminal = { isTTY: true, columns: 80 };

test('prose is broken at blanks, and what follows the first line is indented', () => {
	expect(wrap('  → Give an address of its API server that the source can reach', narrow, 4)).toEqual([
		'  → Give an address of its API server',
		'    that the source can reach',
	]);
});

test('no word is lost, and no line is too wide unless one word alone is', () => {
	fc.assert(
		fc.property(fc.array(fc.stringMatching(/^[!-~]{1,50}$/), { minLength: 1 }), words => {
			const lines = wrap(words.join(' '), narrow, 4);
			expect(lines.flatMap(line => line.trim().split(' '))).toEqual(words);
			expect(lines.filter(line => line.length > 40 && line.trim().includes(' '))).toEqual([]);
		}),
	);
});

test('a pipe gets lines as long as they are', () => {
	const long = 'word '.repeat(100).trimEnd();
	expect(wrap(long, plainPage, 4)).toEqual([long]);
});

test.each([
	['a pipe', {}, person],
	['a screen reader', terminal, { ...person, look: { isSpoken: true } }],
	['TERM=dumb', terminal, { ...person, environment: { TERM: 'dumb' } }],
])('%s gets the words alone', (_, stream, surroundings) => {
	expect(pageOn(stream, surroundings)).toBe(plainPage);
});

test.each([
	['NO_COLOR', { ...person, environment: { NO_COLOR: '1' } }],
	['--no-color', { ...person, look: { isSpoken: false, color: false } }],
] as const)('with %s a terminal gets no color, and lines that fit', (_, surroundings) => {
	const page = pageOn(terminal, surroundings);
	expect(tones.map(tone => page.paint(tone, 'x'))).toEqual(tones.map(() => 'x'));
	expect(page).toMatchObject({ columns: 80, isBrief: true });
});

test('the colors of a page pass, and nothing else that a terminal obeys', () => {
	const page = pageOn(terminal, person);
	const painted = tones.map(tone => page.paint(tone, tone)).join(' ');
	expect(exceptColors(painted, visiblyEscaped)).toBe(painted);
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 0, max: 255 }), (text, code) => {
			const shown = exceptColors(`${text}\u001B[${code}m\u001B[2J\u001B]52;c;eA==\u0007`, visiblyEscaped);
			const others = shown.replaceAll(/\p{Cc}\[(?:1|2|22|32|39|49|1;3[2]|1;9[15]|22;39|30;43|39;49)m/gu, '');
			expect(others).not.toMatch(/(?![\n\t])\p{Cc}/u);
		}),
	);
});

const url = 'https://docs.example/portworx/pair#step-1';

test('a URL is a link where the terminal says that it has links, and never in a pipe', () => {
	const links = (environment: Readonly<Record<string, string>>, stream: object = terminal) =>
		pageOn(stream, { ...person, environment }).link(url) !== url;
	expect({
		kitty: links({ TERM: 'xterm-kitty' }),
		wezterm: links({ TERM: 'xterm-256color', TERM_PROGRAM: 'WezTerm' }),
		'old VTE': links({ TERM: 'xterm-256color', VTE_VERSION: '4602' }),
		VTE: links({ TERM: 'xterm-256color', VTE_VERSION: '6800' }),
		unknown: links({ TERM: 'xterm-256color' }),
		'opted out': links({ TERM: 'xterm-kitty', FORCE_HYPERLINK: '0' }),
		forced: links({ TERM: 'xterm-256color', FORCE_HYPERLINK: '1' }),
		dumb: links({ TERM: 'dumb', FORCE_HYPERLINK: '1' }),
		pipe: links({ TERM: 'xterm-kitty', FORCE_HYPERLINK: '1' }, {}),
	}).toEqual({
		kitty: true,
		wezterm: true,
		'old VTE': false,
		VTE: true,
		unknown: false,
		'opted out': false,
		forced: true,
		dumb: false,
		pipe: false,
	});
});

test('a link passes; to another scheme, or with more in it, it does not', () => {
	const page = pageOn(terminal, { ...person, environment: { TERM: 'xterm-kitty' } });
	const muted = page.paint('muted', page.link(url));
	expect(exceptColors(muted, visiblyEscaped)).toBe(muted);
	for (const hostile of ['file:///etc/passwd', 'https://x\u001B[2J', 'javascript:x']) {
		const shown = exceptColors(`\u001B]8;;${hostile}\u001B\\x`, visiblyEscaped);
		expect(shown).not.toContain(`\u001B]8;;${hostile}`);
	}
});
