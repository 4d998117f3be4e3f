import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { scenarios } from '../../../source/practice/scenarios.ts';
import { answersFor } from '../../helpers/program/ground.ts';
import { makeSandbox, type Sandbox } from '../../helpers/program/program.ts';

vi.setConfig({ testTimeout: 60_000 });

type Row = Readonly<{
	name: string;
	args?: readonly string[];
	prepare?: (sandbox: Sandbox) => Promise<unknown>;
	err: readonly string[];
}>;

const binary = Uint8Array.from({ length: 512 }, (_, index) => (index * 37) % 256);
const secret = `canary-file-${randomBytes(9).toString('hex')}`;
const env = { ID: 'an-id', SECRET: 'a-secret' };

const kubeconfigs: readonly Row[] = [
	{
		name: 'no kubeconfig at all',
		err: [
			'pxpair: No kubeconfig found',
			'  looked for kubeconfig',
			'  → Name the file: --kubeconfig FILE, or the variable KUBECONFIG.',
			'  → To try pxpair without any cluster: --practice.',
		],
	},
	{
		name: 'a named kubeconfig that is not there',
		args: ['--kubeconfig', 'mine'],
		err: [
			"pxpair: The kubeconfig mine can't be read",
			'  no such file',
			'  → Check the path and its permissions.',
		],
	},
	{
		name: 'a kubeconfig that is no YAML',
		prepare: sandbox => sandbox.file('kubeconfig', 'clusters: [\n  - {'),
		err: [
			'pxpair: kubeconfig is not a kubeconfig that kubectl accepts',
			'  not YAML: line 2',
			'  → Fix the file until this accepts it:',
			'      kubectl --kubeconfig kubeconfig config view',
			'  → Name the file: --kubeconfig FILE, or the variable KUBECONFIG.',
		],
	},
	{
		name: 'a kubeconfig that is another thing',
		prepare: sandbox => sandbox.file('kubeconfig', stringify(answersFor('s3'))),
		err: [
			'pxpair: kubeconfig is not a kubeconfig that kubectl accepts',
			'  its apiVersion is not v1',
			'  → Fix the file until this accepts it:',
			'      kubectl --kubeconfig kubeconfig config view',
			'  → Name the file: --kubeconfig FILE, or the variable KUBECONFIG.',
		],
	},
	{
		name: 'an empty kubeconfig',
		prepare: sandbox => sandbox.file('kubeconfig', ''),
		err: [
			'pxpair: There is no context "east" for the source',
			'  the contexts of kubeconfig are: none',
			'  → Name one of these, or another kubeconfig file.',
		],
	},
	{
		name: 'a directory as kubeconfig',
		prepare: sandbox => mkdir(join(sandbox.work, 'kubeconfig')),
		err: [
			"pxpair: The kubeconfig kubeconfig can't be read",
			'  it is a directory',
			'  → Check the path and its permissions.',
		],
	},
	{
		name: 'a binary file as kubeconfig',
		prepare: sandbox => sandbox.file('kubeconfig', binary),
		err: [
			'pxpair: kubeconfig is not a kubeconfig that kubectl accepts',
			'  not YAML: it is not UTF-8',
			'  → Fix the file until this accepts it:',
			'      kubectl --kubeconfig kubeconfig config view',
			'  → Name the file: --kubeconfig FILE, or the variable KUBECONFIG.',
		],
	},
	{
		name: 'a context without a cluster',
		prepare: sandbox =>
			sandbox.file(
				'kubeconfig',
				stringify({ contexts: ['east', 'west'].map(name => ({ name, context: { cluster: 'gone' } })) }),
			),
		err: [
			'pxpair: The context "east" of the source has no server',
			'  its cluster "gone" is not in the kubeconfig',
			'  → Fix the kubeconfig (kubectl config set-cluster), or choose another context.',
		],
	},
];

