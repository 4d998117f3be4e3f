import { describe, expect, test, vi } from 'vitest';
import { resources } from '../../source/practice/resources.ts';
import { openGround, overhearPxctl, writes } from '../helpers/ground.ts';

vi.setConfig({ testTimeout: 60_000 });

const outputs = [
	{
		output: 'text',
		scenario: 's3',
		store: 's3',
		begins: 'Pair east → west as migrationnamespace/remotecluster',
	},
	{
		output: 'markdown',
		scenario: 'google',
		store: 'google',
		begins: '# Pair east → west as migrationnamespace/remotecluster',
	},
	{ output: 'json', scenario: 'secured', store: 's3', begins: '{' },
	{
		output: 'markdown',
		scenario: 'azure',
		store: 'azure',
		begins: '# Pair east → west as migrationnamespace/remotecluster',
	},
	{
		output: 'text',
		scenario: 'on-premises',
		store: 'none',
		begins: 'Pair east → west as migrationnamespace/remotecluster',
	},
] as const;

describe.concurrent('a plan', () => {
	test.for(outputs)('as $output of $scenario writes nothing', async ({ output, scenario, store, begins }) => {
		await using ground = await openGround({ scenario, store });
		const { east, west } = ground.practice.clusters;
		const heard = [overhearPxctl(east), overhearPxctl(west)];

		const plan = await ground.run(['plan', 'answers.yaml', '-o', output]);
		expect({ exitCode: plan.exitCode, begins: plan.out[0], err: plan.err }).toEqual({
			exitCode: 0,
			begins,
			err: [],
		});
		expect([writes(east), writes(west)]).toEqual([[], []]);
		expect(new Set(heard.flatMap(commands => commands()).map(command => command.split(' ')[0]))).toEqual(
			new Set(['status']),
		);
		expect([east.credentials(), west.credentials(), west.clusterToken()]).toEqual([[], [], undefined]);
		expect(east.store.list(resources.clusterpairs)).toEqual([]);
	});

	test('needs no secret, and asks for none', async () => {
		await using ground = await openGround();
		const plan = await ground.run(['plan', 'answers.yaml'], { env: { ID: undefined, SECRET: undefined } });
		expect({ exitCode: plan.exitCode, err: plan.err }).toEqual({ exitCode: 0, err: [] });
	});

	test('says beside itself what would make the run fail', async () => {
		await using ground = await openGround({ scenario: 'no-portworx' });
		const plan = await ground.run(['plan', 'answers.yaml']);
		expect(plan.exitCode).toBe(0);
		expect(plan.err).toEqual([
			'',
			'As things stand, the run would fail:',
			'No Portworx on the destination cluster',
			'  context west: no StorageCluster and no pod labelled name=portworx in any namespace',
			'  → Check that west is the cluster you mean.',
			'  → Or install Portworx there first; then run this again.',
		]);
	});

	test('as JSON is one object', async () => {
		await using ground = await openGround();
		const { out } = await ground.run(['plan', 'answers.yaml', '--json']);
		expect(JSON.parse(out.join('\n'))).toMatchObject({
			schema: 'pxpair.plan/v1',
			practice: false,
			title: 'Pair east → west as migrationnamespace/remotecluster',
			steps: expect.objectContaining({ length: 15 }),
		});
	});

	test('that cannot be made is a Problem', async () => {
		await using ground = await openGround({ store: 'none' });
		expect(await ground.run(['plan', 'answers.yaml'])).toEqual({
			command: 'pxpair plan answers.yaml',
			exitCode: 2,
			out: [],
			err: [
				'pxpair: The source cluster stands in a cloud, so an object store is needed',
				'  providerID aws:///us-east-1a/i-0000000000practi0',
				'  → Give an object store in the answers file: objectStore.provider s3, azure or google.',
				'  → Or say location: on-premises there, if that is where the clusters stand.',
				'  docs: create-object-store-credentials-for-cloud-clusters',
			],
			started: [],
		});
	});
});
