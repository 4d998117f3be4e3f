import { describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import type { KubeObject } from '../../../source/practice/contract.ts';
import { resources } from '../../../source/practice/resources.ts';
import type { ScenarioName } from '../../../source/practice/scenarios.ts';
import { canariesIn } from '../../helpers/canaries.ts';
import {
	everythingIn,
	failureOf,
	type Ground,
	type GroundOptions,
	openGround,
	writes,
} from '../../helpers/program/ground.ts';

vi.setConfig({ testTimeout: 120_000 });

const ready = { schedulerStatus: 'Ready', storageStatus: 'Ready' };

describe.concurrent('both ways', () => {
	test.for<Readonly<{ how: string; options: GroundOptions; args: readonly string[] }>>([
		{ how: 'with --both-ways', options: {}, args: ['--both-ways'] },
		{
			how: 'by the answers file',
			options: { scenario: 'secured', answers: { pair: { back: {} } } },
			args: [],
		},
		{ how: 'each with a ServiceAccount', options: {}, args: ['--both-ways', '--service-account'] },
	])('$how: two pairs, four credentials, nothing at the second run, nothing after undo', async row => {
		await using ground = await openGround(row.options);
		const { east, west } = ground.practice.clusters;
		const beginning = everythingIn(ground);

		const first = await ground.run(['run', 'answers.yaml', ...row.args]);
		expect(failureOf(first)).toEqual([]);
		expect(first.out[0]).toBe('Pair east ↔ west as migrationnamespace/remotecluster');
		expect(pairOn(east)).toMatchObject({
			spec: { config: { 'current-context': 'west' }, options: { token: west.clusterToken() } },
			status: { ...ready, remoteStorageId: west.uuid },
		});
		expect(pairOn(west)).toMatchObject({
			spec: { config: { 'current-context': 'east' }, options: { token: east.clusterToken() } },
			status: { ...ready, remoteStorageId: east.uuid },
		});
		const names = [`clusterPair_${east.uuid}`, `clusterPair_${west.uuid}`];
		for (const { credentials } of [east, west]) {
			expect(
				credentials()
					.map(({ name }) => name)
					.sort(),
			).toEqual(names);
		}

		const sent = [east.requests.length, west.requests.length];
		const paired = everythingIn(ground);
		const second = await ground.run(['run', 'answers.yaml', ...row.args]);
		expect(second.out.at(-1)).toBe('Done. Nothing was changed: everything already exists.');
		expect([writes(east, sent[0]), writes(west, sent[1])]).toEqual([[], []]);
		expect(everythingIn(ground)).toEqual(paired);

		expect(await ground.run(['undo', '--yes'])).toMatchObject({ exitCode: 0, err: [] });
		expect(everythingIn(ground)).toEqual(beginning);
	});
});

describe.concurrent('with a ServiceAccount', () => {
	test.for<ScenarioName>(['s3', 'login-plugin', 'login-auth-provider', 'certificate-ending', 'token-ending'])(
		"%s: the pair carries its token and nothing of the operator's, until it is undone",
		async scenario => {
			await using ground = await openGround({ scenario });
			const { east, west } = ground.practice.clusters;
			const beginning = everythingIn(ground);

			const run = await ground.run(['run', 'answers.yaml', '--service-account']);
			expect(failureOf(run)).toEqual([]);
			const pair = pairOn(east);
			expect(pair?.status).toMatchObject(ready);
			const secret = west.store
				.list(resources.secrets)
				.find(({ type }) => type === 'kubernetes.io/service-account-token');
			const { token = '' } = (secret?.data ?? {}) as { token?: string };
			expect(usersOf(pair)).toEqual([
				{ LocationOfOrigin: '', token: Buffer.from(token, 'base64').toString() },
			]);
			expect(canariesIn(JSON.stringify(pair), operatorsOf(ground))).toEqual([]);

			const undone = await ground.run(['undo', '--yes']);
			expect(undone.exitCode).toBe(0);
			expect(everythingIn(ground)).toEqual(beginning);
		},
	);

	test('a search finds the operator in a pair that carries him', async () => {
		await using ground = await openGround();
		await ground.run(['run', 'answers.yaml']);
		expect(canariesIn(JSON.stringify(pairOn(ground.practice.clusters.east)), operatorsOf(ground))).toEqual([
			'token',
		]);
	});

	test('without the right to give it a role, nothing is begun', async () => {
		await using ground = await openGround({ scenario: 'may-not-bind-roles' });
		const { east, west } = ground.practice.clusters;
		const run = await ground.run(['run', 'answers.yaml', '--service-account']);
		expect(run.exitCode).toBe(1);
		expect(run.out).toContain('The user of the destination lacks 2 permissions that the plan needs');
		expect([writes(east), writes(west)]).toEqual([[], []]);
	});
});

describe.concurrent('another address of the API server', () => {
	test('is what the pair carries, and what is tested', async () => {
		await using ground = await openGround({ scenario: 'api-private' });
		const { port } = new URL(ground.practice.clusters.west.url);
		const server = `https://localhost:${port}`;
		expect(await ground.run(['run', 'answers.yaml'])).toMatchObject({ exitCode: 1 });
		expect(failureOf(await ground.run(['run', 'answers.yaml', '--server', server]))).toEqual([]);
		const pair = pairOn(ground.practice.clusters.east);
		expect(pair).toMatchObject({
			spec: { config: { clusters: { 'practice-west': { server } } } },
			status: ready,
		});
	});

	test('that is none is refused', async () => {
		await using ground = await openGround();
		const run = await ground.run(['run', 'answers.yaml', '--server', 'localhost:6443']);
		expect({ exitCode: run.exitCode, first: run.err[0] }).toEqual({
			exitCode: 2,
			first: expect.stringMatching(/^pxpair: --server takes /),
		});
	});
});

type WithStore = Ground['practice']['clusters']['east'];

const pairOn = ({ store }: WithStore): KubeObject | undefined =>
	store.get(resources.clusterpairs, 'migrationnamespace', 'remotecluster');

function usersOf(pair: KubeObject | undefined): unknown[] {
	const { config } = (pair?.spec ?? {}) as { config?: { users?: object } };
	return Object.values(config?.users ?? {});
}

/** All that the kubeconfig has to log in to the destination, whatever it is called. */
function operatorsOf({ practice }: Ground): Record<string, string> {
	const { users } = parse(practice.kubeconfig) as { users: { name: string; user: object }[] };
	const own = users.find(({ name }) => name === 'practice-west-admin')?.user ?? {};
	const texts = (value: unknown, name: string): [string, string][] =>
		typeof value === 'string'
			? [[name, value]]
			: Object.entries(value ?? {}).flatMap(([key, inner]) => texts(inner, key));
	const secret = /^(token|access-token|command|client-certificate-data|client-key-data)$/;
	return Object.fromEntries([
		...texts(own, '').filter(([name]) => secret.test(name)),
		['token', practice.clusters.west.token],
	]);
}
