/** A text in which each escape is the character that it means, and where in the text each of them was. */
export type Skeleton = Readonly<{ text: string; starts: Uint32Array; ends: Uint32Array }>;

/** `letters` has letters and digits alone: no quoting and no separator hides those. `signs` has all that is seen. */
export type Skeletons = Readonly<{ letters: Skeleton; signs: Skeleton }>;

/**
 * What programs make of a text is undone: escapes of Go, JSON, C, shells, URLs and HTML, one within the other; case, accents and
 * width of letters; line breaks and colors. Two texts that differ in nothing else have the same skeletons.
 */
export function skeletonsOf(text: string): Skeletons {
	let skeleton = replaced(whole(text), unseen);
	for (let depth = 0; depth < deepest; depth++) {
		const next = replaced(skeleton, escapes);
		if (next === skeleton) {
			break;
		}
		skeleton = next;
	}
	const lower = { ...skeleton, text: skeleton.text.replaceAll(/[A-Z]+/g, letters => letters.toLowerCase()) };
	return { letters: replaced(lower, lettersOnly), signs: replaced(lower, signsToo) };
}

/** Escapes within escapes. */
const deepest = 6;

type Undoing = Readonly<{ found: RegExp; meaning(found: string): string }>;

function whole(text: string): Skeleton {
	const starts = new Uint32Array(text.length).map((_, index) => index);
	return { text, starts, ends: starts.map(start => start + 1) };
}

/** Sequences of a terminal, other control characters, and line breaks with what the next line is indented by; in mail with a sign before. */
const unseen: Undoing = {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
	found: /=(?=\r?\n)|(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]|[\p{Cc}\p{Zl}\p{Zp}]+(?:(?<=[\r\n])[\r\n\t ]*)?/gu,
	meaning: () => '',
};

const hex = String.raw`[\dA-Fa-f]`;
/** One character in UTF-8, each byte of it behind a sign. */
const inBytes = (sign: string) => `${sign}[C-Fc-f]${hex}(?:${sign}[89ABab]${hex}){1,3}|${sign}${hex}{2}`;

/** Of HTML. What is not a letter counts where all signs do. */
const named: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
	sol: '/',
	plus: '+',
	equals: '=',
	num: '#',
	excl: '!',
	dollar: '$',
	percnt: '%',
	lpar: '(',
	rpar: ')',
	ast: '*',
	comma: ',',
	period: '.',
	colon: ':',
	semi: ';',
	quest: '?',
	commat: '@',
	lsqb: '[',
	bsol: '\\',
	rsqb: ']',
	Hat: '^',
	lowbar: '_',
	grave: '`',
	lcub: '{',
	verbar: '|',
	vert: '|',
	rcub: '}',
	hyphen: '-',
	dash: '-',
	Tab: ' ',
	NewLine: ' ',
	szlig: 'ß',
	aelig: 'æ',
	AElig: 'Æ',
	oelig: 'œ',
	OElig: 'Œ',
	oslash: 'ø',
	Oslash: 'Ø',
	eth: 'ð',
	ETH: 'Ð',
	thorn: 'þ',
	THORN: 'Þ',
	inodot: 'ı',
	lstrok: 'ł',
	Lstrok: 'Ł',
	dstrok: 'đ',
	Dstrok: 'Đ',
};
/** The letter is left: accents do not count. */
const accented = '[A-Za-z](?:acute|grave|circ|uml|tilde|cedil|ring|caron|ogon|breve|macr|dot|dblac)';

const escapes: Undoing = {
	found: new RegExp(
		[
			String.raw`\\u${hex}{4}|\\U${hex}{8}`,
			String.raw`${inBytes(String.raw`\\x`)}|\\3[0-7]{2}(?:\\2[0-7]{2}){1,3}|\\[0-3][0-7]{2}`,
			inBytes('%'),
			// Quoted-printable leaves most letters as they are, and a value may well begin behind a sign like its.
			`(?:=${hex}{2}){3,}|=3D|=20|=09|=[C-F]${hex}(?:=[89AB]${hex}){1,3}`,
			`&#[Xx]${hex}{1,6};|&#\\d{1,7};|&(?:${accented}|${Object.keys(named).join('|')});`,
			String.raw`\\[abfnrtv]|\\[^\p{L}\p{N}\s]`,
			`\\b0x(?=${hex}{1,2}\\b)`,
		].join('|'),
		'gu',
	),
	meaning: found => {
		const [first, second = ''] = found;
		if (first === '&') {
			return found[1] === '#'
				? fromCode(numberOf(found.slice(2, -1)))
				: (named[found.slice(1, -1)] ?? second);
		}
		if (first === '%' || first === '=') {
			return fromBytes(found.split(first), 16);
		}
		if (first === '0' || /^[abfnrtv]$/.test(second)) {
			return '';
		}
		if (second === 'x') {
			return fromBytes(found.split('\\x'), 16);
		}
		return /\d/.test(second)
			? fromBytes(found.split('\\'), 8)
			: /[Uu]/.test(second)
				? fromCode(Number.parseInt(found.slice(2), 16))
				: second;
	},
};

const numberOf = (digits: string): number => Number(digits.replace(/^x/i, '0x'));

const fromCode = (code: number): string => (code > 0x10_ff_ff ? '' : String.fromCodePoint(code));

const fromBytes = (digits: readonly string[], base: number): string =>
	Buffer.from(digits.filter(Boolean).map(each => Number.parseInt(each, base))).toString('utf8');

const plainLetters = (text: string): string => text.normalize('NFKD').toLowerCase().replaceAll(/\p{M}/gu, '');

const lettersOnly: Undoing = {
	found: /[\0-/:-`{-\x7F]+|[^a-z\d]/gu,
	meaning: found => (found < '\x7F' ? '' : plainLetters(found).replaceAll(/[^\p{L}\p{N}]/gu, '')),
};

const signsToo: Undoing = {
	found: /[^ -~]/gu,
	meaning: plainLetters,
};

/** The same object where there was nothing to undo. What is meant is never longer than what was found. */
function replaced(before: Skeleton, { found, meaning }: Undoing): Skeleton {
	const { text } = before;
	const units = new Uint16Array(text.length);
	const starts = new Uint32Array(text.length);
	const ends = new Uint32Array(text.length);
	let from = 0;
	let at = 0;
	const keep = (to: number) => {
		starts.set(before.starts.subarray(from, to), at);
		ends.set(before.ends.subarray(from, to), at);
		for (let index = from; index < to; index++, at++) {
			units[at] = text.charCodeAt(index);
		}
	};
	for (const { index, 0: was } of text.matchAll(found)) {
		keep(index);
		from = index + was.length;
		const meant = meaning(was).slice(0, was.length);
		for (let unit = 0; unit < meant.length; unit++, at++) {
			units[at] = meant.charCodeAt(unit);
			starts[at] = before.starts[index] ?? 0;
			ends[at] = before.ends[from - 1] ?? 0;
		}
	}
	if (from === 0) {
		return before;
	}
	keep(text.length);
	return {
		text: Buffer.from(units.buffer, 0, at * 2).toString('utf16le'),
		starts: starts.subarray(0, at),
		ends: ends.subarray(0, at),
	};
}
