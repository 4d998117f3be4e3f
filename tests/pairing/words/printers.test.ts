import { execFile } from 'node:child_process';
import { inspect, promisify } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { printCommand, quote } from '../../../source/pairing/words/command.ts';
import { type Manifest, printManifest, revealManifest } from '../../../source/pairing/words/manifest.ts';
import { Secret } from '../../../source/pairing/words/secret.ts';

const run = promisify(execFile);

test('words that need no quotes have none', () => {
	const words = [
		'pxctl',
		'--s3-region',
		'us-east-1',
		'/opt/pwx/bin/pxctl',
		'a=b',
		'127.0.0.1:9001',
		'x@y',
		'100%',
	];
	expect(words.map(quote)).toEqual(words);
});

test.each([
	['', "''"],
	['two words', "'two words'"],
	["it's", `'it'\\''s'`],
	['<UUID>', "'<UUID>'"],
	['$HOME', "'$HOME'"],
	['~/key', "'~/key'"],
	['naïve', "'naïve'"],
	['a\nb', `"$(printf %b 'a\\0012b')"`],
	['\u001B[31m!', `"$(printf %b '\\0033\\013331m\\0041')"`],
	['a\u202Eb', `"$(printf %b 'a\\0342\\0200\\0256b')"`],
	['=ls', "'=ls'"],
])('%j is quoted as %j', (word, quoted) => {
	expect(quote(word)).toBe(quoted);
});

test.each(['sh', 'bash'])('a real %s gets back every word as it was', async shell => {
	const word = fc.string({ unit: 'binary' }).map(text =>
		text
			.replaceAll('\0', '')
			.replaceAll(/[\ud800-\udfff]/g, '')
			.replace(/\n+$/, ''),
	);
	const nasty = fc.constantFrom(
		"'",
		'"',
		'$(id)',
		'`id`',
		'\\',
		'a\nb',
		'*',
		'~',
		'-n',
		'!!',
		'#',
		';',
		'&',
		'|',
		'<',
		'>',
		' ',
	);
	const words = fc.array(
		fc.oneof(
			word,
			nasty,
			fc.tuple(nasty, word).map(pair => pair.join('')),
		),
		{ maxLength: 40, size: 'max' },
	);
	await fc.assert(
		fc.asyncProperty(words, async given => {
			const { stdout } = await run(shell, [
				'-c',
				`printf '%s\\0' ${['first', ...given].map(quote).join(' ')}`,
			]);
			expect(stdout.split('\0').slice(0, -1)).toEqual(['first', ...given]);
		}),
		{ numRuns: 8 },
	);
});

const command = {
	where: 'source',
	file: '/opt/pwx/bin/pxctl',
	args: ['credentials', 'create', '--s3-secret-key', new Secret('canary'), 'my name'],
} as const;

test('a command prints with its secrets as dots', () => {
	expect(printCommand(command)).toBe(
		"/opt/pwx/bin/pxctl credentials create --s3-secret-key •••••••• 'my name'",
	);
});

const manifest = {
	apiVersion: 'v1',
	kind: 'Thing',
	metadata: { name: 'it' },
	spec: {
		port: '9001',
		count: 3,
		flag: true,
		nothing: null,
		same: ['a', new Secret('canary-one')],
		user: { token: new Secret('canary-two') },
	},
} satisfies Manifest;

test('a manifest prints as YAML that reads back the same, with dots for its secrets', () => {
	expect(printManifest(manifest)).toBe(
		[
			'apiVersion: v1',
			'kind: Thing',
			'metadata:',
			'  name: it',
			'spec:',
			'  port: "9001"',
			'  count: 3',
			'  flag: true',
			'  nothing: null',
			'  same:',
			'    - a',
			'    - ••••••••',
			'  user:',
			'    token: ••••••••',
		].join('\n'),
	);
	expect(parse(printManifest(manifest))).toEqual(JSON.parse(JSON.stringify(manifest)));
});

test('only revealing a manifest gives its secrets away', () => {
	expect(
		`${printManifest(manifest)} ${JSON.stringify(manifest)} ${inspect(manifest, { depth: null })}`,
	).not.toContain('canary');
	expect(JSON.stringify(revealManifest(manifest))).toContain(
		'"same":["a","canary-one"],"user":{"token":"canary-two"}',
	);
});

test('an object that is in two places prints twice, without YAML aliases', () => {
	const labels = { app: 'x' };
	const printed = printManifest({
		apiVersion: 'v1',
		kind: 'Thing',
		metadata: { name: 'it', labels, annotations: labels },
	});
	expect(printed).not.toMatch(/[&*]/);
});
