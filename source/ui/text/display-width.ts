import { oneCellEach } from './one-cell-each.ts';

export const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

export const splitGraphemes = (text: string): string[] =>
	[...graphemes.segment(text)].map(part => part.segment);

/** How many cells of the terminal a text takes, counted as Ink counts, so that layouts agree. */
export function displayWidth(text: string): number {
	if (oneCellEach.test(text)) return text.length;
	let width = 0;
	for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment);
	return width;
}

export function graphemeWidth(grapheme: string): number {
	if (oneCellEach.test(grapheme)) return grapheme.length;
	const start = grapheme.search(visible);
	if (start === -1) return 0;
	if (isEmoji(grapheme) || isLooseEmoji(grapheme)) return 2;
	const [first = '', ...others] = grapheme.slice(start);
	if (hangulSyllable.test(grapheme.slice(start))) return 2;
	return (
		characterWidth(first) + others.filter(isSpacing).reduce((sum, other) => sum + characterWidth(other), 0)
	);
}

/** Cuts a text to so many cells, the last of them a sign that something is missing. */
export function truncate(text: string, cells: number, ellipsis: string): string {
	if (displayWidth(text) <= cells) return text;
	const room = cells - displayWidth(ellipsis);
	if (room < 0) return '';
	return takeCells(text, room) + ellipsis;
}

/** Cuts out of the middle, more of the start than of the end: long names of clusters differ in their last part. */
export function truncateMiddle(text: string, cells: number, ellipsis: string): string {
	if (displayWidth(text) <= cells) return text;
	const room = cells - displayWidth(ellipsis);
	if (room < 0) return '';
	const end = takeLastCells(text, Math.ceil(room * 0.6));
	return takeCells(text, room - displayWidth(end)) + ellipsis + end;
}

/** A name cut or filled up to exactly so many cells. */
export function fitCells(text: string, cells: number, ellipsis: string): string {
	const cut = truncateMiddle(text, cells, ellipsis);
	return cut + ' '.repeat(Math.max(0, cells - displayWidth(cut)));
}

/** Lines of at most so many cells, each broken after its last blank if that is not too early in it; the rest is indented. */
export function breakLine(text: string, cells: number): string[] {
	const indent = `${/^ */.exec(text)?.[0] ?? ''}  `;
	const lines: string[] = [];
	let rest = text;
	while (displayWidth(rest) > cells && cells > 2 * indent.length) {
		const whole = takeCells(rest, cells);
		const blank = whole.lastIndexOf(' ') + 1;
		const end = blank > whole.length / 2 ? blank : whole.length;
		lines.push(whole.slice(0, end).trimEnd());
		rest = indent + rest.slice(end);
	}
	return [...lines, rest];
}

function takeCells(text: string, cells: number): string {
	let width = 0;
	let end = 0;
	for (const { segment, index } of graphemes.segment(text)) {
		width += graphemeWidth(segment);
		if (width > cells) break;
		end = index + segment.length;
	}
	return text.slice(0, end);
}

function takeLastCells(text: string, cells: number): string {
	let width = 0;
	let start = text.length;
	for (const grapheme of splitGraphemes(text).reverse()) {
		width += graphemeWidth(grapheme);
		if (width > cells) break;
		start -= grapheme.length;
	}
	return text.slice(start);
}

const visible = /[^\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Mn}\p{Me}\p{Cs}]/v;
// Made at its first use: that takes 5 ms.
const isEmoji = (grapheme: string): boolean => /^\p{RGI_Emoji}$/v.test(grapheme);
const keycap = /^[\d#*]\u20E3$/;
const hangulSyllable =
	/^[\u1100-\u115F\uA960-\uA97C][\u1160-\u11A7\uD7B0-\uD7C6][\u11A8-\u11FF\uD7CB-\uD7FB]?$/;

/** Emoji that leave out a variation selector are drawn wide anyway. */
const isLooseEmoji = (grapheme: string): boolean =>
	keycap.test(grapheme) ||
	(grapheme.includes('\u200D') && (grapheme.match(/\p{Extended_Pictographic}/gu)?.length ?? 0) >= 2);

const isSpacing = (character: string): boolean => /[\p{Mc}\uFF00-\uFFEF]/u.test(character);

const characterWidth = (character: string): number => (wide.test(character) ? 2 : 1);

// East Asian Wide and Fullwidth (https://www.unicode.org/reports/tr11/), and emoji but for half a flag.
const wide =
	/[\u1100-\u115F\u2329\u232A\u2630-\u2637\u268A-\u268F\u2E80-\u303E\u3041-\u3247\u3250-\u4DBF\u4DC0-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6B\uFF01-\uFF60\uFFE0-\uFFE6\u{16FE0}-\u{18DFF}\u{1AFF0}-\u{1B2FF}\u{1D300}-\u{1D376}\u{1F200}-\u{1F265}\u{20000}-\u{3FFFD}[\p{Emoji_Presentation}--[\u{1F1E6}-\u{1F1FF}]]]/v;
