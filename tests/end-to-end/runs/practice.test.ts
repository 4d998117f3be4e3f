import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { startKubectl } from '../../helpers/kubectl.ts';
import { makeSandbox } from '../../helpers/program/program.ts';

vi.setConfig({ testTimeout: 60_000 });

const banner = 'PRACTICE: two practice clusters inside this program. Nothing real is read or changed.';

describe.concurrent('pxpair practice', () => {
	test('serves kubectl until Ctrl-C, and leaves nothing', async () => {
		await using sandbox = await makeSandbox();
		const said = await sandbox.run(
			['practice', '--kubeconfig', 'practice.yaml'],
			{},
			{
				async during({ said, signal }) {
					await said('Ctrl-C ends them');
					const file = join(sandbox.work, 'practice.yaml');
					expect((await stat(file)).mode & 0o777).toBe(0o600);
					await workWithKubectl(await readFile(file, 'utf8'));
					signal('SIGINT');
				},
			},
		);
		expect(said).toMatchObject({
			exitCode: 0,
			out: expect.arrayContaining([
				banner,
				'Scenario s3: two EKS clusters whose object store is Amazon S3.',
				'  export KUBECONFIG=practice.yaml',
				'  kubectl --context east get pods -A',
				'  pxpair check --source east --destination west',
			]),
		});
	});

	test('ends by SIGTERM as well, with its kubeconfig in a temporary folder', async () => {
		await using sandbox = await makeSandbox();
		const run = sandbox.run(
			['practice', '--scenario', 'secured'],
			{},
			{
				async during({ said, signal }) {
					await said('Ctrl-C ends them');
					signal('SIGTERM');
				},
			},
		);
		await expect(run).resolves.toMatchObject({ exitCode: 0 });
	});

	test('does not write over a kubeconfig that is there, nor remove it', async () => {
		await using sandbox = await makeSandbox();
		const file = await sandbox.file('mine', 'precious');
		const { exitCode, out } = await sandbox.run(['practice', '--kubeconfig', 'mine'], {});
		expect({ exitCode, out, kept: await readFile(file, 'utf8') }).toEqual({
			exitCode: 2,
			out: [],
			kept: 'precious',
		});
	});
});

describe.concurrent('--practice', () => {
	test.for(['s3', 'google', 'on-premises'])('%s pairs without a file or a question', async scenario => {
		await using sandbox = await makeSandbox();
		const { exitCode, out } = await sandbox.run([`--practice=${scenario}`], {});
		expect({ exitCode, first: out[0], last: out.at(-1) }).toEqual({
			exitCode: 0,
			first: banner,
			last: scenario === 'on-premises' ? 'Done. 3 changes were made.' : 'Done. 5 changes were made.',
		});
	});

	test('takes an answers file that names no clusters', async () => {
		await using sandbox = await makeSandbox();
		const objectStore = { provider: 'azure', accountName: 'myaccount', accountKey: { stdin: 1 } };
		await sandbox.file('answers.yaml', stringify({ apiVersion: 'pxpair/v1', objectStore }));
		const input = 'canary-on-stdin\n';
		const run = await sandbox.run(['run', 'answers.yaml', '--practice=azure', '--json'], {}, { input });
		expect(run.exitCode).toBe(0);
		expect(run.out.map(line => JSON.parse(line) as unknown)).toEqual(
			run.out.map(() => expect.objectContaining({ schema: 'pxpair.run/v1', practice: true })),
		);
	});

	test('stopped by Ctrl-C leaves no process and no folder', async () => {
		await using sandbox = await makeSandbox();
		const { exitCode, out } = await sandbox.run(
			['--practice=token-reset'],
			{},
			{
				async during({ said, signal }) {
					await said('Waiting until storage and scheduler are Ready');
					signal('SIGINT');
				},
			},
		);
		expect({ exitCode, last: out.at(-1) }).toEqual({
			exitCode: 130,
			last: 'Stopped. 5 changes were made before that; finished steps are not repeated when it is run again.',
		});
	});
});

async function workWithKubectl(kubeconfig: string): Promise<void> {
	const kubectl = await startKubectl(kubeconfig);
	const run = async (args: string, input?: string) => {
		const { exitCode, stdout, stderr } = await kubectl.run(args.split(' '), input);
		return { exitCode, said: stdout || stderr };
	};
	const pair = stringify({
		apiVersion: 'stork.libopenstorage.org/v1alpha1',
		kind: 'ClusterPair',
		metadata: { name: 'mine', namespace: 'default' },
		spec: { config: {}, options: {} },
	});
	try {
		expect(await run('--context east get pods -A -l name=portworx -o name')).toMatchObject({
			exitCode: 0,
			said: expect.stringMatching(/^pod\/px-practice-east-\w+$/m),
		});
		const pod = (await run('--context west -n portworx get pods -l name=portworx -o name')).said.split(
			'\n',
		)[0];
		expect(
			await run(`--context west -n portworx exec -i ${pod} -c portworx -- cat`, 'by standard input'),
		).toEqual({
			exitCode: 0,
			said: 'by standard input',
		});
		expect(await run('--context east apply --server-side -f -', pair)).toEqual({
			exitCode: 0,
			said: 'clusterpair.stork.libopenstorage.org/mine serverside-applied',
		});
		expect(await run('--context east delete clusterpair mine')).toMatchObject({
			exitCode: 0,
			said: expect.stringContaining('deleted'),
		});
	} finally {
		await kubectl.close();
	}
}
