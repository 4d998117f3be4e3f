import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandNamed, commandNames, helpText } from '../../source/commands/line/commands.ts';
import { type Look, lookFrom, spellsAscii } from '../../source/commands/line/look.ts';
import type { CommonOptions } from '../../source/commands/line/options.ts';
import { askedFor } from '../helpers/program/command-line.ts';

const none: CommonOptions = {
	practice: undefined,
	kubeconfig: undefined,
	storkctl: undefined,
	source: undefined,
	destination: undefined,
	existingCredential: undefined,
	existingPair: undefined,
	patienceSeconds: undefined,
	bothWays: false,
	serviceAccount: false,
	server: undefined,
	ignore: [],
};

test.each<[string, unknown]>([
	['', { command: 'wizard', answers: undefined, common: none }],
	[
		'--practice',
		{ command: 'wizard', answers: undefined, common: { ...none, practice: { scenario: undefined } } },
	],
	[
		'--practice=azure',
		{ command: 'wizard', answers: undefined, common: { ...none, practice: { scenario: 'azure' } } },
	],
	[
		'--practice --scenario azure',
		{ command: 'wizard', answers: undefined, common: { ...none, practice: { scenario: 'azure' } } },
	],
	['run a.yaml', { command: 'run', file: 'a.yaml', json: false, step: false, common: none }],
	['run -', { command: 'run', file: '-', json: false, step: false, common: none }],
	['run', { command: 'run', file: undefined, json: false, step: false, common: none }],
	[
		'run --json a.yaml --practice',
		{
			command: 'run',
			file: 'a.yaml',
			json: true,
			step: false,
			common: { ...none, practice: { scenario: undefined } },
		},
	],
	[
		'--practice run a.yaml',
		{
			command: 'run',
			file: 'a.yaml',
			json: false,
			step: false,
			common: { ...none, practice: { scenario: undefined } },
		},
	],
	[
		'run a.yaml --source s --destination=d --kubeconfig k --storkctl none --existing-credential keep --existing-pair replace --timeout 90',
		{
			command: 'run',
			file: 'a.yaml',
			json: false,
			step: false,
			common: {
				...none,
				source: 's',
				destination: 'd',
				kubeconfig: 'k',
				storkctl: 'none',
				existingCredential: 'keep',
				existingPair: 'replace',
				patienceSeconds: 90,
			},
		},
	],
	['run -- --odd-name', { command: 'run', file: '--odd-name', json: false, step: false, common: none }],
	['plan a.yaml', { command: 'plan', file: 'a.yaml', output: 'text', common: none }],
	['plan a.yaml -o markdown', { command: 'plan', file: 'a.yaml', output: 'markdown', common: none }],
	['plan a.yaml -ojson', { command: 'plan', file: 'a.yaml', output: 'json', common: none }],
	['plan a.yaml --output=json', { command: 'plan', file: 'a.yaml', output: 'json', common: none }],
	['plan a.yaml --json', { command: 'plan', file: 'a.yaml', output: 'json', common: none }],
	['practice', { command: 'practice', scenario: undefined, kubeconfig: undefined, list: false }],
	['practice --list', { command: 'practice', scenario: undefined, kubeconfig: undefined, list: true }],
	['run a.yaml --step', { command: 'run', file: 'a.yaml', json: false, step: true, common: none }],
	[
		'practice --scenario google --kubeconfig k',
		{ command: 'practice', scenario: 'google', kubeconfig: 'k', list: false },
	],
	['-V', { command: 'version' }],
	['run --version', { command: 'version' }],
	['-h', { command: 'help', topic: undefined }],
	['help', { command: 'help', topic: undefined }],
	['help run', { command: 'help', topic: 'run' }],
	['plan --help', { command: 'help', topic: 'plan' }],
])('pxpair %s', (line, options) => {
	expect(parse(line)).toEqual(options);
});

test.each([
	['rnu a.yaml', 'there is no command "rnu"; did you mean run?'],
	['pratcice', 'there is no command "pratcice"; did you mean practice?'],
	['frobnicate', 'there is no command "frobnicate"'],
	['constructor', 'there is no command "constructor"'],
	['toString --json', 'there is no command "toString"'],
	['run a.yaml --jsno', 'there is no option --jsno; did you mean --json?'],
	['run a.yaml --existing-par=keep', 'there is no option --existing-par; did you mean --existing-pair?'],
	['run a.yaml -x', 'there is no option -x'],
	['run a.yaml --frobnicate', 'there is no option --frobnicate'],
	['run a.yaml --constructor', 'there is no option --constructor'],
	['run a.yaml b.yaml', '"b.yaml" is one argument too many'],
	['practice a.yaml', '"a.yaml" is one argument too many'],
	['practice --json', '--json does not go with pxpair practice'],
	['run a.yaml -o json', '-o does not go with pxpair run'],
	['--json', '--json does not go with pxpair alone'],
	['run a.yaml --kubeconfig', '--kubeconfig needs a value'],
	['run a.yaml --kubeconfig=', '--kubeconfig needs a value'],
	['run a.yaml --kubeconfig --json', '--kubeconfig needs a value'],
	['plan a.yaml -o -h', '-o needs a value'],
	['run a.yaml --json=yes', '--json takes no value'],
	['plan a.yaml -o markdwn', '-o takes text, markdown, json, not "markdwn"; did you mean markdown?'],
	['completion zs', 'completion takes bash, zsh, fish; did you mean zsh?'],
	['completion', 'completion takes bash, zsh, fish'],
	['plan a.yaml -o yaml', '-o takes text, markdown, json, not "yaml"'],
	['run a.yaml --timeout soon', '--timeout takes whole seconds from 1 to 86400, not "soon"'],
	['run a.yaml --timeout 0', '--timeout takes whole seconds from 1 to 86400, not "0"'],
	['run a.yaml --timeout=-5', '--timeout takes whole seconds from 1 to 86400, not "-5"'],
	['run a.yaml --timeout 1.5', '--timeout takes whole seconds from 1 to 86400, not "1.5"'],
	['run a.yaml --timeout 86401', '--timeout takes whole seconds from 1 to 86400, not "86401"'],
])('pxpair %s: %s', (line, message) => {
	expect(parse(line)).toMatchObject({ command: 'mistake', message });
});

