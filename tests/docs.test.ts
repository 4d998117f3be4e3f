import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import packageJson from '../package.json' with { type: 'json' };
import { allFlags, commandNames, helpText } from '../source/commands/line/commands.ts';
import { exitCode } from '../source/commands/line/exit-code.ts';
import { parseCommandLine } from '../source/commands/line/parse.ts';
import { parseAnswersFile } from '../source/pairing/answers/answers-file.ts';
import { scenarios } from '../source/practice/scenarios.ts';

type Text = Readonly<{ from: string; text: string }>;

const pages: readonly Text[] = [
	...['README.md', 'CONTRIBUTING.md'].filter(file => existsSync(file)),
	...readdirSync('docs')
		.filter(file => file.endsWith('.md'))
		.map(file => `docs/${file}`),
].map(from => ({ from, text: withoutExamples(readFileSync(from, 'utf8')) }));

const helps: readonly Text[] = [undefined, ...commandNames]
	.filter(topic => topic === undefined || helpText(topic) !== helpText(undefined))
	.map(topic => ({ from: `help ${topic ?? ''}`, text: helpText(topic) }));

const texts: readonly Text[] = [...pages, ...helps];

const source = readdirSync('source', { recursive: true, encoding: 'utf8' })
	.filter(file => /\.tsx?$/.test(file))
	.map(file => join('source', file))
	.concat('cli.tsx')
	.map(file => ({ file, code: readFileSync(file, 'utf8') }));

/** Of kubectl, pxctl and password managers. */
const flagsOfOthers: readonly string[] = [
	...['--context', '--exit', '--flatten', '--raw'],
	...['--extract', '--query', '--secret', '--secret-id'],
];

/** Read by Node itself, not by pxpair. */
const variablesOfOthers: readonly string[] = ['NODE_DEBUG', 'NODE_OPTIONS', 'MATRIX', 'MATRIX_SHARD'];

test('tests that the documentation names exist', () => {
	const named = pages.flatMap(({ text }) => text.match(/\btests\/[\w/-]+\.test\.tsx?/g) ?? []);
	expect(named.length).toBeGreaterThan(15);
	expect(named.filter(file => !existsSync(file))).toEqual([]);
});

test('every command line that is shown is one that the program takes', () => {
	expect(wrongIn(texts, text => commandLinesIn(text).flatMap(line => mistakeIn(line) ?? []))).toEqual([]);
	// As many as there are at least, so that a pattern that finds none is noticed.
	expect(texts.flatMap(({ text }) => commandLinesIn(text)).length).toBeGreaterThan(50);
});

test('every file of the project that is named is there', () => {
	const named =
		/(?<![\w./-])(?:examples|docs|tests|source|pairing|gateways|wizard|practice|ui|plain|runner|commands)\/[\w./-]*/g;
	const isThere = (path: string) => existsSync(path) || existsSync(join('source', path));
	expect(
		wrongIn(texts, text =>
			[...text.matchAll(named)].map(([path]) => path.replace(/\.$/, '')).filter(path => !isThere(path)),
		),
	).toEqual([]);
});

test('every flag that is named is one of the program', () => {
	const known = [...Object.keys(allFlags).map(name => `--${name}`), ...flagsOfOthers];
	expect(
		wrongIn(texts, text =>
			[...text.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)]
				.map(([flag]) => flag)
				.filter(flag => !known.includes(flag)),
		),
	).toEqual([]);
});

test('every npm script that is named exists', () => {
	const scripts: readonly string[] = Object.keys(packageJson.scripts);
	expect(
		wrongIn(pages, text =>
			[...text.matchAll(/\bnpm (?:run (?:-s )?([\w:-]+)|(test|start)\b)/g)]
				.map(([, run, short]) => run ?? short ?? '')
				.filter(name => !scripts.includes(name)),
		),
	).toEqual([]);
});

