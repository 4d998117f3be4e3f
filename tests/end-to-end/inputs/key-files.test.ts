import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { answersFor, openGround } from '../../helpers/program/ground.ts';

vi.setConfig({ testTimeout: 60_000 });

const { objectStore } = answersFor('s3') as { objectStore: object };
const name = "it's a key; true";
const fromFile = { objectStore: { ...objectStore, secretAccessKey: { file: name } } };
const title = `Other users of this machine can read the key file ${name}`;
const fix = `chmod 600 'it'\\''s a key; true'`;
const env = { SECRET: undefined };

test('a key file that others can read is warned of by a check and by a run, with the command that helps', async () => {
	await using ground = await openGround({ answers: fromFile });
	const { sandbox, secrets } = ground;
	const path = await sandbox.file(name, secrets.secretAccessKey);

	const closed = await ground.run(['check', 'answers.yaml'], { env });
	expect(closed.out.join('\n')).not.toContain('Other users');

	await chmod(path, 0o644);
	const check = await ground.run(['check', 'answers.yaml'], { env });
	expect(check.exitCode).toBe(0);
	expect(check.out.join('\n')).toMatch(/Other users of this machine can read the key file/);
	expect(check.out.join('\n')).toContain('its permissions are 0644');
	expect(check.out.map(line => line.trim())).toContain(fix);

	const json = await ground.run(['check', 'answers.yaml', '--json'], { env });
	expect(JSON.parse(json.out.join('\n')).findings).toContainEqual(
		expect.objectContaining({
			level: 'warning',
			problem: expect.objectContaining({ id: 'key-file-exposed', title }),
		}),
	);

	const run = await ground.run(['run', 'answers.yaml'], { env });
	expect(run.exitCode).toBe(0);
	expect(run.out.concat(run.err).join('\n')).toContain('Other users of this machine can read the key file');
});

test('group permissions count, and so does a Google key file', async () => {
	await using ground = await openGround({ store: 'google' });
	await chmod(join(ground.sandbox.work, 'key.json'), 0o640);
	const check = await ground.run(['check', 'answers.yaml']);
	expect(check.out.join('\n')).toContain('its permissions are 0640');
});
