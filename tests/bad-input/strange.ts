import fc from 'fast-check';

/** What terminals, YAML, JavaScript and people's eyes stumble over. */
export const poisons: readonly string[] = [
	'\u001B[2J\u001B[H',
	'\u001B[31m',
	'\u001B]52;c;Y2FuYXJ5\u0007',
	'\u001B]8;;http://evil.example\u001B\\',
	'\u009B2J',
	'\u0000',
	'\u0008\u0008',
	'\u007F',
	'\u0085',
	'\u2028',
	'\u202Etxt.exe',
	'\u2066',
	'\u200B',
	'\u200D',
	'\u00AD',
	'\uFEFF',
	'\u00A0',
	'\uD800',
	'\uDC00',
	'\r',
	'\n',
	'\r\n',
	'\t',
	' ',
	'аеор',
	'：',
	'／',
	'@',
	'\\',
	'\\x1b[31m',
	'"',
	"'",
	'#',
	'%',
	'*',
	'&a ',
	'*a',
	'<<: ',
	'<<: *a\n',
	'!!binary ',
	'!!set ',
	'!!js/function ',
	'! ',
	'---\n',
	'...\n',
	'? ',
	': ',
	'- ',
	'{',
	'}',
	'[',
	']',
	'null',
	'~',
	'true',
	'0',
	'-1',
	'0x1F',
	'1e999',
	'.nan',
	'__proto__',
	'constructor',
	'toString',
	'hasOwnProperty',
	'/../',
	'$(id)',
];

const poison = fc.constantFrom(...poisons);

export const strangeText: fc.Arbitrary<string> = fc.oneof(
	poison,
	fc.string({ unit: 'binary', maxLength: 12 }),
	fc.string({ unit: 'grapheme', maxLength: 12 }),
	fc.tuple(fc.string({ maxLength: 6 }), poison, fc.string({ maxLength: 6 })).map(parts => parts.join('')),
	fc.tuple(poison, fc.integer({ min: 100, max: 5000 })).map(([text, times]) => text.repeat(times)),
);

const strangeKeys = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'length', 'then', ''];

/** `JSON.parse` makes `__proto__` a key like any other, as a literal does not. */
const trap = fc
	.tuple(fc.subarray(strangeKeys, { minLength: 1 }), fc.constantFrom('1', '{}', '"x"', 'null', '{"a":{}}'))
	.map(([keys, value]): unknown =>
		JSON.parse(`{${keys.map(key => `${JSON.stringify(key)}:${value}`).join()}}`),
	);

/** Whatever JSON can hold, mostly of the wrong type. */
export const strangeValue: fc.Arbitrary<unknown> = fc.oneof(
	fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 65_536, 1e21, '', [], {}, [[]], [null]),
	strangeText,
	trap,
	fc.jsonValue({ maxDepth: 2 }),
);

type Step = readonly [kind: (typeof kinds)[number], one: number, other: number, put: string];

const kinds = [
	'cut',
	'behead',
	'remove',
	'insert',
	'insert',
	'double',
	'drop',
	'swap',
	'indent',
	'crlf',
	'bom',
	'tabs',
	'upper',
	'look-alike',
	'long',
	'splice',
] as const;

/** A real sample in which up to four things went wrong. */
export function mutated(samples: readonly string[]): fc.Arbitrary<string> {
	const step: fc.Arbitrary<Step> = fc.tuple(
		fc.constantFrom(...kinds),
		fc.nat(1_000_000),
		fc.nat(1_000_000),
		poison,
	);
	return fc
		.tuple(
			fc.constantFrom(...samples),
			fc.constantFrom(...samples),
			fc.array(step, { minLength: 1, maxLength: 4 }),
		)
		.map(([sample, other, steps]) => steps.reduce((text, each) => mutate(text, other, each), sample));
}

