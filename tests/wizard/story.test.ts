import { expect, test } from 'vitest';
import { madeOf, type Story } from '../../source/conversation/story/story.ts';
import { defaultPair } from '../../source/pairing/answers/answers.ts';
import { completeAnswers, emptyDraft } from '../../source/pairing/answers/draft.ts';
import { noFactsOf } from '../../source/pairing/clusters/cluster.ts';
import { planProcedure } from '../../source/pairing/plan.ts';
import { type Step, stepsOf } from '../../source/pairing/step/step.ts';
import type { Outcome, RunEvent } from '../../source/runner/run-event.ts';
import { problemOf } from '../helpers/problem.ts';
import { storyOf } from '../helpers/story.ts';

const answersFor = (name: string) => ({
	...completeAnswers({ ...emptyDraft, source: 'east', destination: 'west', store: 'none' }),
	pair: { ...defaultPair, name },
});
const stepFor = (name: string): Step => {
	const answers = answersFor(name);
	const step = stepsOf(planProcedure(answers, noFactsOf(answers))).find(({ id }) =>
		id.startsWith('apply-cluster-pair'),
	);
	if (!step) throw new Error('No step applies the pair');
	return step;
};
const chapter = (name: string, ...events: readonly RunEvent[]): Story => [
	{ answers: answersFor(name), steps: [stepFor(name)], events },
];
const made = (name: string): Story => storyOf(answersFor(name), [stepFor(name)]);
const begun = ({ id, change }: Step): RunEvent => ({
	type: 'step-changing',
	step: id,
	makes: change?.makes ?? '',
	at: 0,
});
const ended = ({ id }: Step, outcome: Outcome): RunEvent => ({
	type: 'step-finished',
	step: id,
	outcome,
	elapsed: 0,
	at: 0,
});
const undone: Outcome = { kind: 'undone', made: 'it', kept: undefined };
const failed = (trace: 'none' | 'unknown'): Outcome => ({
	kind: 'failed',
	trace,
	problem: problemOf({ id: 'unexpected', kind: 'cluster', title: 'x', remedies: ['Do.'] }),
});
const namesOf = (story: Story): readonly (readonly [string, string])[] =>
	madeOf(story).map(({ what, answers }) => [what, answers.pair.name]);

const pairOf = (name: string): string => stepFor(name).change?.makes ?? '';

test('what two attempts made under two names by one step are two things', () => {
	expect(namesOf([...made('one'), ...made('two')])).toEqual([
		[pairOf('one'), 'one'],
		[pairOf('two'), 'two'],
	]);
});

test('what is undone is the one that it was told of', () => {
	const story = [...made('one'), ...made('two'), ...chapter('one', ended(stepFor('one'), undone))];
	expect(namesOf(story)).toEqual([[pairOf('two'), 'two']]);
});

test('what was found by a later attempt keeps the answers it was made from', () => {
	const held: Outcome = { kind: 'unchanged', evidence: 'seen' };
	const later = { ...answersFor('one'), ignore: ['later'] };
	const story: Story = [
		...made('one'),
		{ answers: later, steps: [stepFor('one')], events: [ended(stepFor('one'), held)] },
	];
	expect(madeOf(story).map(({ answers }) => answers.ignore)).toEqual([undefined]);
});

test.each([
	['none', []],
	['unknown', [[`perhaps ${pairOf('one')}`, 'one']]],
] as const)('a change that failed, with trace %s', (trace, left) => {
	const step = stepFor('one');
	expect(namesOf(chapter('one', begun(step), ended(step, failed(trace))))).toEqual(left);
});

test('what was in doubt and is made by the next attempt is one thing', () => {
	const step = stepFor('one');
	expect(namesOf([...chapter('one', begun(step), ended(step, failed('unknown'))), ...made('one')])).toEqual([
		[pairOf('one'), 'one'],
	]);
});
