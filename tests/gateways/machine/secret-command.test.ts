import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { secretSources } from '../../../source/gateways/machine/secret-sources.ts';
import type { SecretReference } from '../../../source/pairing/answers/answers-shape.ts';
import { problemFrom } from '../../helpers/problem-from.ts';
import { type TemporaryFolder, temporaryFolder } from '../../helpers/program/temporary-folder.ts';

const field = 'objectStore.secretAccessKey';
const canary = 'canary-command-7d1f0c55/Zq+0042';

test('what it prints is the secret, without the line end', async () => {
	expect(await printedBy(`echo '${canary}'`)).toBe(canary);
	expect(await printedBy(`printf '%s\\r\\n' '${canary}'; echo noise >&2`)).toBe(canary);
});

test('it gets its arguments as they are: no shell looks at them', async () => {
	const words = ['$(id)', 'a b', "it's", '`id`', '*', '~'];
	expect(await printedBy('printf "<%s>" "$@"', { words })).toBe(words.map(word => `<${word}>`).join(''));
});

test('its standard input is at its end, and its environment is the one that is meant for it', async () => {
	expect(await printedBy('cat; echo "got:$GIVEN:$PXPAIR_NOT_GIVEN"', { environment: { GIVEN: 'x' } })).toBe(
		'got:x:',
	);
});

test('it is started in the folder of the answers file, or in the one that is named', async () => {
	const folder = await temporaryFolder();
	await folder.file('print', '#!/bin/sh\ncat value', 'executable');
	await folder.file('value', canary);
	const read = sources(folder, {});
	expect((await read({ command: ['./print'] }, field, 'secret')).reveal()).toBe(canary);
	const elsewhere = sources(await temporaryFolder(), {});
	expect((await elsewhere({ command: ['./print'], folder: folder.path }, field, 'secret')).reveal()).toBe(
		canary,
	);
});

test.each<[string, string, string, string]>([
	['fails', 'exit 7', 'secret-command-failed', 'PROGRAM exited with status 7'],
	['is killed', 'kill -9 $$', 'secret-command-failed', 'PROGRAM was killed by SIGKILL'],
	['prints nothing', 'true', 'secret-command-failed', 'PROGRAM printed nothing'],
	['prints a blank line', 'echo', 'secret-command-failed', 'PROGRAM printed nothing'],
	['prints without end', `yes ${canary}`, 'secret-command-failed', 'PROGRAM printed more than 64 KiB'],
	['prints 65 KiB', 'head -c 66560 /dev/zero', 'secret-command-failed', 'PROGRAM printed more than 64 KiB'],
	[
		'prints two lines',
		`echo ${canary}; echo ${canary}`,
		'secret-missing',
		'what PROGRAM printed has a line break or another control character inside',
	],
	[
		'prints bytes',
		"printf '\\377\\376canary'",
		'secret-missing',
		'what PROGRAM printed is not text in UTF-8',
	],
	['hangs', 'sleep 9', 'secret-command-timeout', 'PROGRAM did not finish within 0.5 s'],
	[
		'ignores its end',
		'trap "" TERM; sleep 9',
		'secret-command-timeout',
		'PROGRAM did not finish within 0.5 s',
	],
])('one that %s', { timeout: 5000 }, async (_, script, id, evidence) => {
	const { problem, program } = await refused(script);
	expect(problem).toMatchObject({ id, kind: 'input', title: `No value for ${field}` });
	expect(problem.evidence?.replaceAll(program, 'PROGRAM')).toBe(evidence);
	expect(JSON.stringify(problem)).not.toContain('canary');
});

test.each([
	['known by what it printed', `echo ${canary}; echo "bad ${canary} here" >&2; exit 1`],
	['known by its looks', `echo "bad ${canary} here" >&2; exit 1`],
])('what it says is shown, but no secret: %s', async (_, script) => {
	const { problem } = await refused(`echo first >&2; ${script}`);
	expect(problem.evidence).toMatch(/exited with status 1; it said:\nfirst\nbad ••••••••+ here$/);
	expect(JSON.stringify(problem)).not.toMatch(/canary|7d1f0c55/);
});

