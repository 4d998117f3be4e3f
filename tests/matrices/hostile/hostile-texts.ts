import type { Pieces } from '../../helpers/clusters/rewriting-front.ts';

/** Texts that do something to a terminal, or to the eye that reads it. */
export const hostileTexts = {
	'a cleared screen': '\u001B[2J\u001B[H',
	'a title': '\u001B]0;owned\u0007',
	'the clipboard': '\u001B]52;c;b3duZWQ=\u0007',
	'a link': '\u001B]8;;http://evil.example\u001B\\click\u001B]8;;\u001B\\',
	'C1 controls': '\u009B31m\u009D0;owned\u009C\u0085',
	NUL: 'a\u0000b',
	'backspaces and DEL': 'yes\u0008\u0008\u0008no\u007F',
	bidi: '\u202Etxt.exe\u2066\u2069\u061C',
	'zero-width': 'a\u200Bb\u200D\u2060\uFEFF\u00AD',
	tags: '\u{E0041}\u{E0042}',
	'line breaks': 'a\r\nforged: line\u2028b\u2029c\u000B\u000C',
	'half a character': '\uD800x\uDC00',
	'an escape within a character': '\uD83D\u001B[31m\uDE00\u001BP1$r\u009C\u001B_G\u001B\\',
	'variations and fillers': 'a\uFE0F\uFE00\u{E0100}\u{E01EF}\u034F\u115F\u3164\uFFA0\u17B4\u180B\u{1D173}b',
	'heaps of marks': `Z${'\u0301\u0489\u0336'.repeat(200)}b`,
	'isolates and wide characters': `\u2067\u2068${'漢👩‍👩‍👧'.repeat(50)}\uFFF9\uFFFB`,
	shell: '$(touch OWNED)`touch OWNED`;\'"\\ !! -n',
	YAML: '&a *a !!binary {{ <<: | >- # ? :\n---\n',
} as const satisfies Readonly<Record<string, string>>;

export type HostileText = keyof typeof hostileTexts | 'all of them' | 'all around' | '3 MB' | '40 MB';

const all = Object.values(hostileTexts).join('x');

/** Which of the texts that were said are changed, and how. */
export type Spoil = Readonly<{ places: readonly string[]; how: HostileText }>;

/** In the place of much text until it is sent: most clients are gone before its end. */
const marks = { '3 MB': '3-MB-of-text', '40 MB': '40-MB-of-text' } as const;
const sizes = { '3 MB': 3_000_000, '40 MB': 40_000_000 } as const;

type Large = keyof typeof marks;

const isLarge = (how: HostileText): how is Large => how in marks;

/** A value as it is sent, or a text. 40 MB are in it once, since a text of JSON has its own limit. */
export function* large(value: unknown, how: HostileText): Pieces {
	const isText = typeof value === 'string';
	const text = isText ? value : JSON.stringify(value);
	if (!isLarge(how)) {
		yield text;
		return;
	}
	const mark = isText ? marks[how] : JSON.stringify(marks[how]);
	let from = 0;
	for (let at = text.indexOf(mark); at !== -1; at = how === '3 MB' ? text.indexOf(mark, from) : -1) {
		yield text.slice(from, at);
		yield* piecesOf(how, isText);
		from = at + mark.length;
	}
	yield text.slice(from);
}

const made = new Map<string, readonly Buffer[]>();
const pieceSize = 64 * 1024;

/** They are made once, when they are needed first. */
function piecesOf(how: Large, isText: boolean): readonly Buffer[] {
	const before = made.get(`${how} ${isText}`);
	if (before) {
		return before;
	}
	const text = all.repeat(sizes[how] / all.length);
	const bytes = Buffer.from(isText ? text : JSON.stringify(text));
	const pieces = Array.from({ length: Math.ceil(bytes.length / pieceSize) }, (_, index) =>
		bytes.subarray(index * pieceSize, (index + 1) * pieceSize),
	);
	made.set(`${how} ${isText}`, pieces);
	return pieces;
}

/** What is put in the place of a text. */
export function spoiled(how: HostileText, text: string): string {
	switch (how) {
		case 'all of them':
			return all;
		case 'all around':
			return `${all}${text}${all}`;
		case '3 MB':
		case '40 MB':
			return marks[how];
		default:
			return `${text}${hostileTexts[how]}${text}`;
	}
}

export const hostileNames: readonly HostileText[] = [
	'all of them',
	'all around',
	...(Object.keys(hostileTexts) as (keyof typeof hostileTexts)[]),
	'3 MB',
	'40 MB',
];

/** The texts in a JSON value, by where they are: `items[].metadata.name`. What an object calls its fields is there as `labels{}`. */
export const leavesOf = (value: unknown, at = ''): readonly string[] => {
	if (typeof value === 'string') {
		return [at];
	}
	if (Array.isArray(value)) {
		return value.flatMap(item => leavesOf(item, `${at}[]`));
	}
	if (typeof value !== 'object' || value === null) {
		return [];
	}
	const isMap = /\b(labels|annotations|data|options)$/.test(at);
	return [
		...(isMap ? [`${at}{}`] : []),
		...Object.entries(value).flatMap(([key, item]) =>
			key === 'fieldsV1' ? [] : leavesOf(item, at === '' ? key : `${at}.${key}`),
		),
	];
};

/** The value with all that is at that place spoiled. */
export function spoilAt(value: unknown, place: string, how: HostileText, at = ''): unknown {
	if (typeof value === 'string') {
		return at === place ? spoiled(how, value) : value;
	}
	if (Array.isArray(value)) {
		return value.map(item => spoilAt(item, place, how, `${at}[]`));
	}
	if (typeof value !== 'object' || value === null) {
		return value;
	}
	return Object.fromEntries(
		Object.entries(value).map(([key, item]) => [
			`${at}{}` === place ? spoiled(how, key) : key,
			spoilAt(item, place, how, at === '' ? key : `${at}.${key}`),
		]),
	);
}
