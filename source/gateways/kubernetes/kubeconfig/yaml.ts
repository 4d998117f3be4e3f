import {
	binaryTag,
	defineScalarTag,
	load,
	mergeTag,
	NOT_RESOLVED,
	Schema,
	seqTag,
	strTag,
	YAMLException,
} from 'js-yaml';
import { isRecord } from '../../../pairing/words/json.ts';
import { refuse } from './fault.ts';
import { goMapTag } from './go-map.ts';

/**
 * The first document of a file, as the YAML library of kubectl reads it (sigs.k8s.io/yaml, goyaml v2): what follows it is not
 * even parsed. What a parser says of a mistake quotes the file, so only the line is told.
 */
export function firstDocument(bytes: Buffer): unknown {
	const text = firstOf(decoded(bytes));
	if (!/^ *[^#\s]/m.test(text.replace(/^---/, ''))) {
		return undefined;
	}
	try {
		// A key that is written twice: the last one counts, as for kubectl.
		const value: unknown = load(text, { schema, json: true, maxAliases: 100_000, maxDepth: 10_000 });
		return bounded(asTexts(value));
	} catch (error) {
		if (error instanceof YAMLException) {
			const line = error.mark?.line;
			return refuse(`not YAML: ${line === undefined ? 'it ends early' : `line ${line + 1}`}`);
		}
		if (error instanceof RangeError) {
			return refuse('not YAML: nested too deeply');
		}
		throw error;
	}
}

/** UTF-8 with or without a byte order mark, UTF-16 with one (goyaml readerc.go). */
function decoded(bytes: Buffer): string {
	const encoding =
		bytes[0] === 0xff && bytes[1] === 0xfe
			? 'utf-16le'
			: bytes[0] === 0xfe && bytes[1] === 0xff
				? 'utf-16be'
				: 'utf-8';
	const text = attemptDecoding(bytes, encoding);
	const at = text.search(unprintable);
	if (at >= 0) {
		refuse(`not YAML: line ${text.slice(0, at).split('\n').length} has a control character`);
	}
	return text;
}

function attemptDecoding(bytes: Buffer, encoding: string): string {
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		return refuse('not YAML: it is not UTF-8');
	}
}