test('nor a secret that was read before it', async () => {
	const folder = await temporaryFolder();
	const program = await folder.file('print', '#!/bin/sh\necho "no: hidden-value" >&2; exit 1', 'executable');
	const read = sources(folder, { KEY: 'hidden-value' });
	await read({ env: 'KEY' }, 'objectStore.accessKeyId', 'secret');
	const problem = await problemFrom(() => read({ command: [program] }, field, 'secret'));
	expect(problem.evidence).toMatch(/no: ••••••••$/);
});

test('of endless words the last few are shown', async () => {
	const { problem } = await refused(
		'i=0; while [ $i -lt 900 ]; do echo "line $i \\033[31m" >&2; i=$((i+1)); done; exit 1',
	);
	expect(problem.evidence).toMatch(/it said:\nline 897.*\nline 898.*\nline 899/);
	expect(problem.evidence?.length).toBeLessThan(700);
	expect(problem.evidence).not.toContain('\u001B');
});

test.each<[string, string, RegExp]>([
	['is not there', 'pxpair-no-such-program', /^pxpair-no-such-program: no such program$/],
	['is a path to nothing', './nothing', /^\.\/nothing: no such program$/],
	['may not be run', '/etc/passwd', /^\/etc\/passwd: it is not an executable file$/],
	['is a folder', '/tmp', /^\/tmp: it is not an executable file$/],
	['has a NUL', 'a\0b', /NUL/],
])('one that %s is not started', async (_, program, evidence) => {
	const read = sources(await temporaryFolder(), {});
	expect(await problemFrom(() => read({ command: [program] }, field, 'secret'))).toMatchObject({
		id: 'secret-command-not-started',
		evidence: expect.stringMatching(evidence),
		remedies: [{ way: { kind: 'retry' } }, expect.anything()],
	});
});

test('a text without #! is not handed to a shell', async () => {
	const folder = await temporaryFolder();
	const program = await folder.file('print', `echo ${canary}`, 'executable');
	const problem = await problemFrom(() => sources(folder, {})({ command: [program] }, field, 'secret'));
	expect(problem).toMatchObject({ id: 'secret-command-not-started' });
});

test('the command is shown quoted, and not at all where it is not one line', async () => {
	const read = sources(await temporaryFolder(), {});
	const ways = async (command: [string, ...string[]]) =>
		(await problemFrom(() => read({ command }, field, 'secret'))).remedies.at(-1);
	expect(await ways(['no-op', 'read', "op://it's/$(id)"])).toMatchObject({
		way: { kind: 'command', command: `no-op read 'op://it'\\''s/$(id)'` },
	});
	expect(await ways(['no-op', 'a\nb'])).toBe('Run it in a shell to see what it says.');
});

test('stopped before it runs, it is not run', async () => {
	const folder = await temporaryFolder();
	const program = await folder.file('print', '#!/bin/sh\n: > ran; echo x', 'executable');
	const read = sources(folder, {}, AbortSignal.abort());
	expect(await problemFrom(() => read({ command: [program] }, field, 'secret'))).toMatchObject({
		id: 'cancelled',
	});
	expect(await readdir(folder.path)).toEqual(['print']);
});

type Options = { words?: string[]; environment?: Record<string, string> };

async function printedBy(script: string, { words = [], environment = {} }: Options = {}) {
	const folder = await temporaryFolder();
	const program = await folder.file('print', `#!/bin/sh\n${script}\n`, 'executable');
	const reference: SecretReference = { command: [program, ...words] };
	return (await sources(folder, environment)(reference, field, 'secret')).reveal();
}

async function refused(script: string) {
	const folder = await temporaryFolder();
	const program = await folder.file('print', `#!/bin/sh\n${script}\n`, 'executable');
	const problem = await problemFrom(() => sources(folder, {})({ command: [program] }, field, 'secret'));
	return { problem, program };
}

const sources = (
	{ path }: TemporaryFolder,
	environment: Record<string, string>,
	signal: AbortSignal = new AbortController().signal,
) =>
	secretSources({
		environment,
		standardInput: async () => '',
		folder: path,
		programs: { environment: { PATH: process.env.PATH, ...environment }, signal, seconds: 0.5 },
	});
