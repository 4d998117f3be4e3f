import { Secret } from '../pairing/words/secret.ts';
import { graphemes } from './text/display-width.ts';
import { cleanPaste } from './text/pasted-text.ts';

/**
 * A one-line editor. The text lies in a `Secret` whatever the field is for: logged, inspected or serialised, the
 * state shows dots.
 */
export type TextFieldState = Readonly<{
	text: Secret;
	/** In UTF-16 units. Between characters, and after what was last inserted. */
	cursor: number;
	notice?: FieldNotice;
}>;

/** A word about the last paste: what was changed on the way in, or why nothing came in. */
export type FieldNotice = Readonly<{ type: 'note' | 'refusal'; text: string }>;

/** To where, seen from the cursor. */
export type Motion = 'left' | 'right' | 'word-left' | 'word-right' | 'start' | 'end';

export type TextFieldAction =
	| Readonly<{ type: 'insert'; text: string }>
	| Readonly<{ type: 'paste'; text: string }>
	/** Puts another text in place of all, as completion does. */
	| Readonly<{ type: 'replace'; text: string }>
	| Readonly<{ type: 'move'; to: Motion }>
	| Readonly<{ type: 'erase'; to: Motion }>;

export function textField(initial: string | Secret = ''): TextFieldState {
	const text = withoutControls(initial instanceof Secret ? initial.reveal() : initial);
	return { text: new Secret(text), cursor: text.length };
}

export function textFieldReducer(state: TextFieldState, action: TextFieldAction): TextFieldState {
	const text = state.text.reveal();
	switch (action.type) {
		case 'insert':
			return insert(text, state.cursor, action.text);
		case 'paste':
			return paste(state, action.text);
		case 'replace':
			return textField(action.text);
		case 'move':
			return { ...state, cursor: find(text, state.cursor, action.to) };
		case 'erase':
			return erase(text, state.cursor, find(text, state.cursor, action.to));
	}
}

function insert(text: string, cursor: number, typed: string): TextFieldState {
	const clean = withoutControls(typed);
	return {
		text: new Secret(text.slice(0, cursor) + clean + text.slice(cursor)),
		cursor: cursor + clean.length,
	};
}

function paste(state: TextFieldState, pasted: string): TextFieldState {
	const cleaned = cleanPaste(pasted);
	if (cleaned.type === 'refused') return { ...state, notice: { type: 'refusal', text: cleaned.because } };
	const next = insert(state.text.reveal(), state.cursor, cleaned.text);
	return cleaned.note === undefined ? next : { ...next, notice: { type: 'note', text: cleaned.note } };
}

function erase(text: string, cursor: number, other: number): TextFieldState {
	const from = Math.min(cursor, other);
	return { text: new Secret(text.slice(0, from) + text.slice(Math.max(cursor, other))), cursor: from };
}

function find(text: string, cursor: number, motion: Motion): number {
	const parts = graphemes.segment(text);
	switch (motion) {
		case 'left':
			return before(parts, cursor);
		case 'right':
			return after(parts, cursor);
		case 'word-left':
			return wordStart(parts, cursor);
		case 'word-right':
			return wordEnd(parts, cursor);
		case 'start':
			return 0;
		case 'end':
			return text.length;
	}
}

const before = (parts: Intl.Segments, at: number): number => parts.containing(at - 1)?.index ?? 0;

function after(parts: Intl.Segments, at: number): number {
	const next = parts.containing(at);
	return next === undefined ? at : next.index + next.segment.length;
}

function wordStart(parts: Intl.Segments, cursor: number): number {
	let at = cursor;
	while (at > 0 && !isWord(parts, at - 1)) at = before(parts, at);
	while (at > 0 && isWord(parts, at - 1)) at = before(parts, at);
	return at;
}

function wordEnd(parts: Intl.Segments, cursor: number): number {
	let at = cursor;
	while (parts.containing(at) !== undefined && !isWord(parts, at)) at = after(parts, at);
	while (isWord(parts, at)) at = after(parts, at);
	return at;
}

const isWord = (parts: Intl.Segments, at: number): boolean =>
	/^[\p{L}\p{N}_]/u.test(parts.containing(at)?.segment ?? '');

/** Half of a surrogate pair is no character either. */
const withoutControls = (text: string): string => text.replace(/[\p{Cc}\p{Cs}]/gu, '');
