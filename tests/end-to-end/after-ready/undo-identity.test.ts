import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { resources } from '../../../source/practice/resources.ts';
import {
	answersFor,
	everythingIn,
	failureOf,
	type Ground,
	openGround,
	writes,
} from '../../helpers/program/ground.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.concurrent('a context that points to another cluster than when the run was made', () => {
	test.for([
		['undo', ['undo', '--yes']],
		['run --resume', ['run', '--resume']],
		['status', ['status']],
	] as const)('is refused, with both identities, and nothing is touched: %s', async ([_name, args]) => {
		await using ground = await openGround({ scenario: 'token-reset', storkInterval: 100 });
		// The same names and the same Portworx UUIDs: only the UID of kube-system tells them apart.
		await using others = await openGround({ scenario: 'token-reset' });
		await ground.run(['run', 'answers.yaml', '--timeout', '1']);
		const [before] = [...(await ground.sandbox.records()).values()];
		const standing = everythingIn(ground);
		await ground.sandbox.file('kubeconfig', others.practice.kubeconfig);

		const { exitCode, out, err } = await ground.run(args);
		expect({ exitCode, out }).toEqual({ exitCode: 2, out: [] });
		expect(err[0]).toMatch(/^pxpair: The contexts east and west point to another cluster than when \S+ ran$/);
		expect(
			err.filter(line =>
				/^ +(source|destination) (then|now): context \w+, https:\S+, kube-system UID \S+, Portworx UUID \S+$/.test(
					line,
				),
			),
		).toHaveLength(4);
		for (const cluster of Object.values(others.practice.clusters)) {
			expect(writes(cluster)).toEqual([]);
		}
		expect([...(await ground.sandbox.records()).values()]).toEqual([before]);

		await ground.sandbox.file('kubeconfig', ground.practice.kubeconfig);
		expect(everythingIn(ground)).toEqual(standing);
		expect(await ground.run(['undo', '--yes'])).toMatchObject({ exitCode: 0 });
	});

	test('on one side: --force undoes the other side and leaves that one', async () => {
		await using ground = await openGround();
		await using others = await openGround();
		expect(failureOf(await ground.run(['run', 'answers.yaml']))).toEqual([]);
		await ground.sandbox.file('kubeconfig', mixed(ground, others));
		const refused = await ground.run(['undo', '--yes']);
		expect(refused.exitCode).toBe(2);
		expect(refused.err[0]).toMatch(/^pxpair: The context west points to another cluster/);
		const forced = await ground.run(['undo', '--yes', '--force']);
		expect(forced.exitCode).toBe(3);
		expect(forced.out.filter(line => line.startsWith('  keep'))).toHaveLength(2);
		expect(writes(others.practice.clusters.west)).toEqual([]);
		expect(ground.pair()).toBeUndefined();
	});

	test.for([
		['--kubeconfig', ['--kubeconfig', 'mine/kubeconfig'], {}],
		['KUBECONFIG', [], { KUBECONFIG: 'none:mine/kubeconfig' }],
	] as const)(
		'a relative %s means the files of that day, also from elsewhere',
		async ([_name, flag, env]) => {
			await using ground = await openGround();
			await using others = await openGround();
			const beginning = everythingIn(ground);
			await ground.sandbox.file('mine/kubeconfig', ground.practice.kubeconfig);
			expect(failureOf(await ground.run(['run', 'answers.yaml', ...flag], { env }))).toEqual([]);
			const [record = ''] = [...(await ground.sandbox.records()).values()];
			const { kubeconfig } = JSON.parse(record) as { kubeconfig: readonly string[] };
			expect(kubeconfig.at(-1)).toMatch(/^\/.*\/mine\/kubeconfig$/);

			await ground.sandbox.file('kubeconfig', others.practice.kubeconfig);
			expect(await ground.run(['undo', '--yes'])).toMatchObject({ exitCode: 0 });
			expect(everythingIn(ground)).toEqual(beginning);
			for (const cluster of Object.values(others.practice.clusters)) expect(cluster.requests).toEqual([]);
		},
	);

	test('when the files of that day are gone, those of today are used, and compared', async () => {
		await using ground = await openGround();
		await ground.sandbox.file('mine/kubeconfig', ground.practice.kubeconfig);
		const env = { KUBECONFIG: 'mine/kubeconfig' };
		expect(failureOf(await ground.run(['run', 'answers.yaml'], { env }))).toEqual([]);
		rmSync(join(ground.sandbox.work, 'mine/kubeconfig'));
		expect(await ground.run(['undo', '--yes'])).toMatchObject({ exitCode: 0 });
	});
});

