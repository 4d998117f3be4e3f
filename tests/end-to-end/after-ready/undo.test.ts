import { describe, expect, test, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { resources } from '../../../source/practice/resources.ts';
import { closedPort } from '../../../source/practice/way-in/loopback.ts';
import { everythingIn, failureOf, type Ground, openGround, writes } from '../../helpers/program/ground.ts';

vi.setConfig({ testTimeout: 120_000 });

const name = 'migrationnamespace';

describe.concurrent('what a run made is undone,', () => {
	test('and both clusters are as in the beginning', async () => {
		await using ground = await openGround();
		const beginning = everythingIn(ground);
		expect(failureOf(await ground.run(['run', 'answers.yaml']))).toEqual([]);
		expect(everythingIn(ground)).not.toEqual(beginning);

		expect(await ground.run(['undo', '--yes'])).toMatchObject({
			exitCode: 0,
			out: [
				'Undo: Pair east → west as migrationnamespace/remotecluster',
				'',
				'  delete     source       the ClusterPair migrationnamespace/remotecluster on the source',
				'  delete     destination  the namespace migrationnamespace on the destination',
				'  delete     source       the namespace migrationnamespace on the source',
				'  delete     destination  the object-store credential on the destination',
				'  delete     source       the object-store credential on the source',
				'',
				' 1/5 source      deleted   the ClusterPair migrationnamespace/remotecluster on the source (… s)',
				' 2/5 destination deleted   the namespace migrationnamespace on the destination (… s)',
				' 3/5 source      deleted   the namespace migrationnamespace on the source (… s)',
				' 4/5 destination deleted   the object-store credential on the destination (… s)',
				' 5/5 source      deleted   the object-store credential on the source (… s)',
				'',
				'Undone: 5 of 5 changes deleted.',
			],
			err: [],
		});
		expect(everythingIn(ground)).toEqual(beginning);

		expect(await ground.run(['undo', '--yes'])).toMatchObject({
			exitCode: 2,
			out: [],
			err: ['pxpair: No run has anything left to undo', '  → List the runs:', '      pxpair runs'],
		});
	});

	test('after a run that failed and was gone on with, too', async () => {
		await using ground = await openGround({ scenario: 'token-reset', storkInterval: 100 });
		const beginning = everythingIn(ground);
		expect(await ground.run(['run', 'answers.yaml', '--timeout', '1'])).toMatchObject({ exitCode: 3 });
		ground.practice.clusters.west.set({ clusterToken: 'fresh' });
		const resumed = await ground.run(['run', '--resume']);
		expect({ exitCode: resumed.exitCode, last: resumed.out.at(-1) }).toEqual({
			exitCode: 0,
			last: 'Done. Nothing was changed: everything already exists.',
		});
		expect((await ground.sandbox.records()).size).toBe(1);
		expect(await ground.run(['undo', '--yes'])).toMatchObject({ exitCode: 0 });
		expect(everythingIn(ground)).toEqual(beginning);
	});

	test('by the name of the run, as JSON lines', async () => {
		await using ground = await openGround();
		const beginning = everythingIn(ground);
		expect(failureOf(await ground.run(['run', 'answers.yaml']))).toEqual([]);
		const [id = ''] = (await ground.sandbox.records()).keys();
		const { exitCode, out, err } = await ground.run(['undo', id, '--yes', '--json']);
		const lines = out.map(line => JSON.parse(line) as Record<string, unknown>);
		expect({ exitCode, err }).toEqual({ exitCode: 0, err: [] });
		expect(lines[0]).toMatchObject({ type: 'run-started', steps: { length: 5 } });
		expect(lines.at(-1)).toMatchObject({ type: 'run-finished', result: { kind: 'done', changes: 5 } });
		expect(everythingIn(ground)).toEqual(beginning);
	});
});

describe.concurrent('what a run did not make stays:', () => {
	test('a namespace and a credential that were there before', async () => {
		await using ground = await openGround({
			override: ({ east, west }) => ({
				east: { ...east, credential: 'valid' },
				west: { ...west, objects: [theirNamespace] },
			}),
		});
		const beginning = everythingIn(ground);
		const run = await ground.run(['run', 'answers.yaml', '--existing-credential=keep']);
		expect(failureOf(run)).toEqual([]);
		const undone = await ground.run(['undo', '--yes']);
		expect(deletedBy(undone)).toEqual([
			'the ClusterPair migrationnamespace/remotecluster on the source',
			'the namespace migrationnamespace on the source',
			'the object-store credential on the destination',
		]);
		expect(everythingIn(ground)).toEqual(beginning);
	});

	test('a namespace that someone lives in by now', async () => {
		await using ground = await openGround();
		const { store } = ground.practice.clusters.west;
		expect(failureOf(await ground.run(['run', 'answers.yaml']))).toEqual([]);
		store.create(resources.configmaps, {
			apiVersion: 'v1',
			kind: 'ConfigMap',
			metadata: { name: 'theirs', namespace: name },
		});
		const { exitCode, out } = await ground.run(['undo', '--yes']);
		expect({ exitCode, kept: out.filter(line => / kept /.test(line)), last: out.at(-1) }).toEqual({
			exitCode: 3,
			kept: [
				' 2/5 destination kept      the namespace migrationnamespace on the destination: it holds configmaps/theirs (… s)',
			],
			last: 'Not fully undone: 4 of 5 changes deleted, 1 still exists: see above.',
		});
		expect(store.get(resources.configmaps, name, 'theirs')).toBeDefined();
	});

	test('a ClusterPair that someone else has put in its place', async () => {
		await using ground = await openGround();
		const { store } = ground.practice.clusters.east;
		expect(failureOf(await ground.run(['run', 'answers.yaml']))).toEqual([]);
		const pair = ground.pair();
		if (!pair) throw new Error('there is no pair');
		const { labels: _, ...metadata } = pair.metadata;
		const theirs = store.update(resources.clusterpairs, { ...pair, metadata });
		const { exitCode, out } = await ground.run(['undo', '--yes']);
		expect({ exitCode, kept: out.filter(line => / kept /.test(line)) }).toEqual({
			exitCode: 3,
			kept: [
				' 1/5 source      kept      the ClusterPair migrationnamespace/remotecluster on the source: the existing one was not created by this run (… s)',
				' 3/5 source      kept      the namespace migrationnamespace on the source: it holds clusterpairs/remotecluster (… s)',
				' 4/5 destination kept      the object-store credential on the destination: the ClusterPair migrationnamespace/remotecluster uses it (… s)',
				' 5/5 source      kept      the object-store credential on the source: the ClusterPair migrationnamespace/remotecluster uses it (… s)',
			],
		});
		expect(ground.pair()).toEqual(theirs);
	});
});

test('without a terminal it wants to be told --yes, and shows what it would do', async () => {
	await using ground = await openGround();
	expect(failureOf(await ground.run(['run', 'answers.yaml']))).toEqual([]);
	const paired = everythingIn(ground);
	const { exitCode, out, err } = await ground.run(['undo']);
	expect({ exitCode, would: out.filter(line => line.startsWith('  delete')).length, err }).toEqual({
		exitCode: 2,
		would: 5,
		err: [
			'pxpair: Confirmation needed, and there is no terminal to ask on',
			'  Undo all 5 changes?',
			'  → Confirm beforehand: --yes.',
		],
	});
	expect(everythingIn(ground)).toEqual(paired);
});

test('with one cluster gone it refuses; --force does the other; what is left is done later', async () => {
	await using ground = await openGround();
	const { east, west } = ground.practice.clusters;
	const beginning = everythingIn(ground);
	expect(failureOf(await ground.run(['run', 'answers.yaml']))).toEqual([]);
	await ground.sandbox.file('kubeconfig', await withoutWest(ground));
	const before = [east.requests.length, west.requests.length];

	const refused = await ground.run(['undo', '--yes']);
	expect(refused).toMatchObject({
		exitCode: 1,
		out: [],
		err: [
			'pxpair: The destination is unreachable: not everything could be undone',
			'  → Undo again when it is reachable.',
			'  → Or undo what exists on the other side alone:',
			'      pxpair undo RUN --force',
		],
	});
	expect([writes(east, before[0]), writes(west, before[1])]).toEqual([[], []]);

	const forced = await ground.run(['undo', '--yes', '--force']);
	expect({ exitCode: forced.exitCode, deleted: deletedBy(forced), last: forced.out.slice(-3) }).toEqual({
		exitCode: 3,
		deleted: [
			'the ClusterPair migrationnamespace/remotecluster on the source',
			'the namespace migrationnamespace on the source',
			'the object-store credential on the source',
		],
		last: [
			'Still there:',
			'  the namespace migrationnamespace on the destination (destination)',
			'  the object-store credential on the destination (destination)',
		],
	});
	expect(everythingIn(ground)[0]).toEqual(beginning[0]);

	await ground.sandbox.file('kubeconfig', ground.practice.kubeconfig);
	expect(deletedBy(await ground.run(['undo', '--yes']))).toEqual([
		'the namespace migrationnamespace on the destination',
		'the object-store credential on the destination',
	]);
	expect(everythingIn(ground)).toEqual(beginning);
});

test('runs lists what became of each, the newest first', async () => {
	await using ground = await openGround({ scenario: 'token-reset' });
	expect(await ground.run(['runs'])).toMatchObject({
		exitCode: 0,
		out: ['No runs yet. Start one: pxpair, or pxpair run FILE'],
	});
	await ground.run(['run', 'answers.yaml', '--timeout', '1']);
	expect(await standings(ground)).toEqual([['failed', 5]]);
	await ground.run(['undo', '--yes']);
	expect(await standings(ground)).toEqual([['taken-back', 0]]);
	ground.practice.clusters.west.set({ clusterToken: 'fresh' });
	expect(failureOf(await ground.run(['run', 'answers.yaml']))).toEqual([]);
	expect(await standings(ground)).toEqual([
		['done', 5],
		['taken-back', 0],
	]);
	const { exitCode, out } = await ground.run(['runs']);
	expect({ exitCode, out: out.map(line => line.replace(/\d+s ago {2,}/, 'AGE  ')) }).toEqual({
		exitCode: 0,
		out: [
			'RUN                         AGE       RESULT       WHAT',
			'RUN  AGE  done         Pair east → west as migrationnamespace/remotecluster',
			'    5 objects created, not undone',
			'    Undo it: pxpair undo RUN',
			'RUN  AGE  undone       Pair east → west as migrationnamespace/remotecluster',
			'    nothing left to undo',
		],
	});
});

const theirNamespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { team: 'a' } } };

const deletedBy = ({ out }: Readonly<{ out: readonly string[] }>): string[] =>
	out.flatMap(line => /^ \d\/\d \w+ +deleted +(.*) \(… s\)$/.exec(line)?.[1] ?? []);

/** A kubeconfig whose `west` points to a port where nothing listens. */
async function withoutWest({ practice }: Ground): Promise<string> {
	const all = parse(practice.kubeconfig) as { clusters: { name: string; cluster: object }[] };
	const server = `https://127.0.0.1:${await closedPort()}`;
	const clusters = all.clusters.map(entry =>
		entry.name === 'practice-west' ? { ...entry, cluster: { ...entry.cluster, server } } : entry,
	);
	return stringify({ ...all, clusters });
}

async function standings(ground: Ground): Promise<[string, number][]> {
	const { out } = await ground.run(['runs', '--json']);
	const { runs } = JSON.parse(out.join('\n')) as { runs: { standing: string; made: unknown[] }[] };
	return runs.map(({ standing, made }) => [standing, made.length]);
}