const answersFiles: readonly Row[] = [
	{
		name: 'no answers file',
		args: [],
		err: [
			'pxpair: No answers file given',
			'  → Name one; examples/ has one for each object store to start from.',
			'  → Or use the practice clusters, which have answers of their own: --practice.',
		],
	},
	{
		name: 'an answers file that is not there',
		args: ['nowhere.yaml'],
		err: [
			"pxpair: The answers file nowhere.yaml can't be read",
			'  no such file',
			'  → Check the path. examples/ has one for each object store.',
		],
	},
	{
		name: 'a directory as answers file',
		args: ['.'],
		err: [
			"pxpair: The answers file . can't be read",
			'  it is a directory',
			'  → Check the path. examples/ has one for each object store.',
		],
	},
	{
		name: 'an empty answers file',
		prepare: sandbox => sandbox.file('answers.yaml', ''),
		err: [
			"pxpair: answers.yaml can't be used as an answers file",
			'  the file: found nothing; allowed: a mapping',
			'  → Fix the fields listed above; docs/answers.schema.json describes the file.',
		],
	},
	{
		name: 'a binary answers file',
		prepare: sandbox => sandbox.file('answers.yaml', binary),
		err: [
			"pxpair: answers.yaml can't be used as an answers file",
			'  it is not text in UTF-8',
			'  → Fix the fields listed above; docs/answers.schema.json describes the file.',
		],
	},
	{
		name: 'an answers file that is no YAML',
		prepare: sandbox => sandbox.file('answers.yaml', 'source: [\n  - {'),
		err: [
			"pxpair: answers.yaml can't be used as an answers file",
			'  not YAML: BAD_INDENT in line 2, column 6',
			'  → Fix the fields listed above; docs/answers.schema.json describes the file.',
		],
	},
	{
		name: 'an answers file that unfolds without end',
		prepare: sandbox => sandbox.file('answers.yaml', bomb()),
		err: [
			"pxpair: answers.yaml can't be used as an answers file",
			'  it repeats itself through YAML aliases; write the values out',
			'  → Fix the fields listed above; docs/answers.schema.json describes the file.',
		],
	},
	{
		name: 'a file with a secret as answers file',
		prepare: sandbox => sandbox.file('answers.yaml', `${secret}\n`),
		err: [
			"pxpair: answers.yaml can't be used as an answers file",
			'  the file: found a text (not shown); allowed: a mapping',
			'  → Fix the fields listed above; docs/answers.schema.json describes the file.',
		],
	},
	{
		name: 'several mistakes at once',
		prepare: sandbox =>
			sandbox.file('answers.yaml', 'apiVersion: pxpair/v9\nsource: {context: 7}\nextra: 1\n'),
		err: [
			"pxpair: answers.yaml can't be used as an answers file",
			'  apiVersion: found "pxpair/v9"; allowed: "pxpair/v1"',
			'  source.context: found 7; allowed: a string',
			'  destination: found nothing; allowed: a mapping',
			'  objectStore: found nothing; allowed: a mapping',
			'  extra: unknown field',
			'  → Fix the fields listed above; docs/answers.schema.json describes the file.',
			'  → Or name the contexts beside it: --source CONTEXT --destination CONTEXT.',
			'  → Or use the practice clusters: --practice.',
		],
	},
	{
		name: 'a storkctl that is not there',
		args: ['answers.yaml', '--storkctl', 'nowhere'],
		prepare: aKubeconfig,
		err: [
			'pxpair: nowhere is not an executable program',
			'  → Give the path of storkctl.',
			'  → Use the built-in generator, which makes the same object: --storkctl=none.',
		],
	},
];

describe.concurrent('bad input ends with exit code 2 and one Problem:', () => {
	test.for([...kubeconfigs, ...answersFiles])('$name', async ({ args, prepare, err }) => {
		await using sandbox = await makeSandbox();
		await sandbox.file('answers.yaml', stringify(answersFor('s3')));
		await prepare?.(sandbox);
		const words =
			args?.[0] && !args[0].startsWith('-')
				? args
				: [...(args?.length === 0 ? [] : ['answers.yaml']), ...(args ?? [])];
		const run = await sandbox.run(['run', ...words], { secret }, { env });
		expect({ exitCode: run.exitCode, out: run.out, err: run.err }).toEqual({ exitCode: 2, out: [], err });
	});

	test.for([
		['--practice=azur', 'There is no practice scenario "azur"; did you mean azure?'],
		[
			'--practice --existing-pair=replce',
			'--existing-pair takes stop, keep, replace, not "replce"; did you mean replace?',
		],
		['--practice --source=est', 'There is no context "est" for the source; did you mean east?'],
	])('%s', async ([flags = '', title]) => {
		await using sandbox = await makeSandbox();
		const { exitCode, err } = await sandbox.run(['run', ...flags.split(' ')], {});
		expect({ exitCode, first: err.find(line => line.startsWith('pxpair: ')) }).toEqual({
			exitCode: 2,
			first: `pxpair: ${title}`,
		});
	});

	test('an unknown practice scenario, with the way to all that there are', async () => {
		await using sandbox = await makeSandbox();
		const { exitCode, out, err } = await sandbox.run(['run', '--practice=mars'], {});
		expect({ exitCode, out, first: err[0], last: err.at(-1) }).toEqual({
			exitCode: 2,
			out: [],
			first: 'pxpair: There is no practice scenario "mars"',
			last: '  → Or leave the name out, for two healthy clusters.',
		});
		const list = await sandbox.run(['practice', '--list'], {});
		const names = list.out.flatMap(line => /^ {2}(\S+)/.exec(line)?.[1] ?? []);
		expect(names).toEqual(Object.keys(scenarios));
		expect(list.out.filter(line => line.length > 80)).toEqual([]);
	});
});

function aKubeconfig(sandbox: Sandbox) {
	const clusters = [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }];
	const contexts = ['east', 'west'].map(name => ({ name, context: { cluster: 'c' } }));
	return sandbox.file('kubeconfig', stringify({ clusters, contexts }));
}

/** Nine levels of nine aliases each. */
function bomb(): string {
	const levels = [...'bcdefghi'].map((name, index) => {
		const previous = String.fromCharCode('a'.charCodeAt(0) + index);
		return `${name}: &${name} [${Array(9).fill(`*${previous}`).join(', ')}]`;
	});
	return `a: &a [x]\n${levels.join('\n')}\n`;
}
