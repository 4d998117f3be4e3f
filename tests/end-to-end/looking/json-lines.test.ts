import { describe, expect, test, vi } from 'vitest';
import { answersFor, openGround } from '../../helpers/program/ground.ts';

vi.setConfig({ testTimeout: 60_000 });

const s3 = answersFor('s3').objectStore;

type Line = Readonly<{ type: string; step?: string; outcome?: { kind: string }; [field: string]: unknown }>;

describe.concurrent('with --json each line is an object of the schema:', () => {
	test('a run that pairs', async () => {
		await using ground = await openGround();
		const { exitCode, lines, err } = await runJson(ground);
		expect({ exitCode, err }).toEqual({ exitCode: 0, err: [] });
		expect(lines[0]).toMatchObject({
			type: 'run-started',
			title: 'Pair east → west as migrationnamespace/remotecluster',
		});
		expect(lines.at(-1)).toMatchObject({ type: 'run-finished', result: { kind: 'done', changes: 5 } });
		const steps = (type: string) => lines.filter(line => line.type === type).map(({ step }) => step);
		expect(steps('step-finished')).toHaveLength(16);
		expect(new Set(steps('step-finished'))).toEqual(new Set(steps('step-started')));
		expect(
			lines
				.filter(({ outcome }) => outcome?.kind === 'changed')
				.map(({ step }) => step)
				.sort(),
		).toEqual([
			'apply-cluster-pair/source',
			'create-credential/destination',
			'create-credential/source',
			'ensure-namespace/destination',
			'ensure-namespace/source',
		]);
	});

	test('a cluster in the way', async () => {
		await using ground = await openGround({ scenario: 'no-stork' });
		const { exitCode, lines, err } = await runJson(ground);
		const problem = {
			id: 'stork-not-found',
			kind: 'cluster',
			side: 'source',
			title: 'No Stork on the source cluster',
		};
		expect({ exitCode, err }).toEqual({ exitCode: 1, err: [] });
		expect(lines.find(({ outcome }) => outcome?.kind === 'failed')).toMatchObject({
			step: 'check-clusters',
			outcome: { problem, trace: 'none' },
		});
		expect(lines.at(-1)).toMatchObject({
			type: 'run-finished',
			result: {
				kind: 'failed',
				changes: 0,
				problem: { ...problem, remedies: [expect.stringContaining('Enable Stork')] },
			},
		});
	});

	test.for([
		{
			name: 'answers that do not fit',
			id: 'answers-file-invalid',
			options: { answers: { objectStore: { ...s3, region: 7 } } },
		},
		{
			name: 'a context that there is not',
			id: 'context-unknown',
			options: { answers: { source: { context: 'north' } } },
		},
		{ name: 'a secret that is missing', id: 'secret-missing', options: {}, env: { SECRET: undefined } },
	])('$name', async ({ id, options, env }) => {
		await using ground = await openGround(options);
		const { exitCode, lines, err } = await runJson(ground, env);
		expect({ exitCode, err }).toEqual({ exitCode: 2, err: [] });
		expect(lines).toMatchObject([
			{ type: 'problem', problem: { id, kind: 'input', remedies: [expect.any(String)] } },
		]);
	});
});

/** Every line is looked at: JSON, of the schema. */
async function runJson(
	ground: Awaited<ReturnType<typeof openGround>>,
	env: Record<string, string | undefined> = {},
) {
	const { exitCode, out, err } = await ground.run(['run', 'answers.yaml', '--json'], { env });
	const lines = out.map(line => JSON.parse(line) as Line);
	expect(lines.filter(({ schema, practice }) => schema !== 'pxpair.run/v1' || practice !== false)).toEqual(
		[],
	);
	return { exitCode, lines, err };
}