function mutate(text: string, otherText: string, [kind, one, other, put]: Step): string {
	const at = one % (text.length + 1);
	const lines = text.split('\n');
	const row = one % lines.length;
	const otherRow = other % lines.length;
	const line = lines[row] ?? '';
	switch (kind) {
		case 'cut':
			return text.slice(0, at);
		case 'behead':
			return text.slice(at);
		case 'remove':
			return text.slice(0, at) + text.slice(at + 1 + (other % 20));
		case 'insert':
			return text.slice(0, at) + put + text.slice(at);
		case 'double':
			return lines.toSpliced(row, 0, line).join('\n');
		case 'drop':
			return lines.toSpliced(row, 1).join('\n');
		case 'swap':
			return lines
				.with(row, lines[otherRow] ?? '')
				.with(otherRow, line)
				.join('\n');
		case 'indent':
			return lines.with(row, other % 2 === 0 ? ` ${line}` : line.replace(/^ /, '')).join('\n');
		case 'crlf':
			return text.replaceAll('\n', '\r\n');
		case 'bom':
			return `\uFEFF${text}`;
		case 'tabs':
			return lines.with(row, line.replaceAll('  ', '\t')).join('\n');
		case 'upper':
			return lines.with(row, line.toUpperCase()).join('\n');
		case 'look-alike':
			return lines.with(row, line.replaceAll('e', 'е').replaceAll('-', '‐')).join('\n');
		case 'long':
			return text.slice(0, at) + (put[0] ?? 'x').repeat(20_000) + text.slice(at);
		case 'splice':
			return text.slice(0, at) + otherText.slice(other % (otherText.length + 1));
	}
}

type Path = readonly (string | number)[];

/** The sample with one to three of its fields replaced, left out, or given strange company. As JSON, which is YAML, too. */
export function rearranged(
	sample: unknown,
	mayTouch: (path: Path) => boolean = () => true,
): fc.Arbitrary<unknown> {
	const all = pathsOf(sample).filter(mayTouch);
	const change = fc.tuple(
		fc.constantFrom('replace', 'replace', 'drop', 'add'),
		fc.constantFrom(...all),
		fc.constantFrom(...strangeKeys, 'extensions', 'LocationOfOrigin', 'status'),
		strangeValue,
	);
	return fc
		.array(change, { minLength: 1, maxLength: 3 })
		.map(changes =>
			changes.reduce((tree, [what, path, key, value]) => rearrange(tree, what, path, key, value), sample),
		);
}

function rearrange(tree: unknown, what: string, path: Path, strangeKey: string, value: unknown): unknown {
	const [key, ...rest] = path;
	if (key === undefined) {
		return what === 'add' ? withEntry(tree, strangeKey, value) : value;
	}
	if (typeof tree !== 'object' || tree === null || !Object.hasOwn(tree, key)) {
		return tree;
	}
	if (what === 'drop' && rest.length === 0) {
		return Array.isArray(tree) ? tree.toSpliced(Number(key), 1) : withoutEntry(tree, String(key));
	}
	const changed = rearrange(Reflect.get(tree, key), what, rest, strangeKey, value);
	return Array.isArray(tree) ? tree.with(Number(key), changed) : withEntry(tree, String(key), changed);
}

const withEntry = (tree: unknown, key: string, value: unknown): unknown =>
	typeof tree === 'object' && tree !== null && !Array.isArray(tree)
		? Object.fromEntries([...Object.entries(tree), [key, value]])
		: tree;

const withoutEntry = (tree: object, key: string): unknown =>
	Object.fromEntries(Object.entries(tree).filter(([name]) => name !== key));

const pathsOf = (tree: unknown, path: Path = []): Path[] => [
	path,
	...(typeof tree === 'object' && tree !== null
		? Object.entries(tree).flatMap(([key, value]) =>
				pathsOf(value, [...path, Array.isArray(tree) ? Number(key) : key]),
			)
		: []),
];

/** Texts in which a careless expression or a recursion gets lost. */
export const bombs = (sample: string, length = 200_000): readonly string[] =>
	['[', '{', '- ', '{"a":', '? ', '&a ', 'a: ', '"', ' ', '\n', '\t', '\u0000', 'x', '@', ':', '-', '/']
		.flatMap(part => [part.repeat(length / part.length), sample + part.repeat(500)])
		.concat([
			`a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\ne: &e [*d, *d]\nf: &f [*e, *e]\ng: [*f, *f, *f]\n${sample}`,
			`a: &a [*a]\n${sample}`,
			`x: &x {<<: *x}\n${sample}`,
			'<<: '.repeat(2000),
		]);

/** Beginnings of the sample, wherever it may break off; each run of the tests takes others. */
export function beginningsOf(sample: string, step = 7): readonly string[] {
	const first = Math.floor(Math.random() * step);
	const ends = Array.from({ length: Math.floor(sample.length / step) }, (_, index) => first + index * step);
	return ends.map(end => sample.slice(0, end));
}
