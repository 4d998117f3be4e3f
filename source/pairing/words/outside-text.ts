declare const brand: unique symbol;

/**
 * Text of which a part came from outside: a cluster, a program, a file, an environment. It can do nothing to a terminal or to the eye
 * that reads it: one line, no control character, nothing that turns or hides what follows, no more than it was given room for.
 * Only the functions of this file make one, so what is typed as it was cleaned.
 */
export type OutsideText = string & Readonly<{ [brand]: 'outside' }>;

/** Characters. Longer than anything a healthy cluster says of itself. */
const mostOfALine = 4000;

/** Control characters (C0, DEL, C1) and line breaks of all kinds. */
const breaking = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** Seen by no one, and yet they turn a line around, join words or carry a second text: bidi, zero-width, fillers, variations, tags. */
const unseen = /[\p{DI}\uFFF9-\uFFFB\u{13430}-\u{1343F}]/gu;
/** More marks on one letter than any language has grow over the lines around it. */
const heaps = /(\p{M}{4})\p{M}+/gu;

/** A secret that has such characters in it would be whole again once it is cleaned: it is searched for without them. */
export const withoutUnseen = (text: string): string => text.replace(unseen, '');

/** What patterns are looked for in: its first words say it, and patterns are slow on what has no end. */
export const beginning = (text: string): string => text.slice(0, 16_384);

/** @param most characters; what is longer ends in "…" */
export const outsideText = (text: string, most = mostOfALine): OutsideText => {
	// What is going to be dropped need not be searched.
	const near = text.length > 4 * most ? text.slice(0, 4 * most) : text;
	const clean = near.replace(breaking, ' ').replace(unseen, '').replace(heaps, '$1').toWellFormed().trim();
	const isWhole = near.length === text.length && clean.length <= most;
	return branded(isWhole ? clean : `${clean.slice(0, most).toWellFormed()}…`);
};

/** For evidence. */
export const shortLine = (text: string, most = 400): OutsideText => outsideText(text, most);

const mostLines = 200;

/** The same for what may have several lines: each of them is one. What they are indented by stays. */
export const outsideLines = (text: string, most = mostLines): OutsideText => {
	const lines = text.split('\n', most + 1);
	const kept = lines.slice(0, most).map(line => `${/^ {0,200}/.exec(line)?.[0] ?? ''}${outsideText(line)}`);
	return branded([...kept, ...(lines.length > most ? ['…'] : [])].join('\n'));
};

const branded = (text: string): OutsideText => text as OutsideText;

/** JSON as any terminal can show it: what JSON may hold as it is, but a terminal obeys, is escaped. */
export const printableJson = (value: unknown, indent?: number | string): string =>
	escaped(JSON.stringify(value, undefined, indent));

export const isPrintable = (text: string): boolean => !/\p{Cc}/u.test(text) && escaped(text) === text;

/** For texts in double quotes, which are there as they are, in JSON and YAML alike. So are the marks of a heap, but for its first. */
export const escaped = (text: string): string =>
	text.replace(
		/[\u007F-\u009F\u2028\u2029\p{DI}\uFFF9-\uFFFB\u{13430}-\u{1343F}]|(?<=\p{M}{4})\p{M}/gu,
		character =>
			Array.from({ length: character.length }, (_, index) => index)
				.map(index => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
				.join(''),
	);

/**
 * The last line of defence, for what is about to be written: what would get past the cleaning above shows as the escape it is. Line
 * breaks and tabs are the program's own.
 */
export const visiblyEscaped = (text: string): string =>
	text.replace(
		/(?![\n\t])\p{Cc}|[\u2028\u2029\p{DI}\uFFF9-\uFFFB\u{13430}-\u{1343F}]/gu,
		character => `\\u{${character.codePointAt(0)?.toString(16)}}`,
	);
