import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { answersFor } from '../../helpers/program/ground.ts';
import { asks, keys, startOnClusters } from '../../wizard/start-wizard.ts';

vi.setConfig({ testTimeout: 120_000 });

const keyId = 'AKIACANARYCANARYKEYX';
const secret = 'canary/canary+canary/canary+canary/canar';
const { objectStore, ...rest } = answersFor('s3') as { objectStore: object };

const answersWith = (halves: object) => ({
	'a.yaml': stringify({ ...rest, objectStore: { ...objectStore, ...halves } }),
});

test.concurrent('swapped halves of an answers file are asked for, with the reason above', async () => {
	await using ground = await startOnClusters({
		args: ['--answers', 'a.yaml'],
		terminal: {
			files: { ...answersWith({ secretAccessKey: { file: 'secret' } }), secret: keyId },
			env: { ID: secret },
		},
	});
	const { wizard } = ground;
	await wizard.converse([asks.found, keys.enter], [asks.accessKeyId, keyId, keys.enter]);
	await wizard.converse([asks.secretAccessKey, secret, keys.enter], [asks.review, keys.ctrlC + keys.ctrlC]);
	await wizard.exit;
	const told = wizard.scrollback().join(' ').replaceAll(/ +/g, ' ');
	expect(told).toContain('objectStore.accessKeyId of the answers file is asked for.');
	expect(told).toContain('objectStore.secretAccessKey of the answers file is asked for.');
	expect(wizard.output()).not.toContain(secret);
	expect(wizard.output()).not.toContain(keyId);
});

test.concurrent('a half that a program prints is not asked for, and an answers file that is saved names the program', async () => {
	await using ground = await startOnClusters({
		args: ['--answers', 'a.yaml'],
		terminal: {
			files: answersWith({ secretAccessKey: { command: ['sh', './print.sh'] } }),
			shell: `echo "echo '${secret}'" > print.sh; exec "$@"`,
			env: { ID: keyId },
		},
	});
	const { wizard } = ground;
	await wizard.converse([asks.found, keys.enter], [asks.review, 'a'], ['Saved', keys.ctrlC + keys.ctrlC]);
	await wizard.exit;
	const saved = parse(await readFile(join(wizard.work, 'pxpair-answers-east-west.yaml'), 'utf8'));
	expect(saved.objectStore).toMatchObject({
		accessKeyId: { env: 'ID' },
		secretAccessKey: { command: ['sh', './print.sh'], folder: wizard.work },
	});
	expect(wizard.output()).not.toContain(secret);
});
