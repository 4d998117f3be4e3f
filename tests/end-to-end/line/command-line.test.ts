import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { makeSandbox, type RunOptions } from '../../helpers/program/program.ts';
import { isExecutable } from '../../helpers/program/under-test.ts';

vi.setConfig({ testTimeout: 60_000 });

const mistakes: readonly Readonly<{ args: readonly string[]; says: string }>[] = [
	{ args: ['pair'], says: 'pxpair: there is no command "pair"' },
	{ args: ['plans', 'answers.yaml'], says: 'pxpair: there is no command "plans"; did you mean plan?' },
	{ args: ['run', '--jsn'], says: 'pxpair: there is no option --jsn; did you mean --json?' },
	{
		args: ['run', '--existing-pairs=keep'],
		says: 'pxpair: there is no option --existing-pairs; did you mean --existing-pair?',
	},
	{ args: ['practice', '--json'], says: 'pxpair: --json does not go with pxpair practice' },
	{ args: ['run', 'a.yaml', 'b.yaml'], says: 'pxpair: "b.yaml" is one argument too many' },
	{
		args: ['run', 'a.yaml', '--timeout', 'soon'],
		says: 'pxpair: --timeout takes whole seconds from 1 to 86400, not "soon"',
	},
	{ args: ['run', '--kubeconfig='], says: 'pxpair: --kubeconfig needs a value' },
	{ args: ['plan', 'a.yaml', '-o', 'yaml'], says: 'pxpair: -o takes text, markdown, json, not "yaml"' },
];

const isCommand = (word: string | undefined): boolean => ['run', 'plan', 'practice'].includes(word ?? '');

describe.concurrent('the command line', () => {
	test.for(mistakes)('$args', async ({ args, says }) => {
		const wayOut = isCommand(args[0]) ? `pxpair help ${args[0]}` : 'pxpair --help';
		expect(await run(args)).toMatchObject({ exitCode: 2, out: [], err: [says, `  → See ${wayOut}.`] });
	});

	test('--version', async () => {
		expect(await run(['--version'])).toMatchObject({
			exitCode: 0,
			out: [`pxpair ${packageJson.version}`],
			err: [],
		});
	});

	test('--help names every command, within 80 columns', async () => {
		const { exitCode, out, err } = await run(['--help']);
		expect({ exitCode, err, tooLong: out.filter(line => line.length > 80) }).toEqual({
			exitCode: 0,
			err: [],
			tooLong: [],
		});
		for (const command of ['run FILE', 'plan FILE', 'practice', 'help COMMAND']) {
			expect(out).toContainEqual(expect.stringContaining(`pxpair ${command}`));
		}
	});

	test.for(['run', 'plan', 'practice'])('help %s, which --help after it shows as well', async command => {
		const { exitCode, out, err } = await run(['help', command]);
		expect({ exitCode, err, first: out[0]?.startsWith(`pxpair ${command}`) }).toEqual({
			exitCode: 0,
			err: [],
			first: true,
		});
		expect((await run([command, '--help'])).out).toEqual(out);
	});

	test.each<[string, readonly string[], Record<string, string>]>([
		['on request', ['plan', '--practice', '--ascii'], {}],
		['by the locale', ['plan', '--practice'], { LANG: 'C' }],
		['of mistakes', ['plans', '--ascii'], {}],
		['of help', ['help', 'run', '--ascii'], {}],
	])('in ASCII, %s', async (_, args, env) => {
		const { out, err } = await run(args, { env });
		expect([...out, ...err].length).toBeGreaterThan(1);
		expect([...out, ...err].join('\n')).toMatch(/^[\n -~]*$/);
	});

	test('JSON is the same in ASCII', async () => {
		const args = ['plan', '--practice', '--json'];
		const signs = async (more: readonly string[]) =>
			(await run([...args, ...more])).out.join('').replace(/[^→…•]/g, '');
		expect(await signs(['--ascii'])).toBe(await signs([]));
		expect(await signs([])).toContain('→');
	});

	test('alone, without a terminal, says what to do', async () => {
		const { exitCode, out, err } = await run([]);
		expect({ exitCode, out }).toEqual({ exitCode: 2, out: [] });
		expect(err).toContainEqual(expect.stringMatching(/^ {2}→ .*pxpair run FILE/));
	});
});

const old = '/usr/bin/node';

if (isExecutable) {
	test('an executable pairs where the Node on the PATH is older, and where there is none', async () => {
		for (const PATH of [dirname(old), '']) {
			const { exitCode, out } = await run(['--practice'], { env: { PATH } });
			expect(exitCode).toBe(0);
			expect(out.join('\n')).toContain('Done. 5 changes were made.');
		}
	});
} else {
	test.runIf(existsSync(old))('an older Node is told in one sentence', async context => {
		const { exitCode, out, err } = await run(['--practice'], { node: old });
		context.skip(exitCode !== 2, 'the Node of this machine is not older');
		expect(out).toEqual([]);
		expect(err).toEqual([expect.stringMatching(/^pxpair needs Node\.js 22\.19 or newer; this is [\d.]+\.$/)]);
	});
}

async function run(args: readonly string[], options: RunOptions = {}) {
	await using sandbox = await makeSandbox();
	return await sandbox.run(args, {}, options);
}