test('a value may begin with a dash when it is joined to its option', () => {
	expect(parse('run a.yaml --source=-odd')).toMatchObject({ common: { source: '-odd' } });
});

test('no command line makes it throw', () => {
	const word = fc.oneof(
		fc.constantFrom(
			'run',
			'plan',
			'practice',
			'help',
			'wizard',
			'--',
			'-',
			'-o',
			'--json',
			'--practice=',
			'--timeout',
			'__proto__',
			'--__proto__=x',
			'--no-json',
			'-hV',
		),
		fc.string(),
	);
	fc.assert(
		fc.property(fc.array(word, { maxLength: 5 }), argv => {
			expect(askedFor(argv)).toHaveProperty('command');
		}),
		{ numRuns: 500 },
	);
});

const topics = [undefined, ...commandNames.filter(name => name !== 'help')];

describe.each(topics)('help %s', topic => {
	const text = helpText(topic);
	const command = topic ?? 'wizard';

	test('is about it', () => {
		expect(text).toMatch(topic ? new RegExp(`^pxpair ${topic} `) : /^pxpair pairs two /);
	});

	test('fits a screen that shows the prompt below it', () => {
		const lines = text.trimEnd().split('\n');
		expect(lines.length).toBeLessThanOrEqual(23);
		expect(lines.filter(line => [...line].length > 80)).toEqual([]);
	});

	test('ends with an example that can be typed', () => {
		const [, example] =
			/^[^\n]*(?<=[ (])pxpair ([^)\n]*)\)?"?\n$/m.exec(`${text.trimEnd().split('\n').at(-1)}\n`) ?? [];
		expect(parse(example ?? 'none')).toHaveProperty('command', command);
	});

	test('names the options that there are, and no others', () => {
		// The wizard takes what a run takes: once is enough.
		const told = command === 'wizard' ? text + helpText('run') : text;
		const missing = Object.keys(commandNamed(command)?.flags ?? {}).filter(
			flag => !told.includes(`--${flag}`) && !(flag === 'scenario' && told.includes('--practice[=SCENARIO]')),
		);
		expect(missing).toEqual([]);
		const named = [...text.matchAll(/(?<![\w-])--?[a-zA-Z][a-z-]*/g)].map(([flag]) => flag);
		const elsewhere = topic === undefined ? ['--json', '--resume'] : [];
		const unknown = named.filter(
			flag =>
				!elsewhere.includes(flag) && /there is no|does not go/.test(messageOf(`${topic ?? ''} ${flag}`)),
		);
		expect(unknown).toEqual([]);
	});
});

test('help for what no one knows is answered with the nearest command', () => {
	expect(messageOf('help stauts')).toBe('there is no command "stauts"; did you mean status?');
	expect(messageOf('help constructor')).toBe('there is no command "constructor"');
	expect(parse('help wizard')).toEqual({ command: 'help', topic: 'wizard' });
});

const parse = (line: string) => askedFor(line.split(' ').filter(Boolean));

function messageOf(line: string): string {
	const options = parse(line);
	return options.message ?? '';
}

test.each(['', 'run a.yaml', 'check a.yaml', 'plan a.yaml', 'status', 'undo', 'runs', 'practice'])(
	'"%s" with --accessible, --ascii and --no-color is what it is without',
	line => {
		const words = line.split(' ').filter(Boolean);
		expect(askedFor([...words, '--accessible', '--ascii', '--no-color'])).toEqual(askedFor(words));
	},
);

test.each<[string, Record<string, string>, object]>([
	['', {}, { isSpoken: false }],
	['--accessible', {}, { isSpoken: true }],
	['', { ACCESSIBLE: '1' }, { isSpoken: true }],
	['', { ACCESSIBLE: '0' }, { isSpoken: false }],
	['', { ACCESSIBLE: 'false' }, { isSpoken: false }],
	['', { ACCESSIBLE: '' }, { isSpoken: false }],
	['', { INK_SCREEN_READER: 'true' }, { isSpoken: true }],
	['--ascii --no-color', {}, { isSpoken: false, color: false, unicode: false }],
])('"%s" in %j', (line, environment, look) => {
	expect(lookFrom(line.split(' '), environment)).toEqual(look);
});

test.each<[Look, Record<string, string>, boolean]>([
	[{ isSpoken: false }, { LANG: 'en_US.UTF-8' }, false],
	[{ isSpoken: false }, { LANG: 'C' }, true],
	[{ isSpoken: false }, { LANG: 'en_US.UTF-8', LC_ALL: 'POSIX' }, true],
	// What is kept of a build is read elsewhere.
	[{ isSpoken: false }, {}, false],
	[{ isSpoken: false, unicode: false }, { LANG: 'en_US.UTF-8' }, true],
])('plain lines of %j in %j are ASCII: %s', (look, environment, isAscii) => {
	expect(spellsAscii(look, environment, 'linux')).toBe(isAscii);
});
