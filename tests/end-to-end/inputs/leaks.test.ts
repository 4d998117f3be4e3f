import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import type { PracticeCluster } from '../../../source/practice/practice-cluster.ts';
import { canariesIn, storeCanaries } from '../../helpers/canaries.ts';
import { replacePxctl } from '../../helpers/clusters/pod-files.ts';
import { type Ground, openGround } from '../../helpers/program/ground.ts';

vi.setConfig({ testTimeout: 60_000 });

describe('the search for canaries', () => {
	const { all, secretAccessKey, jsonKey } = storeCanaries();

	test.for([
		['as it is', (secret: string) => `<${secret}>`],
		['in JSON', (secret: string) => JSON.stringify({ found: [secret] })],
		['in a URL', (secret: string) => `/exec?command=${encodeURIComponent(secret)}`],
		['in a query', (secret: string) => new URLSearchParams({ command: secret }).toString()],
		['quoted for a shell', (secret: string) => `'${secret.replaceAll("'", String.raw`'\''`)}'`],
		['in hexadecimal', (secret: string) => Buffer.from(secret).toString('hex')],
		['in base64', (secret: string) => Buffer.from(secret).toString('base64')],
		[
			'in base64 with a text before it',
			(secret: string) => Buffer.from(`user:${secret}!`).toString('base64'),
		],
		['in base64url after one byte', (secret: string) => Buffer.from(`x${secret}`).toString('base64url')],
	] as const)('finds one %s', ([, write]) => {
		expect(canariesIn(write(secretAccessKey), all)).toEqual(['secretAccessKey']);
	});

	test('finds the key inside the key file', () => {
		expect(canariesIn(Buffer.from(jsonKey).toString('base64'), all)).toEqual(['privateKey', 'jsonKey']);
	});

	test('finds none where there is none', () => {
		expect(canariesIn(JSON.stringify(storeCanaries().all), all)).toEqual([]);
	});
});

describe.concurrent('programs that are started', () => {
	test('a storkctl gets no secret, neither in its arguments nor in its environment', async () => {
		await using ground = await openGround();
		const gate = await makeGate(ground);
		await ground.sandbox.script('storkctl', `${gate.wait}; exit 1\n`);
		const run = await ground.run(['run', 'answers.yaml'], {
			during: ({ saw }) => saw(/storkctl/).then(gate.open),
		});
		expect({ exitCode: run.exitCode, started: run.started }).toEqual({
			exitCode: 1,
			started: [
				expect.stringMatching(
					/\/storkctl --context=west generate clusterpair -n migrationnamespace -- remotecluster$/,
				),
			],
		});
	});

	test('nor does a login plugin, whose token goes nowhere else', async () => {
		await using ground = await openGround();
		const gate = await makeGate(ground);
		await logInByPlugin(ground, gate.wait);
		const run = await ground.run(['run', 'answers.yaml'], {
			during: ({ saw }) => saw(/login/).then(gate.open),
		});
		expect({ exitCode: run.exitCode, started: run.started }).toEqual({
			exitCode: 0,
			started: expect.arrayContaining([expect.stringMatching(/\/login east$/)]),
		});
	});

	test('are watched well enough to see one that does', async () => {
		const planted = 'canary-planted-in-arguments';
		await using ground = await openGround({ canaries: { planted } });
		const gate = await makeGate(ground);
		await ground.sandbox.script('storkctl', `/bin/sh -c ': ${planted}; ${gate.wait}'\n`);
		const run = ground.run(['run', 'answers.yaml'], { during: ({ saw }) => saw(/planted/).then(gate.open) });
		await expect(run).rejects.toThrow('planted in processes');
	});
});

describe.concurrent('a pxctl that quotes what it was given is not repeated', () => {
	test.for(['s3', 'azure', 'google'] as const)('with %s', async store => {
		await using ground = await openGround({ scenario: store, store });
		for (const cluster of Object.values(ground.practice.clusters)) quoteOnCreate(cluster);
		const run = await ground.run(['run', 'answers.yaml']);
		expect(run.exitCode).toBe(1);
		expect(run.out).toContainEqual(
			expect.stringMatching(/^ {2}pxctl credentials create \(exit status 1\): cannot use .*••••••••/),
		);
	});
});

test('Node told to show its network traffic shows no secret', async () => {
	await using ground = await openGround({ scenario: 'secured' });
	const run = await ground.run(['run', 'answers.yaml'], {
		env: { NODE_DEBUG: 'http,https,net,tls,stream,child_process' },
	});
	expect(run.exitCode).toBe(0);
	expect(run.err).toContainEqual(expect.stringMatching(/^HTTP \d+: /));
});

/** Its arguments as they are and as Go quotes them, the key file as it is and in one line. */
function quoteOnCreate(cluster: PracticeCluster): void {
	const quote = String.raw`printf 'cannot use '
		for key in /etc/pwx/.pxpair-key.*; do [ -f "$key" ] && cat "$key" && tr -d '\n' < "$key"; done
		printf '%s ' "$@"; printf '%s ' "$@" | sed 's/[\\"]/\\&/g'`;
	replacePxctl(
		cluster,
		`case "$1 $2" in 'credentials create') ${quote}; exit 1 ;; esac\nexec "$0.real" "$@"`,
	);
}

/** A line of shell that waits, until the test opens. Named pipes know no waiting for a time. */
async function makeGate({ sandbox }: Ground) {
	const pipe = join(dirname(await sandbox.script('gate', '')), 'pipe');
	await promisify(execFile)('mkfifo', [pipe]);
	return { wait: `read -r _ < ${pipe}`, open: () => writeFile(pipe, '\n') };
}

/** East is reached with a token that a program prints. */
async function logInByPlugin({ practice, sandbox }: Ground, wait: string): Promise<void> {
	const kubeconfig = parse(practice.kubeconfig) as { users: { name: string; user: object }[] };
	const apiVersion = 'client.authentication.k8s.io/v1';
	const status = { token: practice.clusters.east.token };
	await sandbox.file('credential', JSON.stringify({ apiVersion, kind: 'ExecCredential', status }));
	const command = await sandbox.script('login', `${wait}; exec /bin/cat credential\n`);
	const exec = { apiVersion, command, args: ['east'], interactiveMode: 'Never' };
	const users = kubeconfig.users.map(entry =>
		entry.name === 'practice-east-admin' ? { ...entry, user: { exec } } : entry,
	);
	await sandbox.file('kubeconfig', stringify({ ...kubeconfig, users }));
}
