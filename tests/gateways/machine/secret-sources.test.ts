import { execFileSync } from 'node:child_process';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type SecretSources, secretSources } from '../../../source/gateways/machine/secret-sources.ts';
import type { SecretReference } from '../../../source/pairing/answers/answers-shape.ts';
import { problemFrom } from '../../helpers/problem-from.ts';
import { temporaryFolder } from '../../helpers/program/temporary-folder.ts';

const field = 'objectStore.accountKey';
const title = `No value for ${field}`;

test('from the environment, a file beside the answers, and a line of standard input', async () => {
	const folder = await temporaryFolder();
	const absolute = await folder.file('key.txt', 'canary-file\n');
	const ask = asker({ folder: folder.path });

	expect(
		await Promise.all(
			[{ env: 'KEY' }, { file: 'key.txt' }, { file: absolute }, { stdin: 1 }, { stdin: 2 }].map(ask),
		),
	).toEqual(['canary-env', 'canary-file', 'canary-file', 'canary-line-1', 'canary-line-2']);
});

test.each([
	['a line break at the end', 'canary\n'],
	['a line break of Windows', 'canary\r\n'],
	['spaces around it', '  canary \t'],
	['a mark of byte order', '\uFEFFcanary'],
	['blanks that no one sees', '\u00A0canary\u200B'],
])('%s is not part of a secret', async (_, KEY) => {
	expect(await asker({ environment: { KEY } })({ env: 'KEY' })).toBe('canary');
});

test.each(['constructor', '__proto__', 'hasOwnProperty'])(
	'what every object has is no variable: %s',
	async env => {
		expect(await problemFrom(() => asker({})({ env }))).toMatchObject({
			id: 'secret-missing',
			evidence: `the environment variable ${env} is not set`,
		});
	},
);

test('a pipe, a device, a folder and a file without end are refused at once', async () => {
	const { path } = await temporaryFolder();
	execFileSync('mkfifo', [join(path, 'pipe')]);
	const large = join(path, 'large');
	await writeFile(large, '');
	await truncate(large, 100 * 1024 * 1024);
	const refusals = [
		['pipe', /pipe or a device/],
		['/dev/zero', /pipe or a device/],
		['.', /is a directory/],
		['large', /larger than 8 MiB/],
	] as const;
	for (const [file, why] of refusals) {
		expect((await problemFrom(() => asker({ folder: path })({ file }))).evidence).toMatch(why);
	}
});

test('what may be part of a secret stays', async () => {
	const KEY = `a b/+=$"'\\ü`;
	expect(await asker({ environment: { KEY } })({ env: 'KEY' })).toBe(KEY);
});

test.each<[string, SecretReference, string | undefined, string]>([
	['not set', { env: 'NONE' }, undefined, 'the environment variable NONE is not set'],
	['empty', { env: 'KEY' }, '', 'the environment variable KEY is empty'],
	['blank', { env: 'KEY' }, ' \n', 'the environment variable KEY is empty'],
	[
		'two lines',
		{ env: 'KEY' },
		'canary\ncanary',
		'the environment variable KEY has a line break or another control character inside',
	],
	[
		'an escape',
		{ env: 'KEY' },
		'canary\u001b[2J',
		'the environment variable KEY has a line break or another control character inside',
	],
	['no such line', { stdin: 9 }, undefined, 'standard input has no line 9'],
	['an empty line', { stdin: 3 }, undefined, 'line 3 of standard input is empty'],
	['no such file', { file: '/nowhere/key' }, undefined, '/nowhere/key: no such file'],
	['a directory', { file: '/' }, undefined, '/: it is a directory'],
])('%s', async (_, reference, KEY, evidence) => {
	const ask = asker(KEY === undefined ? {} : { environment: { KEY } });
	const problem = await problemFrom(() => ask(reference));

	expect(problem).toMatchObject({ id: 'secret-missing', kind: 'input', title, evidence });
	expect(JSON.stringify(problem)).not.toContain('canary');
});

test('a file with two lines is refused by its name', async () => {
	const folder = await temporaryFolder();
	await folder.file('key.txt', 'canary\ncanary\n');
	const ask = asker({ folder: folder.path });
	expect((await problemFrom(() => ask({ file: 'key.txt' }))).evidence).toBe(
		'the file key.txt has a line break or another control character inside',
	);
});

test('a JSON key file keeps its lines', async () => {
	const folder = await temporaryFolder();
	await folder.file('key.json', '{\n "private_key": "canary"\n}\n');
	const secret = await secretSources(sources({ folder: folder.path }))(
		{ file: 'key.json' },
		'objectStore.jsonKeyFile',
		'key-file',
	);
	expect(secret.reveal()).toBe('{\n "private_key": "canary"\n}\n');
});

test('standard input is not touched unless a reference needs it', async () => {
	const standardInput = () => Promise.reject(new Error('no one asked for that'));
	expect(await asker({ standardInput })({ env: 'KEY' })).toBe('canary-env');
});

function asker(changes: Partial<SecretSources>) {
	const secret = secretSources(sources(changes));
	return async (reference: SecretReference) => (await secret(reference, field, 'secret')).reveal();
}

function sources(changes: Partial<SecretSources>): SecretSources {
	return {
		environment: { KEY: 'canary-env' },
		standardInput: async () => 'canary-line-1\ncanary-line-2\r\n\n',
		folder: '/',
		programs: { environment: {}, signal: new AbortController().signal },
		...changes,
	};
}
