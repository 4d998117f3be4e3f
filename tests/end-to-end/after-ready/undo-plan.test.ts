import { expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { resources } from '../../../source/practice/resources.ts';
import { answersFor, everythingIn, failureOf, openGround, writes } from '../../helpers/program/ground.ts';

vi.setConfig({ testTimeout: 120_000 });

test('a plan of an undo says what would be deleted and what kept, and why; nothing is touched', async () => {
	await using ground = await openGround({ answers: { pair: { login: 'service-account' } } });
	const beginning = everythingIn(ground);
	expect(failureOf(await ground.run(['run', 'answers.yaml']))).toEqual([]);
	const { east, west } = ground.practice.clusters;
	const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', rules: [] };
	const metadata = { name: 'shop-admins', namespace: 'migrationnamespace' };
	west.store.create(resources.roles, { ...role, metadata });
	const standing = everythingIn(ground);
	const records = await ground.sandbox.records();
	const before = [east.requests.length, west.requests.length];

	expect(await ground.run(['undo', '--plan'])).toMatchObject({
		exitCode: 0,
		err: [],
		out: [
			'Plan of an undo: Pair east → west as migrationnamespace/remotecluster',
			'',
			'  delete     source       the ClusterPair migrationnamespace/remotecluster on the source',
			'  delete     destination  the token of that ServiceAccount on the destination',
			'  delete     destination  the ClusterRoleBinding of the pair on the destination',
			'  delete     destination  the ServiceAccount of the pair on the destination',
			'  keep       destination  the namespace migrationnamespace on the destination: it holds roles/shop-admins',
			'  delete     source       the namespace migrationnamespace on the source',
			'  delete     destination  the object-store credential on the destination: pairs that further clusters have with this one would need it, and cannot be seen from here',
			'  delete     source       the object-store credential on the source',
			'',
			'7 to delete, 1 to keep, 0 not found. Nothing was changed.',
			'Do it: pxpair undo RUN',
		],
	});
	expect([writes(east, before[0]), writes(west, before[1])]).toEqual([[], []]);
	expect(everythingIn(ground)).toEqual(standing);
	expect(await ground.sandbox.records()).toEqual(records);

	west.store.remove(resources.roles, 'migrationnamespace', 'shop-admins');
	expect(await ground.run(['undo', '--yes'])).toMatchObject({ exitCode: 0 });
	expect(everythingIn(ground)).toEqual(beginning);
	expect(await ground.run(['undo', '--plan'])).toMatchObject({ exitCode: 2 });
});

test('it tells what another pair uses, and with the undo of that one, what an earlier undo had to keep', async () => {
	await using ground = await openGround();
	await ground.sandbox.file('second.yaml', stringify({ ...answersFor('s3'), pair: { namespace: 'second' } }));
	expect(failureOf(await ground.run(['run', 'answers.yaml']))).toEqual([]);
	expect(failureOf(await ground.run(['run', 'second.yaml']))).toEqual([]);
	const [first = '', second = ''] = [...(await ground.sandbox.records()).keys()].sort();
	const planned = async (run: string) => {
		const { exitCode, out } = await ground.run(['undo', run, '--plan', '--json']);
		const { objects } = JSON.parse(out.join('\n')) as Planned;
		return { exitCode, objects: objects.map(({ step, would, because }) => [step, would, because]) };
	};
	const because = 'the ClusterPair second/remotecluster uses it';
	expect(await planned(first)).toEqual({
		exitCode: 0,
		objects: [
			['apply-cluster-pair/source', 'delete', undefined],
			['ensure-namespace/destination', 'delete', undefined],
			['ensure-namespace/source', 'delete', undefined],
			['create-credential/destination', 'keep', because],
			['create-credential/source', 'keep', because],
		],
	});
	expect(await ground.run(['undo', first, '--yes'])).toMatchObject({ exitCode: 3 });
	expect(await planned(second)).toEqual({
		exitCode: 0,
		objects: [
			['apply-cluster-pair/source', 'delete', undefined],
			['ensure-namespace/destination', 'delete', undefined],
			['ensure-namespace/source', 'delete', undefined],
			['create-credential/destination', 'delete', undefined],
			['create-credential/source', 'delete', undefined],
		],
	});
});

test('what cannot be read is told as unknown, with the problem, and ends with 1', async () => {
	let isOut = false;
	await using ground = await openGround({
		fault: {
			west: ({ method, url }) =>
				isOut && method === 'GET' && url.includes('/namespaces/migrationnamespace')
					? { kind: 'status', code: 403, reason: 'Forbidden', message: 'no' }
					: undefined,
		},
	});
	expect(failureOf(await ground.run(['run', 'answers.yaml']))).toEqual([]);
	isOut = true;
	const { exitCode, out } = await ground.run(['undo', '--plan']);
	expect(exitCode).toBe(1);
	expect(out).toContain('  unknown    destination  the namespace migrationnamespace on the destination');
	expect(out.at(-2)).toBe('4 to delete, 0 to keep, 0 not found, 1 could not be read. Nothing was changed.');
});

type Planned = Readonly<{
	objects: readonly Readonly<{ step: string; would: string; because?: string }>[];
}>;
