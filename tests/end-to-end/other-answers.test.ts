import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { isAttemptAt } from '../../source/commands/runs/attempt-at.ts';
import { madeIn } from '../../source/commands/runs/past-runs.ts';
import { recordedRuns } from '../../source/commands/runs/recorded-runs.ts';
import { systemClock } from '../../source/gateways/machine/clock.ts';
import { openWorld } from '../../source/gateways/world.ts';
import { type Answers, defaultPair } from '../../source/pairing/answers/answers.ts';
import { recordedAnswers, recordShape, sourcesFor } from '../../source/pairing/answers/record.ts';
import { planProcedure } from '../../source/pairing/plan.ts';
import { stepsOf } from '../../source/pairing/step/step.ts';
import { planSummary } from '../../source/plain/json-lines.ts';
import { startPractice } from '../../source/practice/practice.ts';
import { allObjects } from '../helpers/all-objects.ts';
import { answersWith, stores, unknownFacts } from '../helpers/answers.ts';

vi.setConfig({ testTimeout: 120_000 });

const about = (changes: Partial<Answers>) => {
	const answers = answersWith(changes);
	const { title, steps } = planSummary(planProcedure(answers, unknownFacts));
	return {
		answers: recordedAnswers(answers, sourcesFor(answers.objectStore)),
		plan: { title, steps: [...steps] },
	};
};

const first = about({});

test.for<[string, Partial<Answers>, boolean]>([
	['the same answers', {}, true],
	['another store', { objectStore: stores.azure }, true],
	['another mode and endpoint', { pair: { ...defaultPair, endpoint: { ip: '10.0.0.1', port: 9001 } } }, true],
	['a way back and a login more', { pair: { ...defaultPair, login: 'service-account', back: {} } }, true],
	['another source', { source: { context: 'north' } }, false],
	['another destination', { destination: { context: 'north' } }, false],
	['the same context of another kubeconfig', { source: { context: 'east', kubeconfig: '/k' } }, false],
	['both the other way round', { source: { context: 'west' }, destination: { context: 'east' } }, false],
	['another namespace', { pair: { ...defaultPair, namespace: 'second' } }, false],
	['another name', { pair: { ...defaultPair, name: 'second' } }, false],
	// Its plan has no credential, so an undo by the record would not know of the one that was created.
	['no store any more', { objectStore: stores.none, location: 'on-premises' }, false],
])(
	'a further attempt belongs to the same record when all that was made is found by its answers: %s',
	([, changes, is]) => {
		expect(isAttemptAt(first, about(changes))).toBe(is);
	},
);

test('after a failed attempt, other answers begin a record of their own; each is undone by itself', async () => {
	const practice = await startPractice({ scenario: 'token-reset', storkInterval: 50 });
	const folder = await mkdtemp(join(tmpdir(), 'pxpair-answers-'));
	try {
		const kubeconfig = join(folder, 'kubeconfig');
		await writeFile(kubeconfig, practice.kubeconfig);
		const objects = async () => (await Promise.all(Object.values(practice.clusters).map(allObjects))).flat();
		const beginning = await objects();
		const environment = { KUBECONFIG: kubeconfig, XDG_STATE_HOME: folder };
		const { signal } = new AbortController();
		const runs = recordedRuns({
			environment,
			version: '0',
			isPractice: false,
			kubeconfig: [kubeconfig],
			sources: async answers => sourcesFor(answers.objectStore),
			async withWorld(answers, work) {
				const options = { kubeconfig, storkctl: undefined, environment, clock: systemClock, signal };
				const { world, close } = await openWorld(answers, options);
				try {
					return await work(world);
				} finally {
					close();
				}
			},
		});
		const attempt = (answers: Answers) =>
			runs.run(answers, planProcedure(answers, unknownFacts, 1), () => {}, signal);
		const one = answersWith({});
		const other = answersWith({ pair: { ...defaultPair, namespace: 'second' } });
		expect(await attempt(one)).toMatchObject({ kind: 'failed', changes: 5 });
		expect(await attempt(one)).toMatchObject({ kind: 'failed', changes: 0 });
		expect(await attempt(other)).toMatchObject({ kind: 'failed', changes: 3 });
		await runs.flush();

		const records = async () => {
			const names = (await readdir(join(folder, 'pxpair/runs'))).toSorted();
			const texts = names.map(name => readFile(join(folder, 'pxpair/runs', name), 'utf8'));
			return (await Promise.all(texts)).map(text => recordShape.parse(JSON.parse(text)));
		};
		const [earlier, later] = await records();
		expect([earlier, later].map(found => found && madeIn(found).length)).toEqual([5, 3]);
		expect(earlier?.attempts).toHaveLength(2);
		expect(await runs.others()).toEqual([earlier?.id]);

		for (const answers of [other, one]) {
			const steps = stepsOf(planProcedure(answers, unknownFacts)).filter(({ change }) => change);
			for (const step of steps.toReversed()) {
				if (answers === one || !step.id.startsWith('create-credential')) {
					await runs.undo(answers, [step], () => {}, signal);
				}
			}
		}
		await runs.flush();
		expect((await records()).map(found => madeIn(found).length)).toEqual([0, 0]);
		expect(await objects()).toEqual(beginning);
	} finally {
		await practice.close();
		await rm(folder, { recursive: true, force: true });
	}
});
