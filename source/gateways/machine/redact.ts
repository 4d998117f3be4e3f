import { isRecord, parseJson, textIn } from '../../pairing/words/json.ts';
import { withoutUnseen } from '../../pairing/words/outside-text.ts';
import type { Secret } from '../../pairing/words/secret.ts';
import { type Skeleton, type Skeletons, skeletonsOf } from './skeleton.ts';

const dots = '••••••••';

/** Characters. What is shorter shows by what surrounds it: no line that has it is shown. */
const short = 8;

/**
 * Whatever an answer quotes, what was sent is not repeated: neither as it is, nor as programs quote or encode it, nor a part of it,
 * nor over two lines. The longest goes first, since one secret may be part of another. Nor is what has the looks of Portworx's own tokens.
 */
export function redact(text: string, secrets: readonly Secret[]): string {
	const known = secrets.map(searched);
	const values = [...new Set(known.flatMap(({ long }) => long))].sort(
		(one, other) => other.length - one.length,
	);
	const whole = values.reduce((left, value) => left.replaceAll(value, dots), withoutUnseen(text));
	return withoutLines(
		withoutParts(
			whole,
			known.map(({ parts }) => parts),
		),
		known.flatMap(secret => secret.short),
	)
		.replaceAll(/\b(Token is )\S+/gi, `$1${dots}`)
		.replaceAll(/\b[0-9a-f]{128}\b/gi, dots)
		.replaceAll(/(?<![\w-])[\w-]+(?:\.[\w-]+){2,}/g, words => words.replace(/\beyJ.*/is, dots));
}

/** Parts of the skeletons of a secret, by their size, and the sums of how each of them begins. */
type Parts = Readonly<{ bySize: ReadonlyMap<number, ReadonlySet<string>>; sums: ReadonlySet<number> }>;
type PartsOfBoth = Readonly<Record<keyof Skeletons, Parts>>;

type Searched = Readonly<{ long: readonly string[]; short: readonly string[]; parts: PartsOfBoth }>;

/** Every answer is searched for the same few secrets: what to look for is made once of each. */
const remembered = new WeakMap<Secret, Searched>();

function searched(secret: Secret): Searched {
	const before = remembered.get(secret);
	if (before) {
		return before;
	}
	const values = unique([secret.reveal(), ...partsOfKeyFile(secret.reveal())]).filter(value => value !== '');
	const long = values.filter(value => value.length >= short);
	// Of a key file, its type and its project say nothing.
	const plain = long.filter(value => !isRecord(parseJson(value)));
	const both = [...plain, ...plain.map(backwards)];
	const found: Searched = {
		long: unique(long.flatMap(value => [value, inJson(value), inForm(value), base64(value)])),
		short: unique(values.filter(value => value.length < short).flatMap(shortForms)),
		parts: {
			letters: partsOf('letters', [...both, ...plain.map(misread), ...long.flatMap(encoded)]),
			signs: partsOf('signs', both),
		},
	};
	remembered.set(secret, found);
	return found;
}

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];

const inJson = (value: string): string => JSON.stringify(value).slice(1, -1);

const inForm = (value: string): string => new URLSearchParams([['', value]]).toString().slice(1);
const base64 = (value: string): string => Buffer.from(value).toString('base64');

const backwards = (value: string): string => [...value].reverse().join('');

/** Each byte of it for a character. */
const misread = (value: string): string => Buffer.from(value).toString('latin1');

/** Characters. What is longer is a file, of which each line is looked for by itself. */
const mostOfAKey = 4096;

/** What is no longer made of its characters. The skeleton of a text has neither blanks between numbers nor what ends base64. */
function encoded(value: string): readonly string[] {
	const bytes = Buffer.from(value);
	if (value.length > mostOfAKey) {
		return [bytes.toString('hex'), ...base64Forms(bytes)];
	}
	const wide = Buffer.from(value, 'utf16le');
	const quoted = Buffer.from(inJson(value));
	return [
		...[bytes, wide].map(each => each.toString('hex')),
		bytes.join(' '),
		...[bytes, quoted, wide, Buffer.from(bytes.toString('base64'))].flatMap(base64Forms),
	];
}

