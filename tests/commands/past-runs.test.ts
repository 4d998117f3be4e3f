import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { isUnfinished, lastTried, madeIn, standingOf } from '../../source/commands/runs/past-runs.ts';
import { parseAnswersFile } from '../../source/pairing/answers/answers-file.ts';
import { type RunRecord, recordShape } from '../../source/pairing/answers/record.ts';
import type { Problem } from '../../source/pairing/words/problem.ts';
import type { RunEvent, RunResult } from '../../source/runner/run-event.ts';
import { problemOf } from '../helpers/problem.ts';
import { answersFor } from '../helpers/program/ground.ts';

type Attempt = RunRecord['attempts'][number];

const problem: Problem = problemOf({
	id: 'unexpected',
	kind: 'cluster',
	title: 'x',
	remedies: ['Try again.'],
});
const done: RunResult = { kind: 'done', changes: 1 };
const failed: RunResult = { kind: 'failed', changes: 1, problem, trace: 'none' };
const cancelled: RunResult = { kind: 'cancelled', changes: 0 };
const made: RunEvent[] = [
	{ type: 'step-started', step: 'a', at: 0 },
	{ type: 'step-changing', step: 'a', makes: 'a thing', at: 0 },
	finished({ kind: 'changed', made: 'a thing', evidence: 'there' }),
];
const removed = finished({ kind: 'undone', made: 'a thing', kept: undefined });
const kept = finished({ kind: 'undone', made: 'a thing', kept: 'it is in use' });

test.each<[string, Attempt[], ReturnType<typeof standingOf>, boolean]>([
	['no attempt yet', [], 'broken-off', true],
	['killed', [attempt('run', made)], 'broken-off', true],
	['done', [attempt('run', made, done)], 'done', false],
	['failed', [attempt('run', made, failed)], 'failed', true],
	['stopped', [attempt('run', [], cancelled)], 'stopped', true],
	['failed, then done', [attempt('run', [], failed), attempt('run', made, done)], 'done', false],
	['done, then again and killed', [attempt('run', made, done), attempt('run', [])], 'broken-off', true],
	['undone', [attempt('run', made, done), attempt('undo', [removed], done)], 'taken-back', false],
	[
		'undone of a run that failed',
		[attempt('run', made, failed), attempt('undo', [removed], done)],
		'taken-back',
		false,
	],
	[
		'all is gone, though it was killed then',
		[attempt('run', made, done), attempt('undo', [removed])],
		'taken-back',
		false,
	],
	['something stays', [attempt('run', made, done), attempt('undo', [kept], done)], 'stopped', false],
	['undoing failed', [attempt('run', made, done), attempt('undo', [], failed)], 'failed', false],
	['undoing was killed', [attempt('run', made, done), attempt('undo', [])], 'broken-off', false],
	[
		'undone, then done again',
		[attempt('run', made, done), attempt('undo', [removed], done), attempt('run', made, done)],
		'done',
		false,
	],
])('%s', (_, attempts, standing, unfinished) => {
	const record = recordWith(attempts);
	expect(recordShape.parse(record)).toEqual(record);
	expect(standingOf(record)).toBe(standing);
	expect(isUnfinished(record)).toBe(unfinished);
});

test('practice is never gone on with: its clusters are gone', () => {
	expect(isUnfinished({ ...recordWith([attempt('run', made, failed)]), practice: true })).toBe(false);
});

test('the run that was tried last is gone on with, though another began later', () => {
	const at = (startedAt: string): Attempt => ({ ...attempt('run', [], failed), startedAt });
	const first = recordWith([at('2026-01-01T00:00:00Z'), at('2026-01-03T00:00:00Z')]);
	const second = { ...recordWith([at('2026-01-02T00:00:00Z')]), id: '2026-01-02T00-00-00-abcdef' };
	expect(lastTried([second, first])).toBe(first);
	expect(lastTried([second])).toBe(second);
	expect(lastTried([])).toBeUndefined();
});

test('what is is what all attempts made together', () => {
	const attempts = [attempt('run', made, failed), attempt('run', [], done)];
	expect(madeIn(recordWith(attempts))).toEqual([{ step: 'a', what: 'a thing', isCertain: true }]);
	expect(madeIn(recordWith([...attempts, attempt('undo', [removed], done)]))).toEqual([]);
});

test.each([
	['an event without its fields', { type: 'step-finished' }],
	['a kind of event no one knows', { type: 'step-paused', step: 'a' }],
	['an outcome no one knows', { type: 'step-finished', step: 'a', outcome: { kind: 'postponed' } }],
	['an end without a result', { type: 'run-finished' }],
])('a record that someone else wrote does no harm: %s', (_, event) => {
	const record = recordShape.parse(
		recordWith([{ ...attempt('run', made), events: [...made, event] as Attempt['events'] }]),
	);
	expect(standingOf(record)).toBe('broken-off');
	expect(madeIn(record)).toHaveLength(1);
});

function recordWith(attempts: Attempt[]): RunRecord {
	return {
		schema: 'pxpair.record/v2',
		id: '2026-01-01T00-00-00-abcdef',
		version: '1.0.0',
		practice: false,
		answers: parseAnswersFile(stringify(answersFor('s3')), 'x', { clusters: 'required' }),
		plan: { title: 'Pair', steps: [] },
		uuids: {},
		attempts,
	};
}

function attempt(kind: Attempt['kind'], events: readonly RunEvent[], result?: RunResult): Attempt {
	const end: RunEvent[] = result ? [{ type: 'run-finished', result, at: 0 }] : [];
	return { kind, startedAt: '2026-01-01T00:00:00Z', events: [...events, ...end] };
}

function finished(outcome: Extract<RunEvent, { type: 'step-finished' }>['outcome']): RunEvent {
	return { type: 'step-finished', step: 'a', outcome, elapsed: 0, at: 0 };
}