describe.concurrent('what others have made or use is kept:', () => {
	test('a credential that another pair uses; the undo of that pair deletes it', async () => {
		await using ground = await openGround();
		const beginning = everythingIn(ground);
		await ground.sandbox.file(
			'second.yaml',
			stringify({ ...answersFor('s3'), pair: { namespace: 'second' } }),
		);
		expect(failureOf(await ground.run(['run', 'answers.yaml']))).toEqual([]);
		expect(failureOf(await ground.run(['run', 'second.yaml']))).toEqual([]);
		const runs = [...(await ground.sandbox.records()).keys()].sort();
		const first = await ground.run(['undo', runs[0] ?? '', '--yes']);
		expect({ exitCode: first.exitCode, kept: keptBy(first) }).toEqual({
			exitCode: 3,
			kept: [
				'the object-store credential on the destination: the ClusterPair second/remotecluster uses it',
				'the object-store credential on the source: the ClusterPair second/remotecluster uses it',
			],
		});
		expect(await ground.run(['status', 'remotecluster', '-n', 'second'])).toMatchObject({ exitCode: 0 });
		const second = await ground.run(['undo', runs[1] ?? '', '--yes']);
		expect(second.exitCode).toBe(0);
		expect(second.out).toContain('Kept when RUN was undone, because this run used it:');
		expect(second.out.filter(line => / deleted +the object-store credential /.test(line))).toHaveLength(2);
		expect(second.out.at(-1)).toBe('Undone: 2 of 2 changes deleted.');
		expect(everythingIn(ground)).toEqual(beginning);
		expect(await ground.run(['undo', runs[0] ?? '', '--yes'])).toMatchObject({ exitCode: 2 });
	});

	test('a credential that was deleted and created again by someone else', async () => {
		await using ground = await openGround();
		expect(failureOf(await ground.run(['run', 'answers.yaml']))).toEqual([]);
		const { east } = ground.practice.clusters;
		const [before] = east.credentials();
		if (!before) throw new Error('no credential was made');
		east.portworx.addCredential({
			...before,
			uuid: 'ac4d5531-4cc2-4272-a8a3-6b8c9f70edab',
			account: 'AKIASOMEBODYELSE0001',
		});
		const undone = await ground.run(['undo', '--yes']);
		expect({ exitCode: undone.exitCode, kept: keptBy(undone) }).toEqual({
			exitCode: 3,
			kept: [
				'the object-store credential on the source: the existing one was not created by this run (UUID ac4d5531-4cc2-4272-a8a3-6b8c9f70edab)',
			],
		});
		expect(east.credentials()).toMatchObject([{ account: 'AKIASOMEBODYELSE0001' }]);
	});

	test('a namespace that holds a kind no one thought of', async () => {
		await using ground = await openGround();
		expect(failureOf(await ground.run(['run', 'answers.yaml']))).toEqual([]);
		const { store } = ground.practice.clusters.west;
		store.create(resources.roles, {
			apiVersion: 'rbac.authorization.k8s.io/v1',
			kind: 'Role',
			metadata: { name: 'shop-admins', namespace: 'migrationnamespace' },
			rules: [],
		});
		const undone = await ground.run(['undo', '--yes']);
		expect({ exitCode: undone.exitCode, kept: keptBy(undone) }).toEqual({
			exitCode: 3,
			kept: ['the namespace migrationnamespace on the destination: it holds roles/shop-admins'],
		});
	});

	test('what is not found is not told as deleted', async () => {
		await using ground = await openGround();
		expect(failureOf(await ground.run(['run', 'answers.yaml']))).toEqual([]);
		const { store } = ground.practice.clusters.west;
		store.remove(resources.namespaces, undefined, 'migrationnamespace');
		const { exitCode, out } = await ground.run(['undo', '--yes']);
		expect(exitCode).toBe(0);
		expect(out.filter(line => / not found /.test(line))).toEqual([
			' 2/5 destination not found the namespace migrationnamespace on the destination (… s)',
		]);
		expect(out.at(-1)).toBe('Undone: 4 of 5 changes deleted, 1 not found.');
	});
});

const keptBy = ({ out }: Readonly<{ out: readonly string[] }>): string[] =>
	out.flatMap(line => /^ \d\/\d \w+ +kept +(.*) \(… s\)$/.exec(line)?.[1] ?? []);

/** East of the one, west of the other. */
function mixed(ground: Ground, others: Ground): string {
	const [mine, theirs] = [ground, others].map(({ practice }) => parse(practice.kubeconfig) as Kubeconfig);
	const west = ({ name }: Readonly<{ name: string }>) => name.startsWith('practice-west');
	const take = (list: 'clusters' | 'users') => [
		...(mine?.[list] ?? []).filter(entry => !west(entry)),
		...(theirs?.[list] ?? []).filter(west),
	];
	return stringify({ ...mine, clusters: take('clusters'), users: take('users') });
}

type Kubeconfig = Readonly<Record<'clusters' | 'users', readonly Readonly<{ name: string }>[]>>;
