import { expect, test } from 'vitest';
import type { Problem } from '../../source/pairing/words/problem.ts';
import { madeBy } from '../../source/runner/made.ts';
import type { Outcome, RunEvent } from '../../source/runner/run-event.ts';
import { problemOf } from '../helpers/problem.ts';

const sure = (step: string) => ({ step, what: `made of ${step}`, isCertain: true });
const unsure = (step: string) => ({ step, what: `makes of ${step}`, isCertain: false });

const problem: Problem = problemOf({
	id: 'unexpected',
	kind: 'cluster',
	title: 'x',
	remedies: ['Try again.'],
});
const unchanged: Outcome = { kind: 'unchanged', evidence: 'it is there' };

test.each<[string, RunEvent[], ReturnType<typeof sure>[]]>([
	['nothing happened', [], []],
	['a step that only looked', [...begun('a'), ended('a', unchanged)], []],
	['changed', [...changing('a'), ended('a', changed('a'))], [sure('a')]],
	[
		'two, in the order in which they were made',
		[...changing('b'), ended('b', changed('b')), ...changing('a'), ended('a', changed('a'))],
		[sure('b'), sure('a')],
	],
	['killed before the change', begun('a'), []],
	['killed in the middle of the change', changing('a'), [unsure('a')]],
	['the change failed, and nothing of it is there', [...changing('a'), ended('a', failed('none'))], []],
	[
		'the change failed, and it is not known what is there',
		[...changing('a'), ended('a', failed('unknown'))],
		[unsure('a')],
	],
	['failed before it changed anything', [...begun('a'), ended('a', failed('none'))], []],
	['a trial, which has cleaned up after itself', [...changing('a'), ended('a', unchanged)], []],
	['a deletion', [...changing('a'), ended('a', undone())], []],
	['skipped', [ended('a', { kind: 'skipped', because: 'an earlier step failed' })], []],
	['cancelled', [...begun('a'), ended('a', { kind: 'cancelled' })], []],
	['undone', [...changing('a'), ended('a', changed('a')), ...begun('a'), ended('a', undone())], []],
	[
		'stays, for a reason',
		[...changing('a'), ended('a', changed('a')), ...begun('a'), ended('a', undone('it is in use'))],
		[sure('a')],
	],
	[
		'undoing failed',
		[...changing('a'), ended('a', changed('a')), ...begun('a'), ended('a', failed('unknown'))],
		[sure('a')],
	],
	[
		'what an earlier attempt made is when a later one finds it there',
		[...changing('a'), ended('a', changed('a')), ...begun('a'), ended('a', unchanged)],
		[sure('a')],
	],
	[
		'what an earlier attempt made is when a later one fails before it changes anything',
		[...changing('a'), ended('a', changed('a')), ...begun('a'), ended('a', failed('none'))],
		[sure('a')],
	],
	[
		'killed in the middle, then made by the next attempt',
		[...changing('a'), ...changing('a'), ended('a', changed('a'))],
		[sure('a')],
	],
	[
		'killed in the middle, then found by the next attempt: no one else need have made it',
		[...changing('a'), ...begun('a'), ended('a', unchanged)],
		[unsure('a')],
	],
	[
		'killed in the middle, then the next attempt fails before it changes anything',
		[...changing('a'), ...begun('a'), ended('a', failed('none'))],
		[unsure('a')],
	],
	[
		'killed in the middle, and the next attempt finds that nothing of its own change is there',
		[...changing('a'), ...changing('a'), ended('a', failed('none'))],
		[],
	],
	[
		'made, undone, and made again by a further attempt',
		[
			...changing('a'),
			ended('a', changed('a')),
			...begun('a'),
			ended('a', undone()),
			...changing('a'),
			ended('a', changed('a')),
		],
		[sure('a')],
	],
])('%s', (_, events, made) => {
	expect(madeBy(events)).toEqual(made);
});

test('what a newer version may tell is passed over', () => {
	const novel = { type: 'step-paused', step: 'a', at: 0 } as unknown as RunEvent;
	expect(madeBy([novel, ...changing('a'), novel, ended('a', changed('a')), novel])).toEqual([sure('a')]);
});

function begun(step: string): RunEvent[] {
	return [{ type: 'step-started', step, at: 0 }];
}

function changing(step: string): RunEvent[] {
	return [...begun(step), { type: 'step-changing', step, makes: `makes of ${step}`, at: 0 }];
}

function ended(step: string, outcome: Outcome): RunEvent {
	return { type: 'step-finished', step, outcome, elapsed: 0, at: 0 };
}

function changed(step: string): Outcome {
	return { kind: 'changed', made: `made of ${step}`, evidence: 'it is there' };
}

function failed(trace: 'none' | 'unknown'): Outcome {
	return { kind: 'failed', problem, trace };
}

function undone(kept?: string): Outcome {
	return { kind: 'undone', made: 'x', kept };
}
