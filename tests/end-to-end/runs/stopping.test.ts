import { constants } from 'node:os';
import { describe, expect, test, vi } from 'vitest';
import { everythingIn, openGround, writes } from '../../helpers/program/ground.ts';

vi.setConfig({ testTimeout: 60_000 });

const announcement = ['', 'Stopping after the current change… press Ctrl-C again to quit now'];
const waysOn = [
	'Resume it: pxpair run --resume RUN',
	'Undo it: pxpair undo RUN',
	'See first what that deletes: pxpair undo RUN --plan',
];

describe.concurrent('stopped while it waits,', () => {
	test.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('by %s, it says what was done', async signal => {
		await using ground = await openGround({ scenario: 'token-reset' });
		const run = await ground.run(['run', 'answers.yaml'], {
			async during({ said, signal: send }) {
				await said('Waiting until storage and scheduler are Ready');
				send(signal);
			},
		});
		expect({ exitCode: run.exitCode, last: run.out.slice(-3), err: run.err }).toEqual({
			exitCode: 128 + constants.signals[signal],
			last: [
				'16/16 source      cancelled Wait until storage and scheduler are Ready on the source: stopped before it finished (… s)',
				'',
				'Stopped. 5 changes were made before that; finished steps are not repeated when it is run again.',
			],
			err: [...announcement, ...waysOn],
		});
	});

	test('it goes on when it is run again', async () => {
		await using ground = await openGround({ storkPause: 2500 });
		const { east, west } = ground.practice.clusters;
		await ground.run(['run', 'answers.yaml'], {
			async during({ said, signal }) {
				await said('Waiting until storage and scheduler are Ready');
				signal('SIGINT');
			},
		});
		const sent = [east.requests.length, west.requests.length];
		const run = await ground.run(['run', 'answers.yaml']);
		expect({ exitCode: run.exitCode, last: run.out.at(-1) }).toEqual({
			exitCode: 0,
			last: 'Done. Nothing was changed: everything already exists.',
		});
		expect([writes(east, sent[0]), writes(west, sent[1])]).toEqual([[], []]);
		expect(ground.pair()?.status).toMatchObject({ schedulerStatus: 'Ready', storageStatus: 'Ready' });
	});

	test('with --json the last line tells', async () => {
		await using ground = await openGround({ scenario: 'token-reset' });
		const run = await ground.run(['run', 'answers.yaml', '--json'], {
			async during({ said, signal }) {
				await said('"type":"step-waiting","step":"wait-until-ready/source"');
				signal('SIGINT');
			},
		});
		expect(run.exitCode).toBe(130);
		expect(JSON.parse(run.out.at(-1) ?? '')).toMatchObject({
			schema: 'pxpair.run/v1',
			type: 'run-finished',
			result: { kind: 'cancelled', changes: 5 },
		});
	});
});

describe.concurrent('stopped in the middle of a change,', () => {
	test('it sees the change through', async () => {
		const asked = Promise.withResolvers<void>();
		await using ground = await openGround({
			fault: {
				east({ method, url }) {
					// The check before it has the API server decide on it in a dry run.
					const isDryRun = url.includes('dryRun');
					if (method === 'POST' && url.startsWith('/api/v1/namespaces') && !isDryRun) asked.resolve();
					return undefined;
				},
			},
			latency: 300,
		});
		const run = await ground.run(['run', 'answers.yaml'], {
			async during({ signal }) {
				await asked.promise;
				signal('SIGINT');
			},
		});
		expect(run.exitCode).toBe(130);
		// The same step on the other side may have begun its change by then, or not.
		expect(run.out.at(-1)).toMatch(
			/^Stopped\. [34] changes were made before that; finished steps are not repeated when it is run again\.$/,
		);
		expect(run.out).toContainEqual(expect.stringMatching(/^11\/16 source {6}changed /));
		expect(run.out).toContainEqual(expect.stringMatching(/^[45] steps not started: the run was stopped$/));
	});

	test('an undo leaves the rest for another time, and says how', async () => {
		const asked = Promise.withResolvers<void>();
		await using ground = await openGround({
			fault: {
				east({ method, url }) {
					const isPair = method === 'DELETE' && url.includes('/clusterpairs/');
					if (isPair) asked.resolve();
					return undefined;
				},
			},
			latency: 300,
		});
		const beginning = everythingIn(ground);
		expect(await ground.run(['run', 'answers.yaml'])).toMatchObject({ exitCode: 0 });
		const undo = await ground.run(['undo', '--yes'], {
			async during({ signal }) {
				await asked.promise;
				signal('SIGINT');
			},
		});
		expect({ exitCode: undo.exitCode, last: undo.out.slice(-3), err: undo.err }).toEqual({
			exitCode: 130,
			last: [
				'4 steps not started: the undo was stopped',
				'',
				'Undo stopped: 1 of 5 changes deleted, 4 still exist.',
			],
			err: [...announcement, 'Undo the rest: pxpair undo RUN'],
		});
		expect(await ground.run(['undo', '--yes'])).toMatchObject({ exitCode: 0 });
		expect(everythingIn(ground)).toEqual(beginning);
	});

	test('and stopped again, it leaves at once and admits what it cannot know', async () => {
		const asked = Promise.withResolvers<void>();
		await using ground = await openGround({
			fault: {
				east({ method, url }) {
					if (method !== 'PATCH' || url.includes('dryRun')) return undefined;
					asked.resolve();
					return { kind: 'hang', when: 'before' };
				},
			},
		});
		const run = await ground.run(['run', 'answers.yaml'], {
			async during({ said, signal }) {
				await asked.promise;
				signal('SIGINT');
				await said('Stopping after');
				signal('SIGINT');
			},
		});
		expect({ exitCode: run.exitCode, last: run.out.slice(-4), err: run.err }).toEqual({
			exitCode: 130,
			last: [
				'Stopped while talking to the source cluster',
				'  → Run this again to continue: finished steps are not repeated.',
				'',
				'Failed. 4 changes were made before that; finished steps are not repeated when it is run again, except that the failed step may have changed something: run it again to find out.',
			],
			err: [...announcement, ...waysOn],
		});
	});
});

describe.concurrent('a reader that goes away', () => {
	test('does not stop a run', async () => {
		await using ground = await openGround();
		const run = await ground.run(['run', 'answers.yaml'], {
			async during({ said, stopReading }) {
				await said('Pair east');
				stopReading();
			},
		});
		expect({ exitCode: run.exitCode, err: run.err }).toEqual({ exitCode: 0, err: [] });
		expect(ground.pair()?.status).toMatchObject({ schedulerStatus: 'Ready', storageStatus: 'Ready' });
	});

	test('leaves no trace of a plan', async () => {
		await using ground = await openGround();
		const plan = await ground.run(['plan', 'answers.yaml'], {
			async during({ said, stopReading }) {
				await said('Pair east');
				stopReading();
			},
		});
		expect({ exitCode: plan.exitCode, err: plan.err }).toEqual({ exitCode: 0, err: [] });
	});
});
