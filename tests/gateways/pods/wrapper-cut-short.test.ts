import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { countedInput } from '../../../source/gateways/pods/session/counted-input.ts';
import { jobInput, podLoop } from '../../../source/gateways/pods/session/pod-loop.ts';
import { inputOf } from '../../../source/gateways/pods/session/pxctl-wrapper.ts';
import { keyFileInPod } from '../../../source/pairing/cluster-pair/pxctl-commands.ts';
import { Secret } from '../../../source/pairing/words/secret.ts';
import { testPods } from '../../helpers/clusters/test-pods.ts';
import { temporaryFolder } from '../../helpers/program/temporary-folder.ts';

vi.setConfig({ testTimeout: 240_000 });

/** Whatever is run in a pod, with what it is given and what it says once it has all of it. */
const scripts = {
	'a command of pxctl': {
		work: 'pxctl',
		input: inputOf({
			command: {
				where: 'source',
				file: '/opt/pwx/bin/pxctl',
				args: ['credentials', 'delete', new Secret('canary-secret'), 'clusterPair_91d2a7c4-0e57'],
			},
			token: undefined,
			seconds: 60,
		}),
		says: 'RAN 4\n',
	},
	'a command of pxctl with a token and a key file': {
		work: 'pxctl',
		input: inputOf({
			command: {
				where: 'source',
				file: '/opt/pwx/bin/pxctl',
				args: ['credentials', 'create', '--google-json-key-file', keyFileInPod, 'two words'],
			},
			token: new Secret('canary-token'),
			keyFile: new Secret('{"private_key":"canary"}'),
			seconds: 60,
		}),
		says: 'RAN 5\n',
	},
	'a request of curl': {
		work: 'look',
		input: countedInput(['', 'host', '443', '2', 'header = "authorization: canary"', 'url = "https://x/"']),
		says: 'RAN 3\n',
	},
	'the time': { work: 'look', input: countedInput(['', '', '', '0']), says: 'RAN 1\n' },
} as const;
const names = Object.keys(scripts) as readonly (keyof typeof scripts)[];

const mark = '0123456789abcdef';
/** Without the lines that mark a job. */
const unmarked = (text: string): string =>
	text.replaceAll(/(?:pxpair \w+ begins\n)|(?:\npxpair \w+ ended \d+\n)/g, '');

const echo = '#!/bin/sh\ncat >/dev/null\necho "RAN $#"\n';
const beginningsOf = (input: string): readonly string[] => Array.from(input, (_, end) => input.slice(0, end));

test.for(names.flatMap(name => ['sh', 'bash'].map(shell => ({ name, shell }))))(
	'in $shell, $name whose input breaks off anywhere runs nothing; whole, it runs once',
	async ({ name, shell }) => {
		const { work, input: values, says } = scripts[name];
		const input = jobInput(mark, work, values);
		const folder = await temporaryFolder();
		for (const program of ['pxctl', 'curl', 'date']) await folder.file(program, echo, 'executable');
		const keys = join(folder.path, 'etc');
		mkdirSync(keys);
		const placed = podLoop
			.replaceAll('/opt/pwx/bin/pxctl', join(folder.path, 'pxctl'))
			.replaceAll('/etc/pwx', keys);
		const env = { PATH: `${folder.path}:/usr/bin:/bin` };
		// bash reads its start-up file when its input is a socket.
		const start = shell === 'bash' ? ['--norc', '-c', placed] : ['-c', placed];
		const ran = (text: string) => spawnSync(shell, start, { input: text, encoding: 'utf8', env });
		const broken = beginningsOf(input).flatMap((beginning, end) => {
			const { stdout, stderr, status } = ran(beginning);
			const left = readdirSync(keys);
			return unmarked(stdout + stderr) === '' && [0, 65].includes(status ?? -1) && left.length === 0
				? []
				: [{ end, stdout, stderr, status, left }];
		});
		expect(broken).toEqual([]);
		const { stdout, stderr, status } = ran(input);
		expect({ stdout, status }).toEqual({
			stdout: `pxpair ${mark} begins\n${says}\npxpair ${mark} ended 0\n`,
			status: 0,
		});
		expect(stderr).toMatch(/^pxpair \w+ begins\n(curl 0\n)?\npxpair \w+ ended 0\n$/);
		// What a job leaves unread or sets is no other job's.
		const all = names.map(each => jobInput(mark, scripts[each].work, scripts[each].input)).join('');
		expect(unmarked(ran(all + all).stdout)).toBe(
			names
				.map(each => scripts[each].says)
				.join('')
				.repeat(2),
		);
		expect(readdirSync(keys)).toEqual([]);
	},
);

test.for(names)('in a practice pod, %s whose input breaks off anywhere runs nothing', async name => {
	const { work, input: values } = scripts[name];
	const input = jobInput(mark, work, values);
	const pods = testPods();
	pods.files('pod').write('/opt/pwx/bin/pxctl', echo, 0o755);
	const broken: unknown[] = [];
	for (const beginning of beginningsOf(input)) {
		const { code, stdout, stderr } = await pods.run(['sh', '-c', podLoop], beginning);
		if (unmarked(stdout + stderr) !== '' || (code !== 0 && code !== 65))
			broken.push({ beginning, code, stdout, stderr });
	}
	expect(broken).toEqual([]);
	expect(await pods.run(['sh', '-c', podLoop], input)).toMatchObject({
		code: 0,
		stdout: expect.stringMatching(/^pxpair \w+ begins\n[\s\S]*\npxpair \w+ ended 0\n$/),
	});
	await pods.close();
});

test('a value that would be two is not sent', () => {
	for (const value of ['a\nb', 'a\r', '\0']) expect(() => countedInput([value])).toThrow(RangeError);
});