test('every link within the project leads somewhere', () => {
	const leadsNowhere = pages.flatMap(({ from, text }) =>
		[...text.matchAll(/\]\(([^)\s]+)\)/g)]
			.map(([, target = '']) => target)
			.filter(target => !/^[a-z]+:/.test(target))
			.filter(target => {
				const [path = '', anchor] = target.split('#');
				const file = path === '' ? from : join(dirname(from), path);
				return !existsSync(file) || (anchor !== undefined && !anchorsOf(file).includes(anchor));
			})
			.map(target => `${from}: ${target}`),
	);
	expect(leadsNowhere).toEqual([]);
});

test('every environment variable that is named is read', () => {
	const isRead = (name: string) =>
		variablesOfOthers.includes(name) || source.some(({ code }) => new RegExp(`\\b${name}\\b`).test(code));
	expect(
		wrongIn(texts, text =>
			[...text.matchAll(/`\$?([A-Z]+(?:_[A-Z]+)+)\b|`?\$([A-Z]{2}[A-Z_]+)\b|`(KUBECONFIG|NO_COLOR)\b/g)]
				.map(([, ...names]) => names.find(name => name !== undefined) ?? '')
				.filter(name => !isRead(name)),
		),
	).toEqual([]);
});

test('every practice scenario that is named exists', () => {
	const named = (text: string) => [
		...[...text.matchAll(/--(?:practice=|scenario[ =])([a-z][\w-]*)/g)].map(([, name]) => name ?? ''),
		// A paragraph that begins with one lists more of them.
		...text
			.split('\n\n')
			.filter(paragraph => paragraph.startsWith('`--practice='))
			.flatMap(paragraph => [...paragraph.matchAll(/`([a-z][a-z-]*)`/g)].map(([, name]) => name ?? '')),
	];
	const isThere = (name: string) => Object.hasOwn(scenarios, name);
	expect(wrongIn(texts, text => named(text).filter(name => !isThere(name)))).toEqual([]);
	expect(checks().flatMap(({ rehearse }) => rehearse.filter(name => !isThere(name)))).toEqual([]);
});

test('the exit codes are those of the program', () => {
	const codes = Object.values(exitCode).map(String);
	const readme = sectionOf('README.md', 'Exit codes');
	expect([...readme.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => code)).toEqual(codes);
	expect(sectionOf('docs/output.md', 'Exit codes')).toContain(`| Command | ${codes.join(' | ')} |`);
	expect(
		wrongIn(helps, text =>
			[...(/^Exit: [\s\S]*/m.exec(text)?.[0].split('\n\n')[0] ?? '').matchAll(/\b\d+\b/g)]
				.map(([code]) => code)
				.filter(code => ![...codes, String(128 + constants.signals.SIGTERM)].includes(code)),
		),
	).toEqual([]);
});

test('every answers file that is shown, and every part of one, is one that the program takes', () => {
	const [whole = ''] = pages.flatMap(({ text }) => yamlBlocksIn(text));
	const refused = (yaml: string) => {
		try {
			parseAnswersFile(yaml, 'answers.yaml', { clusters: 'required' });
			return [];
		} catch (error) {
			return [`${yaml}: ${error instanceof Error ? error.message : error}`];
		}
	};
	expect(wrongIn(pages, text => yamlBlocksIn(text).flatMap(refused))).toEqual([]);
	expect(
		wrongIn(pages, text => partsIn(text).flatMap(part => refused(stringify(withPart(parse(whole), part))))),
	).toEqual([]);
});

test('every check that is listed exists, and every check that exists is listed', () => {
	const listed = checks().flatMap(({ ids }) => ids);
	const code = source.map(({ code: text }) => text).join('\n');
	expect(listed.filter(id => !code.includes(`'${id.replace('…', '')}`))).toEqual([]);
	const made = source
		.filter(({ file }) => file.startsWith('source/pairing/preflight/'))
		.flatMap(({ code: text }) => [...text.matchAll(/\bid: '([a-z-]+)'/g)].map(([, id]) => id ?? ''));
	expect(made.filter(id => !listed.includes(id))).toEqual([]);
});

const wrongIn = (of: readonly Text[], wrong: (text: string) => readonly string[]): readonly string[] =>
	of.flatMap(({ from, text }) => wrong(text).map(what => `${from}: ${what}`));

/** Those in backticks, in code blocks and in help texts, with each way to write what is optional or a choice. */
function commandLinesIn(text: string): readonly string[] {
	const isPage = text.includes('`');
	const spans = isPage
		? [
				...[...text.matchAll(/^```(?:sh)?\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) => block.split('\n')),
				...[...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`]+)`/g)].map(([, span = '']) => span),
			]
		: text.split('\n').filter(line => !line.endsWith('.'));
	return spans.flatMap(span =>
		[
			...span.matchAll(
				/(?:^|&& | {2}|\()(?:[A-Z]+=\S+ )?(?:pxpair|npm start --)((?: [^\s#)&]+)*)(?=\s|\)|$)/g,
			),
		].flatMap(([, args = '']) => spellings(args.trim())),
	);
}

function spellings(args: string): readonly string[] {
	const optional = /\s*\[([^\]]+)\]/.exec(args);
	if (optional) {
		const [whole, inner = ''] = optional;
		const within = inner === 'options' ? '' : whole.replace(`[${inner}]`, inner);
		return [...spellings(args.replace(whole, '')), ...spellings(args.replace(whole, within))];
	}
	const choice = /\S+\|\S+/.exec(args)?.[0];
	return choice ? choice.split('|').flatMap(one => spellings(args.replace(choice, one))) : [args];
}

const placeholders: Readonly<Record<string, string>> = {
	COMMAND: 'run',
	WORD: 'source',
	SHELL: 'bash',
	SCENARIO: 's3',
};

function mistakeIn(line: string): string | undefined {
	const words = line
		.split(' ')
		.filter(Boolean)
		.map(word => word.replace(/[A-Z]{2,}$/, name => placeholders[name] ?? name.toLowerCase()));
	const options = parseCommandLine(words);
	return options.command === 'mistake' ? `pxpair ${line}: ${options.message}` : undefined;
}

const yamlBlocksIn = (text: string): readonly string[] =>
	[...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)]
		.map(([, block = '']) => block)
		.filter(block => block.includes('apiVersion: pxpair/'));

/** `pair: {login: service-account}` in the middle of a sentence. */
const partsIn = (text: string): readonly Record<string, unknown>[] =>
	[
		...text.matchAll(
			/`((?:source|destination|location|objectStore|pair|existing|ignore|mode|login|back): [^`]+)`/g,
		),
	]
		// These two name what belongs there, and give no values.
		.map(([, part = '']) =>
			parse(part.replace('{ip, port}', '{ip: 10.0.0.1, port: 9001}').replace('[ID]', '[clock-off]')),
		);

/** What is no field of the file is one of its pair. */
function withPart(whole: Record<string, unknown>, part: Record<string, unknown>): Record<string, unknown> {
	const [[name, value] = ['', undefined]] = Object.entries(part);
	const isOfPair = ['mode', 'login', 'back', 'server', 'endpoint', 'storage'].includes(name);
	const before: unknown = isOfPair ? whole.pair : whole[name];
	const added = isOfPair ? part : value;
	const isMap = (some: unknown) => typeof some === 'object' && some !== null && !Array.isArray(some);
	const merged = isMap(added) && isMap(before) ? Object.assign({}, before, added) : added;
	return { ...whole, [isOfPair ? 'pair' : name]: merged };
}

const checks = () =>
	readFileSync('docs/checks.md', 'utf8')
		.split('\n')
		.filter(line => line.startsWith('| `'))
		.map(line => {
			const cells = line
				.split('|')
				.map(cell => [...cell.matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? ''));
			return { ids: cells[1] ?? [], rehearse: cells[4] ?? [] };
		});

const sectionOf = (file: string, heading: string): string =>
	readFileSync(file, 'utf8')
		.split(/^#+ /m)
		.find(section => section.startsWith(`${heading}\n`)) ?? '';

/** As GitHub makes them of headings. */
const anchorsOf = (file: string): readonly string[] =>
	[...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, '')
			.replaceAll(' ', '-'),
	);

/** What is there only once someone has followed CONTRIBUTING is tried by its own test. */
function withoutExamples(text: string): string {
	return text.replace(/^## An object-store provider$.*?^(?=## Before you send it$)/ms, '');
}