/** In base64, what comes before a text shifts it by up to two bytes, and changes its first and last signs. */
const base64Forms = (bytes: Buffer): readonly string[] => [
	bytes.toString('base64'),
	...[1, 2].map(shift =>
		Buffer.concat([Buffer.alloc(shift), bytes])
			.toString('base64')
			.replace(/=+$/, '')
			.slice(shift + 1, -1),
	),
];

/** Too few characters for a part of it to be told from other text. */
const shortForms = (value: string): readonly string[] =>
	[value, backwards(value), base64(value), Buffer.from(value).toString('hex')].map(
		form => skeletonsOf(form).signs.text,
	);

const withoutLines = (text: string, values: readonly string[]): string =>
	values.length === 0
		? text
		: text
				.split('\n')
				.map(line => {
					const { signs } = skeletonsOf(line);
					return values.some(value => signs.text.includes(value)) ? dots : line;
				})
				.join('\n');

/** What is left of a secret that was cut, or broken over lines: as many of its characters in a row as no other text has by chance. */
function withoutParts(text: string, known: readonly PartsOfBoth[]): string {
	if (known.length === 0) {
		return text;
	}
	const skeletons = skeletonsOf(text);
	const hidden = new Uint8Array(text.length);
	for (const kept of ['letters', 'signs'] as const) {
		hideParts(
			hidden,
			skeletons[kept],
			known.map(parts => parts[kept]),
		);
	}
	let shown = '';
	let from = 0;
	for (let at = hidden.indexOf(1); at !== -1; at = hidden.indexOf(1, from)) {
		const next = hidden.indexOf(0, at);
		shown += `${text.slice(from, at)}${dots}`;
		from = next === -1 ? text.length : next;
	}
	return shown + text.slice(from);
}

/** One look at each character, whatever is looked for. */
function hideParts(hidden: Uint8Array, { text, starts, ends }: Skeleton, known: readonly Parts[]): void {
	let sum = 0;
	for (let end = 0; end < text.length; end++) {
		sum = sumWith(sum, text.charCodeAt(end));
		const at = end + 1 - short;
		for (const { sums, bySize } of known) {
			if (sums.has(sum)) {
				for (const [size, parts] of bySize) {
					if (parts.has(text.slice(at, at + size))) {
						hidden.fill(1, starts[at], ends[at + size - 1]);
					}
				}
			}
		}
	}
}

/** Of the last eight characters: what was before them has been shifted out. */
const sumWith = (sum: number, unit: number): number => ((sum << 3) ^ unit) & 0xff_ff_ff;

const sumOf = (part: string): number =>
	[...Array(short).keys()].reduce((sum, index) => sumWith(sum, part.charCodeAt(index)), 0);

function partsOf(kept: keyof Skeletons, forms: readonly string[]): Parts {
	const bySize = new Map<number, Set<string>>();
	const sums = new Set<number>();
	for (const form of unique(forms.map(each => skeletonsOf(each)[kept].text))) {
		const size = Math.min(12, Math.max(short, Math.ceil(form.length / 2)));
		const parts = bySize.get(size) ?? new Set();
		bySize.set(size, parts);
		for (let at = 0; at + size <= form.length; at++) {
			const part = form.slice(at, at + size);
			if (hasThreeLetters(part)) {
				parts.add(part);
				sums.add(sumOf(part));
			}
		}
	}
	return { bySize, sums };
}

/** Of one letter or two, as in a row of dots or zeros, other texts have rows as well. */
function hasThreeLetters(part: string): boolean {
	const first = part[0];
	let second: string | undefined;
	for (const letter of part) {
		if (letter !== first) {
			second ??= letter;
			if (letter !== second) {
				return true;
			}
		}
	}
	return false;
}

function partsOfKeyFile(value: string): string[] {
	const key = parseJson(value);
	return isRecord(key) && typeof key.private_key === 'string'
		? [key.private_key, textIn(key.private_key_id), ...key.private_key.split('\n')].filter(
				part => !/^(-----.*)?$/.test(part),
			)
		: [];
}
