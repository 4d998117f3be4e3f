import { expect, test } from 'vitest';
import type { Plan, Step } from '../../source/pairing/step/step.ts';
import type { Problem } from '../../source/pairing/words/problem.ts';
import { jsonObserver, problemLine, runStarted } from '../../source/plain/json-lines.ts';
import { lineObserver, outcomeLines, problemText, wrapBehind } from '../../source/plain/lines.ts';
import { type Page, plainPage } from '../../source/plain/page.ts';
import { undoLines } from '../../source/plain/undo-plan.ts';
import { resultLine, seconds } from '../../source/plain/words.ts';
import type { Outcome, RunEvent, RunResult } from '../../source/runner/run-event.ts';
import { problemOf } from '../helpers/problem.ts';

const problem: Problem = problemOf({
	kind: 'cluster',
	id: 'forbidden',
	title: 'The source cluster (east) denies permission for this',
	side: 'source',
	evidence: 'GET /x: 403\nsecond line',
	remedies: ['Ask for the right.', 'Or use another context.'],
	docs: 'https://docs.example/#x',
});

test('a run that changes something', () => {
	expect(
		lines(
			finished('look', { kind: 'unchanged', evidence: 'Kubernetes v1.31 at https://east' }, 120),
			finished('make', { kind: 'changed', made: 'the thing on the source', evidence: 'it is there' }, 12_345),
			finished('keep', { kind: 'unchanged', evidence: 'x is Active' }, 0),
			end({ kind: 'done', changes: 1 }),
		),
	).toEqual([
		' 1/3 both        checked   look holds: Kubernetes v1.31 at https://east (0.1 s)',
		' 2/3 source      changed   created the thing on the source: it is there (12 s)',
		' 3/3 destination unchanged keep holds: x is Active (0.0 s)',
		'',
		'Done. 1 change was made.',
	]);
});

test('a run that fails: what, where, how we know, what to do', () => {
	expect(
		lines(
			finished('look', { kind: 'unchanged', evidence: 'e' }, 0),
			finished('make', { kind: 'failed', problem, trace: 'unknown' }, 0),
			finished('keep', { kind: 'skipped', because: 'an earlier step failed' }, 0),
			end({ kind: 'failed', changes: 0, problem, trace: 'unknown' }),
		),
	).toEqual([
		' 1/3 both        checked   look holds: e (0.0 s)',
		' 2/3 source      FAILED    The source cluster (east) denies permission for this (0.0 s)',
		'1 step not started: an earlier step failed',
		'',
		'The source cluster (east) denies permission for this',
		'  GET /x: 403',
		'  second line',
		'  → Ask for the right.',
		'  → Or use another context.',
		'  https://docs.example/#x',
		'  More: pxpair explain forbidden',
		'',
		'Failed. Nothing was changed, except that the failed step may have changed something: run it again to find out.',
	]);
});

test('two that fail side by side are both told, in the order of the plan', () => {
	const other = problemOf({ ...problem, title: 'The other', evidence: '', remedies: ['Do.'] });
	const told = lines(
		finished('keep', { kind: 'failed', problem: { ...other, docs: 'https://x' }, trace: 'none' }, 0),
		finished('make', { kind: 'failed', problem, trace: 'none' }, 0),
		end({ kind: 'failed', changes: 0, problem: other, trace: 'none' }),
	);
	expect(told.slice(3)).toEqual([
		'The source cluster (east) denies permission for this',
		'  GET /x: 403',
		'  second line',
		'  → Ask for the right.',
		'  → Or use another context.',
		'  https://docs.example/#x',
		'  More: pxpair explain forbidden',
		'',
		'The other',
		'  → Do.',
		'  https://x',
		'  More: pxpair explain forbidden',
		'',
		'Failed. Nothing was changed.',
	]);
});

test('a long step gives signs of life, ever more rarely, with what is known last', () => {
	const beats = Array.from(
		{ length: 70 },
		(_, index): RunEvent => ({ type: 'step-waiting', step: 'make', elapsed: (index + 1) * 1000, at: 0 }),
	);
	const told = lines(
		...beats.slice(0, 3),
		{ type: 'step-noted', step: 'make', note: 'storage Error', at: 0 },
		...beats.slice(3),
	);

	expect(told.slice(0, 3)).toEqual([
		' 2/3 source      …         doing make 1.0 s',
		' 2/3 source      …         doing make 2.0 s',
		' 2/3 source      …         doing make 4.0 s (storage Error)',
	]);
	expect(told.map(line => /make (\d+)(\.\d)? s/.exec(line)?.[1])).toEqual([
		'1',
		'2',
		'4',
		'8',
		'16',
		'31',
		'46',
		'61',
	]);
});

