import { expect, test, vi } from 'vitest';
import { answersFor, type Ground, openGround } from '../../helpers/program/ground.ts';

vi.setConfig({ testTimeout: 60_000 });

const { objectStore } = answersFor('s3') as { objectStore: object };

/** A password manager in the PATH that knows the halves by their names, if it is unlocked. */
async function vaultOn({ sandbox, secrets }: Ground): Promise<void> {
	await sandbox.file('halves/id', secrets.accessKeyId);
	await sandbox.file('halves/secret', secrets.secretAccessKey);
	await sandbox.script(
		'vault',
		`[ "$1" = read ] || exit 1
[ "$LOCKED" ] && { IFS= read -r half < "halves/$2"; printf 'locked: %s\\n' "$half" >&2; exit 3; }
[ "$ID$SECRET" ] && { echo 'it has the variables of other secrets' >&2; exit 4; }
while IFS= read -r line || [ "$line" ]; do printf '%s\\n' "$line"; done < "halves/$2"`,
	);
}

const readBy = (half: string) => ({ command: ['vault', 'read', half] });
const byCommand = { ...objectStore, accessKeyId: { env: 'ID' }, secretAccessKey: readBy('secret') };
const bothByCommand = { ...byCommand, accessKeyId: readBy('id') };

test('both halves by command: checked, run, and the record keeps the commands', async () => {
	await using ground = await openGround({ answers: { objectStore: bothByCommand } });
	await vaultOn(ground);
	const { sandbox, secrets, practice } = ground;
	// The answers name no variable, so these are nothing to hide.
	const env = { ID: undefined, SECRET: undefined };
	expect((await ground.run(['check', 'answers.yaml'], { env })).err).toEqual([]);
	expect((await ground.run(['run', 'answers.yaml'], { env })).exitCode).toBe(0);
	expect(practice.clusters.west.credentials()).toMatchObject([{ account: secrets.accessKeyId }]);
	const [record = ''] = (await sandbox.records()).values();
	expect(JSON.parse(record).answers.objectStore).toMatchObject({
		accessKeyId: { command: ['vault', 'read', 'id'], folder: sandbox.work },
		secretAccessKey: { command: ['vault', 'read', 'secret'], folder: sandbox.work },
	});
});

test('a run is resumed with what its record names, from any folder', async () => {
	await using ground = await openGround({
		scenario: 'token-reset',
		storkInterval: 100,
		answers: { objectStore: bothByCommand },
	});
	await vaultOn(ground);
	const env = { ID: undefined, SECRET: undefined };
	const first = await ground.run(['run', 'answers.yaml', '--timeout', '1'], { env });
	expect(first.exitCode).toBe(3);
	ground.practice.clusters.west.set({ clusterToken: 'fresh' });
	const locked = await ground.run(['run', '--resume'], { env: { ...env, LOCKED: '1' } });
	expect(locked.exitCode).toBe(2);
	expect(locked.err).toEqual([
		'pxpair: No value for objectStore.accessKeyId',
		'  vault exited with status 3; it said:',
		'  locked: ••••••••',
		'  → Sign in to the password manager or fix its arguments, then run this again.',
		'  → Run it in a shell (it prints the secret):',
		'      vault read id',
	]);
	expect((await ground.run(['run', '--resume'], { env })).exitCode).toBe(0);
});

test('the program gets no variable of another secret', async () => {
	await using ground = await openGround({ answers: { objectStore: byCommand } });
	await vaultOn(ground);
	// SECRET is named by no field of these answers.
	expect((await ground.run(['check', 'answers.yaml'], { env: { SECRET: undefined } })).exitCode).toBe(0);
});

test('a plan, a runbook and a list of answers need no value, and start nothing', async () => {
	await using ground = await openGround({ answers: { objectStore: bothByCommand } });
	const { exitCode, started } = await ground.run(['plan', 'answers.yaml']);
	expect(exitCode).toBe(0);
	expect(started.join('\n')).not.toContain('vault');
});

test('halves that are swapped are refused wherever they come from', async () => {
	await using ground = await openGround({
		answers: { objectStore: { ...byCommand, secretAccessKey: { command: ['vault', 'read', 'id'] } } },
		secrets: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
	});
	await vaultOn(ground);
	const { exitCode, err } = await ground.run(['check', 'answers.yaml'], { env: { SECRET: undefined } });
	expect(exitCode).toBe(2);
	expect(err[0]).toBe('pxpair: The secret access key looks like an access key ID');
	expect(err.join('\n')).not.toContain('AKIAIO');
});
