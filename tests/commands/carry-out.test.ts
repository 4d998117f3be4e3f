import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { carryOut, rememberedWorld, takeBack } from '../../source/commands/runs/carry-out.ts';
import { openRecord, type Recorder } from '../../source/gateways/machine/records.ts';
import { recordedAnswers, sourcesFor } from '../../source/pairing/answers/record.ts';
import type { World } from '../../source/pairing/clusters/ports.ts';
import type { Step, StepContext } from '../../source/pairing/step/step.ts';
import { answersWith, stores } from '../helpers/answers.ts';
import { temporaryFolder } from '../helpers/program/temporary-folder.ts';
import { refused, uuids, worldWith } from '../pairing/hand-made-world.ts';

test('what is about to be changed is on disk before it is, with the names of the clusters', async () => {
	const recorder = await recorderIn((await temporaryFolder()).path);
	const seen: unknown[] = [];
	const step = making(async () => {
		seen.push(JSON.parse(readFileSync(recorder.path, 'utf8')));
	});
	const world = worldWith({
		destination: { discovery: { uuid: () => Promise.reject(refused('pxctl-failed')) } },
	});
	expect(await carry(step, recorder, world)).toEqual({ kind: 'done', changes: 1 });
	expect(await recorder.flush()).toBeUndefined();
	expect(seen).toMatchObject([
		{
			uuids: { source: uuids.source },
			clusters: {
				source: { context: 'east', uid: 'uid of east', portworx: uuids.source },
				destination: { context: 'west', uid: 'uid of west' },
			},
			attempts: [{ events: [{ type: 'step-started' }, { type: 'step-changing', makes: 'a thing' }] }],
		},
	]);
	expect(seen[0]).not.toHaveProperty('uuids.destination');
});

test('a change that cannot be recorded is not begun', async () => {
	const recorder = await recorderIn(await (await temporaryFolder()).file('file', ''));
	expect(
		await carry(
			making(async () => {}),
			recorder,
		),
	).toMatchObject({ kind: 'failed', changes: 0, trace: 'none', problem: { id: 'record-not-written' } });
	expect(await recorder.flush()).toContain(recorder.path);
});

test('a step knows the name of the record, and what it tells is in it', async () => {
	const recorder = await recorderIn((await temporaryFolder()).path);
	let runId = '';
	await carry(
		making(async context => {
			runId = context.runId;
			context.note('half-way');
		}),
		recorder,
	);
	expect(await recorder.flush()).toBeUndefined();
	expect(runId).toBe(recorder.id);
	expect(recorder.record().attempts[0]?.events.map(({ type }) => type)).toEqual([
		'step-started',
		'step-changing',
		'step-noted',
		'step-finished',
		'run-finished',
	]);
});

test('undoing is kept in the same way', async () => {
	const recorder = await recorderIn((await temporaryFolder()).path);
	const told: string[] = [];
	const { signal } = new AbortController();
	const observe = ({ type }: { type: string }) => void told.push(type);
	await takeBack([making(async () => {})], { world: worldWith(), recorder, observe, signal });
	expect(await recorder.flush()).toBeUndefined();
	expect(told).toEqual(['step-started', 'step-finished', 'run-finished']);
	expect(recorder.record().attempts[0]?.events.map(({ type }) => type)).toEqual(told);
});

test('a cluster that is gone is known by the UUID that the run knew; all else is asked as before', async () => {
	const gone = () => Promise.reject(refused('connection-refused'));
	const world = worldWith({
		source: { discovery: { uuid: gone } },
		destination: { discovery: { uuid: gone } },
	});
	const remembered = rememberedWorld(world, { source: 'uuid of then' });
	expect(await remembered.source.discovery.uuid()).toBe('uuid of then');
	await expect(remembered.destination.discovery.uuid()).rejects.toThrow('connection-refused');
	expect(remembered.source.discovery.stork).toBe(world.source.discovery.stork);
	expect({ ...remembered.source, discovery: undefined }).toEqual({ ...world.source, discovery: undefined });
	expect(remembered.destination).toBe(world.destination);
	await expect(world.source.discovery.uuid()).rejects.toThrow('connection-refused');
});

function carry(step: Step, recorder: Recorder, world: World = worldWith()) {
	const { signal } = new AbortController();
	return carryOut(
		{ title: 'a plan', stages: [[step]], remarks: [] },
		{ world, recorder, observe: () => {}, signal },
	);
}

/** A step that is absent until it was applied. */
function making(apply: (context: StepContext) => Promise<void>): Step {
	let isMade = false;
	return {
		id: 'a',
		title: { plan: 'plan a', doing: 'doing a', holds: 'a holds' },
		on: 'source',
		docs: '',
		preview: [],
		needs: [],
		check: async () => (isMade ? { kind: 'holds', evidence: 'ok' } : { kind: 'absent', because: 'no' }),
		change: {
			makes: 'a thing',
			async apply(context) {
				await apply(context);
				isMade = true;
			},
			remains: async () => ({ kind: 'absent' }),
		},
	};
}

async function recorderIn(home: string): Promise<Recorder> {
	const recorder = openRecord(
		{
			version: '1.0.0',
			practice: false,
			answers: recordedAnswers(answersWith(), sourcesFor(stores.s3)),
			plan: { title: 'Pair', steps: [] },
		},
		{ HOME: home },
	);
	await recorder.flush();
	return recorder;
}