test('a step that waits says when it gives up', () => {
	const told: string[] = [];
	const waits = { ...step('wait', 'source'), patience: { seconds: 600, change: async () => {} } };
	const observe = lineObserver({ title: '', remarks: [], stages: [[waits]] }, line => told.push(line));
	observe({ type: 'step-waiting', step: 'wait', elapsed: 8000, at: 8000 });
	expect(told).toEqual([' 1/1 source      …         doing wait 8.0 s of 600 s']);
});

test('one cause on both clusters is told once, with what was read of each', () => {
	const on = (side: 'source' | 'destination'): Problem =>
		problemOf({
			kind: 'cluster',
			id: 'store-unknown-key',
			title: `The object store does not recognize this access key, on the ${side} cluster`,
			side,
			evidence: `403, asked from pod px-${side}`,
			remedies: ['Check the access key ID.'],
		});
	expect(
		lines(
			finished('make', { kind: 'failed', problem: on('source'), trace: 'none' }, 0),
			finished('keep', { kind: 'failed', problem: on('destination'), trace: 'none' }, 0),
			end({ kind: 'failed', changes: 0, problem: on('source'), trace: 'none' }),
		).slice(3),
	).toEqual([
		'The object store does not recognize this access key, on both clusters',
		'  403, asked from pod px-source',
		'  The same on the destination:',
		'  403, asked from pod px-destination',
		'  → Check the access key ID.',
		'  More: pxpair explain store-unknown-key',
		'',
		'Failed. Nothing was changed.',
	]);
});

test('a start says nothing, nor does a step that no one knows', () => {
	expect(
		lines({ type: 'step-started', step: 'make', at: 0 }, finished('no one', { kind: 'cancelled' }, 0)),
	).toEqual([]);
});

test.each<[Outcome, string]>([
	[{ kind: 'cancelled' }, 'cancelled plan make: stopped before it finished'],
	[{ kind: 'undone', made: 'the thing', kept: undefined }, 'deleted   the thing'],
	[{ kind: 'undone', made: 'the thing', kept: 'it is in use' }, 'kept      the thing: it is in use'],
])('%j', (outcome, line) => {
	expect(lines(finished('make', outcome, 0))).toEqual([` 2/3 source      ${line} (0.0 s)`]);
});

test.each<[RunResult, string]>([
	[{ kind: 'done', changes: 0 }, 'Done. Nothing was changed: everything already exists.'],
	[{ kind: 'done', changes: 5 }, 'Done. 5 changes were made.'],
	[{ kind: 'cancelled', changes: 0 }, 'Stopped. Nothing was changed.'],
	[
		{ kind: 'cancelled', changes: 2 },
		'Stopped. 2 changes were made before that; finished steps are not repeated when it is run again.',
	],
	[{ kind: 'failed', changes: 0, problem, trace: 'none' }, 'Failed. Nothing was changed.'],
	[
		{ kind: 'failed', changes: 1, problem, trace: 'none' },
		'Failed. 1 change was made before that; finished steps are not repeated when it is run again.',
	],
	[
		{ kind: 'failed', changes: 1, problem, trace: 'unknown' },
		'Failed. 1 change was made before that; finished steps are not repeated when it is run again, except that the failed step may have changed something: run it again to find out.',
	],
])('how it ended: %#', (result, line) => {
	expect(resultLine(result)).toBe(line);
});

test('times', () => {
	expect([0, 49, 9949, 10_000, 65_400].map(seconds)).toEqual(['0.0 s', '0.0 s', '9.9 s', '10 s', '65 s']);
});

test('a Problem without a run', () => {
	const told = problemText(
		problemOf({ id: 'unexpected', kind: 'input', title: 'No kubeconfig found', remedies: ['Name one.'] }),
	);
	expect(told).toEqual(['pxpair: No kubeconfig found', '  → Name one.', '  More: pxpair explain unexpected']);
});

// JSON lines.

test('each event is one line, under the schema, and says whether it is practice', () => {
	const told: string[] = [];
	const observe = jsonObserver(true, line => told.push(line));
	for (const event of [
		finished('make', { kind: 'changed', made: 'm', evidence: 'two\nlines\u2028' }, 7),
		end({ kind: 'done', changes: 1 }),
	]) {
		observe(event);
	}
	expect(told.join('\n').split('\n')).toHaveLength(2);
	expect(told.map(line => JSON.parse(line))).toEqual([
		{
			schema: 'pxpair.run/v1',
			practice: true,
			type: 'step-finished',
			step: 'make',
			outcome: { kind: 'changed', made: 'm', evidence: 'two\nlines\u2028' },
			elapsed: 7,
			at: 7,
		},
		{
			schema: 'pxpair.run/v1',
			practice: true,
			type: 'run-finished',
			result: { kind: 'done', changes: 1 },
			at: 99,
		},
	]);
});

