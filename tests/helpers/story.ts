import type { Story } from '../../source/conversation/story/story.ts';
import type { Answers } from '../../source/pairing/answers/answers.ts';
import type { Step } from '../../source/pairing/step/step.ts';

/** Of a run in which these steps made what they make. */
export const storyOf = (answers: Answers, steps: readonly Step[]): Story => [
	{
		answers,
		steps,
		events: steps.map(({ id, change }) => ({
			type: 'step-finished',
			step: id,
			outcome: { kind: 'changed', made: change?.makes ?? '', evidence: 'seen' },
			elapsed: 0,
			at: 0,
		})),
	},
];
