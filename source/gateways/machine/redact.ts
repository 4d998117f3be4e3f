import { isRecord, parseJson, textIn } from '../../pairing/words/json.ts';
import { withoutUnseen } from '../../pairing/words/outside-text.ts';
import type { Secret } from '../../pairing/words/secret.ts';

const dots = '••••••••';

/** Characters. What is shorter shows by what surrounds it: no line that has it is shown. */
const short = 8;

/**
 * Whatever an answer quotes, what was sent is not repeated: neither as it is, nor as programs quote it, nor a part of it, nor over
 * two lines. The longest goes first, since one secret may be part of another. Nor is what has the looks of Portworx's own tokens.
 */
export function redact(text: string, secrets: readonly Secret[]): string {
	const known = secrets.map(searched);
	const forms = [...new Set(known.flatMap(({ long }) => long))].sort(
		(one, other) => other.length - one.length,
	);
	const whole = forms.reduce((left, value) => left.replaceAll(value, dots), withoutUnseen(text));
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

/** Parts of a secret by their size. */
type Parts = ReadonlyMap<number, ReadonlySet<string>>;

type Searched = Readonly<{ long: readonly string[]; short: readonly string[]; parts: Parts }>;

/** Every answer is searched for the same few secrets: what to look for is made once of each. */
const remembered = new WeakMap<Secret, Searched>();

function searched(secret: Secret): Searched {
	const before = remembered.get(secret);
	if (before) {
		return before;
	}
	const values = [secret.reveal(), ...partsOfKeyFile(secret.reveal())].filter(value => value !== '');
	const long = values.filter(value => value.length >= short);
	const found = {
		long: unique(long.flatMap(formsOf)),
		short: values.filter(value => value.length < short).flatMap(formsOf),
		// Of a key file, its type and its project say nothing.
		parts: partsOf(unique(long.filter(value => !isRecord(parseJson(value))).flatMap(formsOfParts))),
	};
	remembered.set(secret, found);
	return found;
}

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];

const formsOf = (value: string): readonly string[] => [
	value,
	JSON.stringify(value).slice(1, -1),
	...goJson(value),
	...percentForms(value),
	...(value.length > mostOfAKey ? [] : twice(value)),
	...base64Forms(Buffer.from(value)),
	Buffer.from(value).toString('hex'),
	Buffer.from(value).toString('hex').toUpperCase(),
];

const withoutLines = (text: string, values: readonly string[]): string =>
	values.length === 0
		? text
		: text
				.split('\n')
				.map(line => (values.some(value => line.includes(value)) ? dots : line))
				.join('\n');

/** In base64, what comes before a text shifts it by up to two bytes, and changes its first and last signs. */
function base64Forms(bytes: Buffer): string[] {
	const inside = [1, 2].flatMap(shift => {
		const text = Buffer.concat([Buffer.alloc(shift), bytes])
			.toString('base64')
			.replace(/=+$/, '');
		const inner = text.slice(shift + 1, -1);
		return inner.length < short ? [] : [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
	});
	return [bytes.toString('base64'), bytes.toString('base64url'), ...inside];
}

/** What is left of a secret that was cut, or broken over lines: as many of its characters in a row as no other text has by chance. */
function withoutParts(text: string, known: readonly Parts[]): string {
	const { compact, places } = withoutBreaks(text);
	const hidden = new Uint8Array(compact.length);
	for (const size of new Set(known.flatMap(parts => [...parts.keys()]))) {
		const sets = known.flatMap(parts => parts.get(size) ?? []);
		for (let at = 0; at + size <= compact.length; at++) {
			const part = compact.slice(at, at + size);
			if (sets.some(parts => parts.has(part))) {
				hidden.fill(1, at, at + size);
			}
		}
	}
	let shown = '';
	let from = 0;
	for (let at = hidden.indexOf(1); at !== -1; at = hidden.indexOf(1, at)) {
		const next = hidden.indexOf(0, at);
		const end = next === -1 ? hidden.length : next;
		shown += `${text.slice(from, places[at])}${dots}`;
		from = (places[end - 1] ?? 0) + 1;
		at = end;
	}
	return shown + text.slice(from);
}

/** The parts to look for, by their size; without regard to the case of ASCII letters, which programs change in what they encode. */
function partsOf(forms: readonly string[]): Parts {
	const found = new Map<number, Set<string>>();
	for (const form of forms) {
		const size = Math.min(12, Math.max(short, Math.ceil(form.length / 2)));
		const parts = found.get(size) ?? new Set();
		found.set(size, parts);
		const { compact } = withoutBreaks(form);
		for (let at = 0; at + size <= compact.length; at++) {
			const part = compact.slice(at, at + size);
			if (hasThreeLetters(part)) {
				parts.add(part);
			}
		}
	}
	return found;
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

/** Sequences of a terminal, other control characters, and line breaks with what the next line is indented by. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
const breaks = /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]|[\p{Cc}\p{Zl}\p{Zp}]+(?:(?<=[\r\n])[\r\n\t ]*)?/gu;

/** The text without its line breaks and what they are indented by, nor sequences that color it, and where each of its characters stood. */
function withoutBreaks(text: string): Readonly<{ compact: string; places: Uint32Array }> {
	const places = new Uint32Array(text.length);
	let compact = '';
	let from = 0;
	const keep = (to: number) => {
		for (let at = from; at < to; at++) {
			places[compact.length + at - from] = at;
		}
		compact += text.slice(from, to);
	};
	for (const { index, 0: found } of text.matchAll(breaks)) {
		keep(index);
		from = index + found.length;
	}
	keep(text.length);
	return { compact: compact.replaceAll(/[A-Z]/g, letter => letter.toLowerCase()), places };
}

/** Go's JSON escapes what HTML reads as its own, and its HTML does so in another way. */
const goJson = (value: string): string[] => [
	JSON.stringify(value)
		.slice(1, -1)
		.replaceAll(/[&<>]/g, sign => `\\u00${sign.charCodeAt(0).toString(16)}`),
	value
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&#34;')
		.replaceAll("'", '&#39;'),
];

/** Characters. What is longer is a file; of that each line is looked for by itself. */
const mostOfAKey = 4096;

const formsOfParts = (value: string): readonly string[] =>
	value.length > mostOfAKey ? [value] : formsOf(value);

const twice = (value: string): string[] => [
	...jsonInJson(value),
	...percentForms(encodeURIComponent(value.toWellFormed())),
];

/** A message in JSON that quotes JSON, and what keeps to ASCII. */
const jsonInJson = (value: string): string[] =>
	[JSON.stringify(value).slice(1, -1), ...goJson(value)].flatMap(form => [
		JSON.stringify(form).slice(1, -1),
		form.replaceAll(/[^\0-\x7F]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
	]);

/** As URLs have it, and as forms do, in either case of their digits. */
function percentForms(value: string): string[] {
	const encoded = encodeURIComponent(value.toWellFormed());
	const asQuery = encoded.replaceAll(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
	return [encoded, asQuery, asQuery.replaceAll('%20', '+')].flatMap(form => [
		form,
		form.replaceAll(/%[0-9A-F]{2}/g, code => code.toLowerCase()),
	]);
}

function partsOfKeyFile(value: string): string[] {
	const key = parseJson(value);
	return isRecord(key) && typeof key.private_key === 'string'
		? [key.private_key, textIn(key.private_key_id), ...key.private_key.split('\n')].filter(
				part => !/^(-----.*)?$/.test(part),
			)
		: [];
}
