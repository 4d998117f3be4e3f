import { readFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { answersFor } from '../../helpers/program/ground.ts';
import { programInShell } from '../../helpers/program/under-test.ts';
import { asks, keys, startOnClusters } from '../../wizard/start-wizard.ts';

vi.setConfig({ testTimeout: 120_000 });

const keyId = 'PRACTICEKEYID0000000';
const secret = 'canary-resume-secret-71c0ffee-0000000000';

/** A first run with both halves in the environment, which fails after changes; the second has neither. */
const interrupted = () =>
	startOnClusters({
		scenario: 'token-reset',
		storkInterval: 100,
		args: ['run', 'a.yaml', '--timeout', '1'],
		terminal: {
			files: { 'a.yaml': stringify(answersFor('s3')) },
			env: { ID: keyId, SECRET: secret },
			shell: `"$@"; exec env -u ID -u SECRET ${programInShell(['run', '--resume'])}`,
		},
	});

test.concurrent('what a resumed run lacks is asked for one after the other, named, and never echoed', async () => {
	await using ground = await interrupted();
	const { wizard, practice } = ground;
	await wizard.waitFor(asks.accessKeyId);
	practice.clusters.west.set({ clusterToken: 'fresh' });
	expect(wizard.screen().join('\n')).not.toContain(asks.secretAccessKey);
	expect(wizard.screen().join('')).toMatch(/For the run [^ ]+, ?Pair east → west/);
	// An arrow key and an erased line are keys, not characters of the value.
	wizard.type(`wrong${keys.eraseAll}${keys.up}${keyId}${keys.enter}`);
	await wizard.waitFor(asks.secretAccessKey);
	wizard.paste(`${secret}\n`);
	await wizard.waitFor(`Taken: ${secret.length} characters.`, 5000).catch(() => wizard.type(keys.enter));
	await wizard.waitFor('Done.');
	expect((await wizard.exit).code).toBe(0);
	expect(wizard.output()).not.toContain(secret);
	expect(wizard.isRaw()).toBe(false);
	expect(practice.clusters.east.credentials()).toMatchObject([{ account: keyId }]);
});

test.concurrent.each(['SIGTERM', 'SIGHUP'] as const)(
	'%s ends the question, and the terminal is as it was',
	async signal => {
		await using ground = await interrupted();
		const { wizard } = ground;
		await wizard.waitFor(asks.accessKeyId);
		wizard.kill(signal);
		expect((await wizard.exit).code).not.toBe(0);
		expect(wizard.isRaw()).toBe(false);
		expect(wizard.modes().pastes).toBe('plain');
	},
);

test.concurrent('SIGUSR1 opens no inspector', async () => {
	await using ground = await interrupted();
	const { wizard } = ground;
	await wizard.waitFor(asks.accessKeyId);
	wizard.kill('SIGUSR1');
	wizard.type(`x${keys.enter}`);
	await wizard.waitFor(asks.secretAccessKey);
	expect(wizard.output()).not.toMatch(/debugger/i);
	await expect(readFile('/proc/net/tcp', 'utf8')).resolves.not.toMatch(/0100007F:240D 00000000:0000 0A/);
	wizard.type(keys.ctrlC);
	await wizard.waitFor('Press Ctrl-C again to quit');
	wizard.type(keys.ctrlC);
	expect((await wizard.exit).code).not.toBe(0);
});