/** All but what goyaml takes, in comments too. */
const unprintable = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Comments and directives before the first mark are no document; an empty document is one. */
function firstOf(text: string): string {
	// A second mark ends the stream before it has begun.
	if (text.startsWith('\ufeff')) {
		return '';
	}
	const lines = text.split(/\r\n|\r|\n/);
	const begins = lines.findIndex(line => !/^(\s*(#.*)?|%.*)$/.test(line));
	if (begins < 0) {
		return '';
	}
	const directives = lines.slice(0, begins).filter(line => line.startsWith('%'));
	if (directives.some(line => !/^%(YAML\s+1\.1\s*(#.*)?|TAG\s.*)$/.test(line))) {
		refuse('not YAML 1.1: it begins with another directive than %YAML 1.1');
	}
	const marked = isMark(lines[begins] ?? '');
	const ends = lines.findIndex((line, index) => index >= begins + (marked ? 1 : 0) && isMark(line));
	return firstMap(lines.slice(0, ends < 0 ? undefined : ends).join('\n'));
}

/** Of JSON, where a map ends, the document does: two files in one are read as the first. */
function firstMap(text: string): string {
	if (!/^\s*\{/.test(text)) {
		return text;
	}
	let depth = 0;
	// A text that is never closed is passed over whole: to look for the end of each of its escaped quotes would take minutes.
	for (const { 0: found, index } of text.matchAll(/"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|[{}[\]]/g)) {
		if (found.startsWith('"')) {
			if (/\\(?:\/|u[Dd][89A-Fa-f])/.test(found.replaceAll('\\\\', ''))) {
				refuse('not YAML 1.1: it has an escape of JSON alone, such as \\/');
			}
			continue;
		}
		depth += found === '{' || found === '[' ? 1 : -1;
		if (depth === 0) {
			return text.slice(0, index + 1);
		}
	}
	return text;
}

const isMark = (line: string): boolean => /^(---|\.\.\.)(\s|$)/.test(line);

const plain = (tagName: string, resolve: (text: string) => unknown) =>
	defineScalarTag<unknown>(tagName, { implicit: true, identify: () => false, resolve });

const oneOf = (words: string): RegExp => new RegExp(`^(${words})$`);
const nothing = oneOf('|~|null|Null|NULL');
const yes = oneOf('y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE');
const no = oneOf('n|N|no|No|NO|off|Off|OFF|false|False|FALSE');
const integer = /^[-+]?(0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|\d+)$/;
const float = /^([-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/;

/** goyaml's resolve.go: YAML 1.1 in spirit, but dates, times and `12:30:45` stay texts. */
const schema = new Schema([
	strTag,
	seqTag,
	goMapTag,
	mergeTag,
	binaryTag,
	plain('tag:yaml.org,2002:null', text => (nothing.test(text) ? null : NOT_RESOLVED)),
	plain('tag:yaml.org,2002:bool', text => (yes.test(text) ? true : no.test(text) ? false : NOT_RESOLVED)),
	plain('tag:yaml.org,2002:float', text => {
		const digits = text.replaceAll('_', '');
		if (!/^[-+.\d]/.test(text) || !(integer.test(digits) || float.test(digits))) {
			return NOT_RESOLVED;
		}
		const value = Number(digits);
		// Beyond what a float holds, it is a text to Go.
		return value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY ? NOT_RESOLVED : value;
	}),
	defineScalarTag<unknown>('tag:yaml.org,2002:int', { identify: () => false, resolve: Number }),
	// Tags that nothing is known of are passed over.
	defineScalarTag<unknown>('!', { matchByTagPrefix: true, identify: () => false, resolve: text => text }),
]);

/** `!!binary` is a text to kubectl. Anything else is left as it is. */
function asTexts(value: unknown, seen = new Set<unknown>()): unknown {
	if (value instanceof Uint8Array) {
		return Buffer.from(value).toString('utf8');
	}
	if (typeof value === 'object' && value !== null && !seen.has(value)) {
		seen.add(value);
		const parts: [string, unknown][] = Object.entries(value);
		for (const [key, part] of parts) {
			if (part instanceof Uint8Array) {
				Reflect.set(value, key, asTexts(part, seen));
			} else {
				asTexts(part, seen);
			}
		}
	}
	return value;
}

/** Aliases may unfold to a hundred times what is written, less the more it is (goyaml decode.go); never to themselves. */
function bounded(root: unknown): unknown {
	const sizes = new Map<unknown, number>();
	let written = 0;
	const sizeOf = (value: unknown): number => {
		const known = sizes.get(value);
		if (known !== undefined) {
			return known < 0 ? refuse('not usable: an anchor contains itself') : known;
		}
		written += 1;
		if (!Array.isArray(value) && !isRecord(value)) {
			// JSON, which Go goes through, has no word for it.
			return Number.isNaN(value)
				? refuse('not usable: it holds a number without end, or none (.inf, .nan)')
				: 1;
		}
		sizes.set(value, -1);
		const size = Object.values(value).reduce((sum: number, part) => sum + sizeOf(part), 1);
		sizes.set(value, size);
		return size;
	};
	const unfolded = sizeOf(root);
	const share = (unfolded - written) / unfolded;
	return unfolded > 1000 && share > allowed(unfolded)
		? refuse('not usable: its aliases expand to too much')
		: root;
}

const allowed = (unfolded: number): number =>
	unfolded <= 400_000 ? 0.99 : unfolded >= 4_000_000 ? 0.1 : 0.99 - (0.89 * (unfolded - 400_000)) / 3_600_000;
