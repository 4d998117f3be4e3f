/**
 * Cuts what a terminal sends into keys. A key is a string: one control character, one whole escape sequence, one
 * whole bracketed paste with its brackets, or a run of printable text.
 */
export type KeySplitter = Readonly<{
	push(text: string): string[];
	/** Gives up waiting for the rest of what came last. */
	flush(): string[];
	/** What the last push ended in the middle of. */
	waitsFor(): 'nothing' | 'escape' | 'paste';
}>;

export function createKeySplitter(): KeySplitter {
	let pending = '';

	return {
		push(text) {
			const { keys, rest } = split(pending + text);
			pending = rest;
			return keys;
		},
		flush() {
			const rest = pending;
			pending = '';
			return rest === '' ? [] : splitUnfinished(rest);
		},
		waitsFor() {
			if (pending === '') return 'nothing';
			return pending.startsWith(pasteStart) ? 'paste' : 'escape';
		},
	};
}

export const escapeKey = '\u001B[27u';
export const interruptKey = '\u0003';
/** Ctrl-Z. */
export const suspendKey = '\u001A';

/** Printable text, as against a control character or a sequence. */
export const isText = (key: string): boolean => !startsWithControl.test(key);

const esc = '\u001B';
const pasteStart = '\u001B[200~';
const pasteEnd = '\u001B[201~';
// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals speak in control characters
const startsWithControl = /^[\u0000-\u001F\u007F]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const textRun = /[^\u0000-\u001F\u007F]+/y;

type Cut = { key: string | undefined; next: number } | 'unfinished';

function split(input: string): { keys: string[]; rest: string } {
	const keys: string[] = [];
	let at = 0;
	while (at < input.length) {
		const cut = cutOne(input, at);
		if (cut === 'unfinished') return { keys, rest: input.slice(at) };
		if (cut.key !== undefined) keys.push(cut.key);
		at = cut.next;
	}
	return { keys, rest: '' };
}

function cutOne(input: string, at: number): Cut {
	textRun.lastIndex = at;
	const run = textRun.exec(input)?.[0];
	if (run !== undefined) return { key: run, next: at + run.length };
	if (input[at] === esc) return cutEscape(input, at);
	// Enter is CR in raw mode; scripts and some key mappings send LF or both for it.
	if (input.startsWith('\r\n', at)) return { key: '\r', next: at + 2 };
	return { key: input[at] === '\n' ? '\r' : input[at], next: at + 1 };
}

function cutEscape(input: string, at: number): Cut {
	const prefix = input[at + 1] === esc ? 2 : 1;
	const kind = input[at + prefix];
	if (kind === undefined) return 'unfinished';
	if (kind === '[') return cutControlSequence(input, at, prefix);
	if (kind === 'O') return cutMatch(applicationKey, input, at, prefix);
	if (prefix === 2) return { key: escapeKey, next: at + 1 };
	if (']P_^X'.includes(kind)) return cutMatch(terminalReply, input, at, prefix, () => undefined);
	// Esc followed at once by a control key is two keys; Alt-Backspace alone is one.
	if (startsWithControl.test(kind) && kind !== '\u007F' && kind !== '\b') {
		return { key: escapeKey, next: at + 1 };
	}
	const character = String.fromCodePoint(input.codePointAt(at + 1) ?? 0);
	return { key: esc + character, next: at + 1 + character.length };
}

function cutControlSequence(input: string, at: number, prefix: number): Cut {
	if (prefix === 1 && input.startsWith(pasteStart, at)) {
		const end = input.indexOf(pasteEnd, at + pasteStart.length);
		if (end === -1) return 'unfinished';
		return { key: input.slice(at, end + pasteEnd.length), next: end + pasteEnd.length };
	}
	return cutMatch(controlSequence, input, at, prefix);
}

// The two oddities are F1 to F5 of the Linux console (`[[A`) and rxvt's shifted keys (`[2$`).
const controlSequence = /\[(?:\[[A-Za-z]|[2-8]\$|[0-?]*[ -/]*[@-~])/y;
const controlSequenceStart = /\[(?:\[|[0-?]*[ -/]*)$/y;
const applicationKey = /O[0-9;]*[@-~]/y;
const applicationKeyStart = /O[0-9;]*$/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: BEL or ESC \ end a terminal's reply
const terminalReply = /[\]P_^X][^\u0007\u001B]*(?:\u0007|\u001B\\)/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const terminalReplyStart = /[\]P_^X][^\u0007\u001B]*\u001B?$/y;
const starts = new Map([
	[controlSequence, controlSequenceStart],
	[applicationKey, applicationKeyStart],
	[terminalReply, terminalReplyStart],
]);

function cutMatch(
	pattern: RegExp,
	input: string,
	at: number,
	prefix: number,
	keyOf: (sequence: string) => string | undefined = sequence => sequence,
): Cut {
	pattern.lastIndex = at + prefix;
	const found = pattern.exec(input)?.[0];
	const next = at + prefix + (found?.length ?? 0);
	if (found !== undefined) return { key: keyOf(input.slice(at, next)), next };
	const start = starts.get(pattern);
	if (start !== undefined) {
		start.lastIndex = at + prefix;
		if (start.test(input)) return 'unfinished';
	}
	return notASequence(input, at);
}

/** What began like a sequence was Alt and a key, in a spelling that Ink can't mistake for the start of one. */
function notASequence(input: string, at: number): { key: string; next: number } {
	if (input[at + 1] === esc) return { key: escapeKey, next: at + 1 };
	return { key: `${esc}[${input.codePointAt(at + 1)};3u`, next: at + 2 };
}

function splitUnfinished(rest: string): string[] {
	// A paste whose end never came: better in one piece than a keyboard that stays dead.
	if (rest.startsWith(pasteStart)) return [rest + pasteEnd];
	if (rest === esc) return [escapeKey];
	const { key, next } = notASequence(rest, 0);
	const following = split(rest.slice(next));
	return [key, ...following.keys, ...(following.rest === '' ? [] : splitUnfinished(following.rest))];
}