test('the first line is the plan', () => {
	expect(JSON.parse(runStarted(plan, false, 'run-1'))).toEqual({
		schema: 'pxpair.run/v1',
		practice: false,
		type: 'run-started',
		run: 'run-1',
		title: 'a plan',
		remarks: ['a remark'],
		steps: [
			{ id: 'look', on: 'both', title: 'plan look', changes: null, docs: 'https://docs.example' },
			{
				id: 'make',
				on: 'source',
				title: 'plan make',
				changes: 'the thing on the source',
				docs: 'https://docs.example',
			},
			{ id: 'keep', on: 'destination', title: 'plan keep', changes: 'x', docs: 'https://docs.example' },
		],
	});
});

test('what ends it before it began is a line, too', () => {
	expect(JSON.parse(problemLine(problem, true))).toEqual({
		schema: 'pxpair.run/v1',
		practice: true,
		type: 'problem',
		problem,
	});
});

const plan: Plan = {
	title: 'a plan',
	remarks: ['a remark'],
	stages: [
		[step('look', 'both')],
		[step('make', 'source', 'the thing on the source'), step('keep', 'destination', 'x')],
	],
};

test('read aloud: of all steps together, a word every five seconds at most', () => {
	const told: string[] = [];
	const observe = lineObserver(plan, line => told.push(line), { isSpoken: true });
	for (let at = 1000; at <= 60_000; at += 1000) {
		for (const id of ['make', 'keep']) observe({ type: 'step-waiting', step: id, elapsed: at, at });
	}
	const when = told.map(line => Number(/(\d+)(?:\.\d)? s$/.exec(line)?.[1]));
	expect(when.length).toBeGreaterThan(4);
	expect(when[0]).toBe(5);
	expect(when.slice(1).every((at, index) => at - (when[index] ?? 0) >= 5)).toBe(true);
});

test('on a terminal an undo says in words what became of each object', () => {
	const brief = { ...plainPage, isBrief: true };
	const of = (outcome: Outcome) =>
		outcomeLines(
			{ step: step('x', 'destination', 'the namespace a'), number: 1, total: 2 },
			outcome,
			10,
			brief,
		);
	const made = 'the namespace a';
	expect(of({ kind: 'undone', made, kept: undefined })).toEqual([
		'✔  1/2 destination Deleted the namespace a',
	]);
	expect(of({ kind: 'undone', made, kept: 'still in use' })).toEqual([
		'▲  1/2 destination Kept the namespace a: still in use',
	]);
	expect(of({ kind: 'undone', made, kept: undefined, absent: true })).toEqual([
		'✔  1/2 destination Not found: the namespace a',
	]);
});

function step(id: string, on: Step['on'], makes?: string): Step {
	const never = async () => {
		throw new Error('no one asked for that');
	};
	return {
		id,
		on,
		title: { plan: `plan ${id}`, doing: `doing ${id}`, holds: `${id} holds` },
		docs: 'https://docs.example',
		preview: [],
		needs: [],
		check: never,
		...(makes && { change: { makes, apply: never, remains: never } }),
	};
}

function lines(...events: RunEvent[]): string[] {
	const told: string[] = [];
	const observe = lineObserver(plan, line => told.push(line));
	events.forEach(observe);
	return told;
}

function finished(id: string, outcome: Outcome, elapsed: number): RunEvent {
	return { type: 'step-finished', step: id, outcome, elapsed, at: elapsed };
}

function end(result: RunResult): RunEvent {
	return { type: 'run-finished', result, at: 99 };
}

test('what an undo would delete, and how it ended, breaks between words', () => {
	const narrow = { ...plainPage, columns: 40 };
	const namespace = step('make', 'source', 'the namespace migrationnamespace on the source');
	expect(undoLines('delete', namespace, undefined, narrow)).toEqual([
		'  delete     source       the namespace',
		'        migrationnamespace on the source',
	]);
	const head = ({ paint }: Page) => `2026-11-28T10-23-19-087389  ${paint('ok', 'done')}         `;
	expect(wrapBehind(head, 'Pair east → west as migrationnamespace/remotecluster', narrow)).toEqual([
		'2026-11-28T10-23-19-087389  done',
		'        Pair east → west as',
		'        migrationnamespace/remotecluster',
	]);
	const told: string[] = [];
	const endOf = () =>
		'Proved: what was written on the source was read.\nNothing that it created is left on either cluster.';
	lineObserver(plan, line => told.push(line), { endOf, page: narrow })(end({ kind: 'done', changes: 0 }));
	expect(told.slice(1)).toEqual([
		'Proved: what was written on the source',
		'  was read.',
		'Nothing that it created is left on',
		'  either cluster.',
	]);
});
