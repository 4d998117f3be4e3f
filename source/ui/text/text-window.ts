import { graphemes, graphemeWidth } from './display-width.ts';

/** The part of a line that is on screen, around its cursor. Each piece is as it will be shown. */
export type TextWindow = Readonly<{
	isCutLeft: boolean;
	before: string;
	/** What the cursor runs on; empty at the end of the text. */
	at: string;
	after: string;
	isCutRight: boolean;
}>;

/** At least so many cells stay visible to the right of the cursor, where there is text. */
const lookAhead = 4;

/**
 * Chooses what of `text` fits `cells` cells, so that the cursor is always in it; one cell is kept for the cursor at
 * the end of the text. `show` says how a grapheme is drawn. When not all fits, one cell on either end is left for a
 * sign that says so.
 */
export function textWindow(
	text: string,
	cursor: number,
	cells: number,
	show: (grapheme: string) => string,
): TextWindow {
	const parts = graphemes.segment(text);
	const at = shown(parts.containing(cursor)?.segment ?? '', show);
	const rest = cells - Math.max(1, at.width);
	const whole = spread(parts, cursor, rest, rest, show);
	if (!whole.isCutLeft && !whole.isCutRight) return { ...whole, at: at.text };
	const room = Math.max(0, rest - 2);
	return { ...spread(parts, cursor, room, Math.min(lookAhead, room), show), at: at.text };
}

/** A grapheme that the terminal would not show, or that would take no room, is made visible. */
export const showPlain =
	(unprintable: string) =>
	(grapheme: string): string =>
		graphemeWidth(grapheme) === 0 || turnsText.test(grapheme) ? unprintable : grapheme;

// Characters that turn the direction of the text after them.
const turnsText = /[\u202A-\u202E\u2066-\u2069]/;

function spread(
	parts: Intl.Segments,
	cursor: number,
	room: number,
	ahead: number,
	show: (grapheme: string) => string,
): Omit<TextWindow, 'at'> {
	const current = parts.containing(cursor);
	const next = current === undefined ? cursor : current.index + current.segment.length;
	// The cursor may stand inside a grapheme, after half a flag was typed: the whole of it is drawn at the cursor.
	const here = current?.index ?? cursor;
	const reserved = forward(parts, next, ahead, show).width;
	const before = backward(parts, here, room - reserved, show);
	const after = forward(parts, next, room - before.width, show);
	return { isCutLeft: before.isCut, before: before.text, after: after.text, isCutRight: after.isCut };
}

type Piece = Readonly<{ text: string; width: number; isCut: boolean }>;

function forward(
	parts: Intl.Segments,
	from: number,
	room: number,
	show: (grapheme: string) => string,
): Piece {
	let [text, width] = ['', 0];
	for (let part = parts.containing(from); part; part = parts.containing(part.index + part.segment.length)) {
		const piece = shown(part.segment, show);
		if (width + piece.width > room) return { text, width, isCut: true };
		text += piece.text;
		width += piece.width;
	}
	return { text, width, isCut: false };
}

function backward(parts: Intl.Segments, to: number, room: number, show: (grapheme: string) => string): Piece {
	let [text, width] = ['', 0];
	for (let part = parts.containing(to - 1); part; part = parts.containing(part.index - 1)) {
		const piece = shown(part.segment, show);
		if (width + piece.width > room) return { text, width, isCut: true };
		text = piece.text + text;
		width += piece.width;
	}
	return { text, width, isCut: false };
}

function shown(grapheme: string, show: (grapheme: string) => string): { text: string; width: number } {
	const text = grapheme === '' ? '' : show(grapheme);
	return { text, width: graphemeWidth(text) };
}
