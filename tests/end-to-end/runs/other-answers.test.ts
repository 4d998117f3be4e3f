import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { isAttemptAt } from '../../../source/commands/runs/attempt-at.ts';
import { madeIn } from '../../../source/commands/runs/past-runs.ts';
import { recordedRuns } from '../../../source/commands/runs/recorded-runs.ts';
import { systemClock } from '../../../source/gateways/machine/clock.ts';
import { openWorld } from '../../../source/gateways/world.ts';
import { type Answers, defaultPair } from '../../../source/pairing/answers/answers.ts';
import { recordedAnswers, recordShape, sourcesFor } from '../../../source/pairing/answers/record.ts';
import { planProcedure } from '../../../source/pairing/plan.ts';
import { stepsOf } from '../../../source/pairing/step/step.ts';
import { planSummary } from '../../../source/plain/json-lines.ts';
import { startPractice } from '../../../source/practice/practice.ts';
import { answersWith, stores, unknownFacts } from '../../helpers/answers.ts';
import { allObjects } from '../../helpers/clusters/all-objects.ts';

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

const { signal } = new AbortController();
const nothing = () => {};
const changesOf = (answers: Answers) =>
	stepsOf(planProcedure(answers, unknownFacts))
		.filter(({ change }) => change)
		.toReversed();

/** Two practice clusters, and conversations that keep their records in one place. */
async function openGround(scenario?: 'token-reset') {
	const practice = await startPractice({ ...(scenario && { scenario }), storkInterval: 50 });
	const folder = await mkdtemp(join(tmpdir(), 'pxpair-answers-'));
	const kubeconfig = join(folder, 'kubeconfig');
	await writeFile(kubeconfig, practice.kubeconfig);
	const environment = { KUBECONFIG: kubeconfig, XDG_STATE_HOME: folder };
	return {
		/** Each with runs of its own. */
		conversation: () =>
			recordedRuns({
				host: { environment, version: '0' },
				common: { kubeconfig: undefined },
				practice: undefined,
				earlier: () => undefined,
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
			}),
		objects: async () => (await Promise.all(Object.values(practice.clusters).map(allObjects))).flat(),
		async records() {
			const names = (await readdir(join(folder, 'pxpair/runs'))).toSorted();
			const texts = names.map(name => readFile(join(folder, 'pxpair/runs', name), 'utf8'));
			return (await Promise.all(texts)).map(text => recordShape.parse(JSON.parse(text)));
		},
		async [Symbol.asyncDispose]() {
			await practice.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

const one = answersWith({});
const other = answersWith({ pair: { ...defaultPair, namespace: 'second' } });

test('after a failed attempt, other answers begin a record of their own; each is undone by itself', async () => {
	await using ground = await openGround('token-reset');
	const beginning = await ground.objects();
	const runs = ground.conversation();
	const attempt = (answers: Answers) =>
		runs.run(answers, planProcedure(answers, unknownFacts, 1), nothing, signal);
	expect(await attempt(one)).toMatchObject({ kind: 'failed', changes: 5 });
	expect(await attempt(one)).toMatchObject({ kind: 'failed', changes: 0 });
	expect(await attempt(other)).toMatchObject({ kind: 'failed', changes: 3 });
	await runs.flush();

	const [earlier, later] = await ground.records();
	expect([earlier, later].map(found => found && madeIn(found).length)).toEqual([5, 3]);
	expect(earlier?.attempts).toHaveLength(2);
	expect(await runs.others()).toEqual([earlier?.id]);

	for (const answers of [other, one]) {
		for (const step of changesOf(answers)) {
			if (answers === one || !step.id.startsWith('create-credential')) {
				await runs.undo(answers, [step], nothing, signal);
			}
		}
	}
	await runs.flush();
	expect((await ground.records()).map(found => madeIn(found).length)).toEqual([0, 0]);
	expect(await ground.objects()).toEqual(beginning);
});

test('a run of an earlier conversation whose undo kept what this one used is named when this one is undone', async () => {
	await using ground = await openGround();
	const attempt = async (answers: Answers) => {
		const runs = ground.conversation();
		await runs.run(answers, planProcedure(answers, unknownFacts, 60), nothing, signal);
		await runs.flush();
		return runs;
	};
	const earlier = await attempt(one);
	const later = await attempt(other);
	await earlier.undo(one, changesOf(one), nothing, signal);
	await earlier.flush();
	const [record] = await ground.records();
	expect(record && madeIn(record).map(({ step }) => step)).toEqual([
		'create-credential/source',
		'create-credential/destination',
	]);

	expect(await later.others()).toEqual([]);
	const steps = changesOf(other).filter(({ id }) => !id.startsWith('create-credential'));
	await later.undo(other, steps, nothing, signal);
	await later.flush();
	expect(await later.others()).toEqual([record?.id]);
});
