import { constants } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { resources } from '../../../source/practice/resources.ts';
import { answersFor, openGround, overhearPxctl, readsOnly, writes } from '../../helpers/program/ground.ts';

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
		expect(heard.flatMap(commands => commands()).filter(command => !readsOnly(command))).toEqual([]);
		expect([east.credentials(), west.credentials()]).toEqual([[], []]);
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
			'The run would fail:',
			'',
			'  destination: No Portworx on the destination cluster  [portworx-not-found]',
			'    context west: no StorageCluster and no pod labelled name=portworx in any namespace',
			'    → Check that west is the right cluster.',
			'    → Or install Portworx there first, then run this again.',
			'',
		]);
	});

	test.for(['text', 'json'] as const)('that finds no Stork on the source says so, as %s', async output => {
		await using ground = await openGround({ scenario: 'no-stork' });
		const plan = await ground.run(['plan', 'answers.yaml', '-o', output]);
		expect(plan.exitCode).toBe(0);
		expect(plan.err.slice(0, 4)).toEqual([
			'The run would fail:',
			'',
			'  source: No Stork on the source cluster  [stork-not-found]',
			'    context east: no deployment named stork in any namespace',
		]);
	});

	test.for([
		{ named: ['source', 'destination'], flags: [] },
		{ named: [], flags: ['--kubeconfig', 'my config'] },
	])('names the kubeconfig of $named and of $flags in every command', async ({ named, flags }) => {
		await using ground = await openGround();
		await ground.sandbox.file('my config', ground.practice.kubeconfig);
		const answers = answersFor('s3');
		const withFile = Object.fromEntries(
			named.map(side => [
				side,
				{ context: side === 'source' ? 'east' : 'west', kubeconfig: join(ground.sandbox.work, 'my config') },
			]),
		);
		await ground.sandbox.file('answers.yaml', stringify({ ...answers, ...withFile }));
		const plan = await ground.run(['plan', 'answers.yaml', ...flags]);
		const commands = plan.out.flatMap(line => line.match(/(kubectl|storkctl) --.*?(?=kubectl --|$)/g) ?? []);
		expect(commands.length).toBeGreaterThan(12);
		expect(
			commands.filter(line => !/^\w+ --kubeconfig 'my config' --context (east|west) /.test(line)),
		).toEqual([]);
	});

	test('shows what PX-Security asks for', async () => {
		await using ground = await openGround({ scenario: 'secured' });
		const { out } = await ground.run(['plan', 'answers.yaml']);
		expect(out.filter(line => line.includes('auth-secret'))).toEqual([
			'          openstorage.io/auth-secret-name: px-admin-token',
			'          openstorage.io/auth-secret-namespace: portworx',
		]);
		const pxctl = out.filter(line => line.includes('/opt/pwx/bin/pxctl'));
		expect(pxctl.length).toBe(4);
		expect(pxctl.every(line => line.includes(' -- env PXCTL_AUTH_TOKEN=•••••••• /opt/pwx/bin/pxctl '))).toBe(
			true,
		);
	});

	test('shows where Portworx of the destination is reached', async () => {
		await using ground = await openGround();
		const { out } = await ground.run(['plan', 'answers.yaml']);
		expect(out).toContain('          ip: 127.0.0.1');
		expect(out).toContain(`          port: "${ground.practice.clusters.west.portworxPort}"`);
	});

	test.for(['SIGINT', 'SIGTERM'] as const)('ends at %s, with nothing but a line about it', async signal => {
		const asked = Promise.withResolvers<void>();
		await using ground = await openGround({
			fault: {
				west() {
					asked.resolve();
					return { kind: 'hang', when: 'before' };
				},
			},
		});
		const plan = await ground.run(['plan', 'answers.yaml'], {
			async during({ signal: send }) {
				await asked.promise;
				send(signal);
			},
		});
		expect({ exitCode: plan.exitCode, out: plan.out, err: plan.err }).toEqual({
			exitCode: 128 + constants.signals[signal],
			out: [],
			err: ['Stopped before the plan was complete. Nothing was changed.'],
		});
	});

	test('as JSON is one object, also where it cannot be made', async () => {
		await using ground = await openGround({ store: 'none' });
		const { exitCode, out, err } = await ground.run(['plan', 'answers.yaml', '-o', 'json']);
		expect({ exitCode, err }).toEqual({ exitCode: 2, err: [] });
		expect(JSON.parse(out.join('\n'))).toMatchObject({
			schema: 'pxpair.plan/v1',
			practice: false,
			type: 'problem',
			problem: { id: 'object-store-needed' },
		});
	});

	test('as JSON is one object', async () => {
		await using ground = await openGround();
		const { out } = await ground.run(['plan', 'answers.yaml', '--json']);
		expect(JSON.parse(out.join('\n'))).toMatchObject({
			schema: 'pxpair.plan/v1',
			practice: false,
			title: 'Pair east → west as migrationnamespace/remotecluster',
			steps: expect.objectContaining({ length: 16 }),
		});
	});

	test('that cannot be made is a Problem', async () => {
		await using ground = await openGround({ store: 'none' });
		expect(await ground.run(['plan', 'answers.yaml'])).toEqual({
			command: 'pxpair plan answers.yaml',
			exitCode: 2,
			out: [],
			err: [
				'pxpair: The source cluster is in a cloud: an object store is required',
				'  providerID aws:///us-east-1a/i-0000000000practi0 on 3 nodes; label eks.amazonaws.com/nodegroup',
				'  → Give an object store (s3, azure, google or nfs): objectStore.provider in the answers file.',
				'  → Or say that the clusters are on-premises, if they are: location: on-premises in the answers file.',
				'  docs: create-object-store-credentials-for-cloud-clusters',
			],
			started: [],
		});
	});
});
