import { expect, test, vi } from 'vitest';
import { resources } from '../../../source/practice/resources.ts';
import { failureOf, openGround, writes } from '../../helpers/program/ground.ts';

vi.setConfig({ testTimeout: 60_000 });

test('the answers file is what should be there; what is otherwise is listed, and nothing is written', async () => {
	await using ground = await openGround();
	const against = () =>
		ground.run(['check', '--against', 'answers.yaml'], { env: { ID: undefined, SECRET: undefined } });
	expect(failureOf(await ground.run(['run', 'answers.yaml']))).toEqual([]);
	expect(await against()).toMatchObject({
		exitCode: 0,
		out: ['No drift: all 5 objects exist as declared in answers.yaml'],
	});

	const { east, west } = ground.practice.clusters;
	const pair = ground.pair();
	if (!pair) throw new Error('there is no pair');
	const spec = pair.spec as { options: object };
	east.store.update(resources.clusterpairs, {
		...pair,
		spec: { ...spec, options: { ...spec.options, mode: 'x' } },
	});
	west.store.remove(resources.namespaces, undefined, 'migrationnamespace');
	const before = [east, west].map(cluster => writes(cluster).length);
	const drifted = await against();
	expect({ exitCode: drifted.exitCode, out: drifted.out }).toEqual({
		exitCode: 4,
		out: [
			'2 of 5 objects differ from answers.yaml',
			'',
			'- destination  the namespace migrationnamespace on the destination: there is no namespace migrationnamespace',
			'~ source       the ClusterPair migrationnamespace/remotecluster on the source: ClusterPair migrationnamespace/remotecluster differs in: spec.options.mode',
		],
	});
	expect([east, west].map(cluster => writes(cluster).length)).toEqual(before);
});

test('against the record of a run, as JSON', async () => {
	await using ground = await openGround();
	expect(failureOf(await ground.run(['run', 'answers.yaml']))).toEqual([]);
	const [id = ''] = (await ground.sandbox.records()).keys();
	const { exitCode, out } = await ground.run(['check', '--against', id, '--json']);
	expect(exitCode).toBe(0);
	expect(JSON.parse(out.join('\n'))).toEqual({
		schema: 'pxpair.drift/v1',
		practice: false,
		against: 'RUN',
		differences: [],
		compared: 5,
		problems: [],
	});
});

test('what does not exist at all is as many differences as there are objects', async () => {
	await using ground = await openGround();
	const { out } = await ground.run(['check', '--against', 'answers.yaml']);
	expect([out[0], out.filter(line => /^[-~] /.test(line)).length]).toEqual([
		'5 of 5 objects differ from answers.yaml',
		5,
	]);
});

test('a cluster that does not answer is no difference', async () => {
	await using ground = await openGround({
		fault: { west: () => ({ kind: 'reset', when: 'before', afterBytes: 0 }) },
	});
	const { exitCode, out } = await ground.run(['check', '--against', 'answers.yaml']);
	expect(exitCode).toBe(1);
	expect(out.join('\n')).toContain('could not be compared');
});

test('an answers file and --against are one too many', async () => {
	await using ground = await openGround();
	const { exitCode, err } = await ground.run(['check', 'answers.yaml', '--against', 'answers.yaml']);
	expect({ exitCode, first: err[0] }).toEqual({
		exitCode: 2,
		first: 'pxpair: --against names the answers file or the run: leave out FILE',
	});
});
