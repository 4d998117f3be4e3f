import { expect, test, vi } from 'vitest';
import { openGround } from '../../helpers/program/ground.ts';

vi.setConfig({ testTimeout: 60_000 });

const passphrase = 'canary words of a passphrase 5f2c81d09be34a7716';
const env = { PASSPHRASE: passphrase };
const s3 = { provider: 's3', region: 'us-east-1', endpoint: 's3.amazonaws.com' } as const;
const keys = { accessKeyId: { env: 'ID' }, secretAccessKey: { env: 'SECRET' } } as const;
const encrypted = { encryptionPassphrase: { env: 'PASSPHRASE' } } as const;

/** What the answers say, what pxctl is told, and what Portworx has then. */
const ways = [
	[
		'a share',
		{
			provider: 'nfs',
			server: 'nfs.example.com',
			exportPath: '/exports/px',
			subPath: 'east',
			mountOptions: 'nfsvers=4.1,hard',
			timeoutSeconds: 10,
		},
		'--provider nfs --nfs-server nfs.example.com --nfs-sub-path /exports/px --bucket east --nfs-mount-opts nfsvers=4.1,hard --nfs-timeout-seconds 10 clusterPair_',
		{ provider: 'nfs', account: 'nfs.example.com', path: '/exports/px', bucket: 'east', timeout: '10' },
	],
	[
		'the role of the nodes',
		{ ...s3, auth: 'iam' },
		'--provider s3 --s3-region us-east-1 --s3-endpoint s3.amazonaws.com --use-iam clusterPair_',
		{ provider: 's3', auth: 'iam', account: '' },
	],
	[
		'encrypted by the store and by Portworx, through a proxy',
		{ ...s3, ...keys, ...encrypted, sse: 'AES256', useProxy: true },
		'--s3-sse AES256 --use-proxy --encryption-passphrase',
		{ sse: 'AES256', proxy: true, encrypted: true },
	],
] as const;

test.for(ways)('%s: planned, tried, created on both, and as planned the second time', async ([, ...way]) => {
	const [objectStore, told, stored] = way;
	await using ground = await openGround({ answers: { objectStore }, canaries: { passphrase } });
	const { east, west } = ground.practice.clusters;

	const plan = await ground.run(['plan', 'answers.yaml'], { env });
	expect(plan.out.join('\n')).toContain(told);
	const runbook = await ground.run(['plan', 'answers.yaml', '-o', 'markdown'], { env });
	expect(runbook.out.join('\n')).toContain(told.split(' ').slice(0, 2).join(' '));

	const run = await ground.run(['run', 'answers.yaml'], { env });
	expect({ exitCode: run.exitCode, last: run.out.at(-1) }).toEqual({
		exitCode: 0,
		last: 'Done. 5 changes were made.',
	});
	expect([...east.credentials(), ...west.credentials()]).toMatchObject([stored, stored]);
	const again = await ground.run(['run', 'answers.yaml'], { env });
	expect(again.out.at(-1)).toBe('Done. Nothing was changed: everything already exists.');
});

test.for([
	['workload identity', { ...s3, auth: 'workload-identity' }, ['Portworx 3.4', 'Stork 26.4']],
	[
		'the same on Google',
		{ provider: 'google', projectId: 'my-project', auth: 'workload-identity' },
		['Portworx 3.6.2', 'Stork 26.4'],
	],
] as const)('%s stops a run before anything is created', async ([, objectStore, needs]) => {
	await using ground = await openGround({ answers: { objectStore } });
	const run = await ground.run(['run', 'answers.yaml']);
	expect(run.exitCode).toBe(1);
	for (const version of needs) {
		expect(run.out.join('\n')).toContain(`needs ${version}`);
	}
	expect(ground.practice.clusters.east.credentials()).toEqual([]);
});

test('a share needs Portworx 2.13.10', async () => {
	const objectStore = { provider: 'nfs', server: 'nfs.example.com', exportPath: '/exports/px' };
	await using ground = await openGround({ scenario: 'on-premises', answers: { objectStore } });
	const check = await ground.run(['check', 'answers.yaml']);
	expect(check.exitCode).toBe(1);
	expect(check.out.join('\n')).toContain('needs Portworx 2.13.10; found 2.11.4');
});

test.for([
	['nfs.nowhere.example', 1, 'Could not resolve host'],
	['nfs.example.com', 0, 'takes connections from pod'],
] as const)('the port of a share is tried: %s', async ([server, exitCode, said]) => {
	const objectStore = { provider: 'nfs', server, exportPath: '/exports/px' };
	await using ground = await openGround({ answers: { objectStore } });
	const check = await ground.run(['check', 'answers.yaml']);
	expect({ exitCode: check.exitCode, out: check.out.join('\n') }).toEqual({
		exitCode,
		out: expect.stringContaining(said),
	});
	expect(check.out.join('\n')).not.toMatch(/objectStore\.(endpoint|bucket)/);
});

test('Azure Government is asked where it is, by the region of the nodes or the answers', async () => {
	await using ground = await openGround({ scenario: 'azure-government', store: 'azure' });
	const check = await ground.run(['check', 'answers.yaml']);
	const out = check.out.join('\n');
	expect(out).toContain('myaccount.blob.core.usgovcloudapi.net:443 accepted the key');
	expect(out).toContain('Portworx on the source is not told that it runs in AzureUSGovernmentCloud');
	expect(check.exitCode).toBe(0);
});

test('Azure in China is asked where it is, as the answers say', async () => {
	const objectStore = {
		provider: 'azure',
		accountName: 'myaccount',
		accountKey: { env: 'ACCOUNT_KEY' },
		environment: 'china',
	};
	await using ground = await openGround({ scenario: 'azure', answers: { objectStore } });
	const key = Buffer.alloc(64, 'k').toString('base64');
	const { out, exitCode } = await ground.run(['check', 'answers.yaml'], { env: { ACCOUNT_KEY: key } });
	expect(out.join('\n')).toContain('myaccount.blob.core.chinacloudapi.cn:443 accepted the key');
	expect(out.join('\n')).toContain('Portworx on the source is not told that it runs in AzureChinaCloud');
	expect(exitCode).toBe(0);
});

test.for([
	[{ ...s3, ...keys, auth: 'iam' }, 'objectStore.accessKeyId: unknown field'],
	[{ ...s3 }, 'objectStore.accessKeyId: found nothing'],
	[{ ...s3, auth: 'role' }, 'objectStore.auth: found "role"; allowed: one of keys, iam, workload-identity'],
	[
		{ provider: 'nfs', server: 'nfs', exportPath: '/e', timeoutSeconds: 31 },
		'allowed: a number of seconds from 1 to 30',
	],
	[{ provider: 'nfs', server: 'nfs', exportPath: 'e' }, 'objectStore.exportPath: found a text (not shown)'],
	[
		{ ...s3, ...keys, encryptionPassphrase: 'canary' },
		'objectStore.encryptionPassphrase: found a text (not shown)',
	],
] as const)('mistakes are named: %#', async ([objectStore, said]) => {
	await using ground = await openGround({ answers: { objectStore } });
	const run = await ground.run(['run', 'answers.yaml']);
	expect(run).toMatchObject({ exitCode: 2 });
	expect(run.err.join('\n')).toContain(said);
});
