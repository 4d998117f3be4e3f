export type PastedText =
	| Readonly<{ type: 'taken'; text: string; note?: string }>
	| Readonly<{ type: 'refused'; because: string }>;

/**
 * What of a paste may go into a one-line field. Ends are cleaned, because copying from a web console brings line
 * breaks and invisible characters along; inside, nothing is dropped in silence: a key that lost a character is worse
 * than one that was refused.
 */
export function cleanPaste(pasted: string): PastedText {
	if (pasted.includes('\0'))
		return refuse('The pasted text contains a NUL character, so it is not plain text.');
	if (pasted.length > longest) {
		return refuse(`The pasted text has ${pasted.length} characters; this field accepts up to ${longest}.`);
	}
	const { text, cut } = trimEnds(pasted);
	const lines = text.split(lineBreak).length;
	if (lines > 1) {
		return refuse(`The pasted text has ${lines} lines and this field accepts one. Copy only that line.`);
	}
	const control = controlCharacter.exec(text)?.[0];
	if (control !== undefined) {
		return refuse(`The pasted text contains ${nameOf(control)}. Copy only the value itself.`);
	}
	const note = noteOn(text, cut);
	return note === undefined ? { type: 'taken', text } : { type: 'taken', text, note };
}

const longest = 65_536;

const refuse = (because: string): PastedText => ({
	type: 'refused',
	because: `${because} Nothing was pasted.`,
});

/** Plain spaces at the ends may be meant; beside a line break or another invisible character they are not. */
function trimEnds(pasted: string): { text: string; cut: string } {
	const head = blankHead.exec(pasted)?.[0] ?? '';
	const start = onlySpaces.test(head) ? 0 : head.length;
	const end = pasted.length - blankTail(pasted, start);
	return { text: pasted.slice(start, end), cut: pasted.slice(0, start) + pasted.slice(end) };
}

function blankTail(pasted: string, start: number): number {
	let end = pasted.length;
	while (end > start && blank.test(pasted.charAt(end - 1))) end--;
	return onlySpaces.test(pasted.slice(end)) ? 0 : pasted.length - end;
}

function noteOn(text: string, cut: string): string | undefined {
	if (cut !== '') {
		const kinds = [
			lineBreak.test(cut) && 'line breaks',
			cut.includes('\t') && 'tabs',
			cut.replace(/[\r\n\v\f\t \u0085\u2028\u2029]/g, '') !== '' && 'invisible characters',
		].filter(kind => kind !== false);
		return `Removed at the ends: ${kinds.join(', ')}.`;
	}
	if (/^ | $/.test(text)) return 'The pasted text begins or ends with a space, which was kept.';
	if (invisibleInside.test(text))
		return 'The pasted text contains invisible characters. If it is rejected, type it.';
	return undefined;
}

function nameOf(control: string): string {
	if (control === '\t') return 'a tab';
	const code = control.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
	return `a control character (U+${code})`;
}

const lineBreak = /\r\n|[\r\n\v\f\u0085\u2028\u2029]/;
// Lone surrogates are no characters either.
const controlCharacter = /[\p{Cc}\p{Cs}]/u;
const blankCharacters =
	' \\t\\r\\n\\v\\f\\u0085\\u00A0\\u00AD\\u1680\\u180E\\u2000-\\u200F\\u2028-\\u202F\\u205F-\\u206F\\u3000\\uFEFF';
const blank = new RegExp(`[${blankCharacters}]`);
const blankHead = new RegExp(`^[${blankCharacters}]*`);
const onlySpaces = /^ *$/;
// Not the joiner (U+200D): it holds emoji together.
const invisibleInside = /[\u00A0\u00AD\u180E\u2000-\u200C\u200E\u200F\u202A-\u202F\u205F-\u206F\uFEFF]/;
