import type { Answers } from '../../pairing/answers/answers.ts';
import type { Plan, Step } from '../../pairing/step/step.ts';
import { stepsOf } from '../../pairing/step/step.ts';
import { undoing } from '../../pairing/step/undoing.ts';
import { madeBy } from '../../runner/made.ts';
import type { RunEvent } from '../../runner/run-event.ts';
import { type RunState, runReducer, runStart, runStartOf } from '../../runner/run-state.ts';
import type { Phase } from './aftermath.ts';

/** All that was told of changes to the clusters, by all attempts together: what was made follows from it. */
export type Story = readonly Chapter[];

/** Events, with the steps that they are about and the answers these were made from. */
export type Chapter = Readonly<{ answers: Answers; steps: readonly Step[]; events: readonly RunEvent[] }>;

/** What a step made, or may have, and the answers it was made from: enough to undo it. */
export type Made = Readonly<{ what: string; step: Step; answers: Answers }>;

/** The attempt, or the undoing, that goes on or has just ended. */
export type Live = Readonly<{ phase: Phase; run: RunState }>;

export type StoryAction =
	| Readonly<{ type: 'began'; answers: Answers; plan: Plan }>
	| Readonly<{ type: 'undo-began' }>
	/** `of`: what is being undone. Otherwise it is about the attempt that goes on. */
	| Readonly<{ type: 'told'; event: RunEvent; of?: Made }>;

type Told = Readonly<{ story: Story; live: Live | undefined }>;

export function tellStory<State extends Told>(state: State, action: StoryAction): State {
	switch (action.type) {
		case 'began': {
			const { answers, plan } = action;
			const chapter: Chapter = { answers, steps: stepsOf(plan), events: [] };
			return {
				...state,
				story: [...state.story, chapter],
				live: { phase: 'running', run: runStartOf(plan) },
			};
		}
		case 'undo-began':
			return { ...state, live: { phase: 'undoing', run: runStart(toUndo(madeOf(state.story))) } };
		case 'told':
			return { ...state, story: withEvent(state.story, action), live: liveAfter(state.live, action.event) };
	}
}

function withEvent(story: Story, { event, of }: Extract<StoryAction, { type: 'told' }>): Story {
	// Signs of life change nothing.
	if (event.type === 'step-waiting' || event.type === 'step-noted') {
		return story;
	}
	if (of) {
		return [...story, { answers: of.answers, steps: [of.step], events: [event] }];
	}
	const last = story.at(-1);
	return last ? [...story.slice(0, -1), { ...last, events: [...last.events, event] }] : story;
}

/** With its result it is over, and not once all is tidied up: anyone who sees it may answer at once. */
function liveAfter(live: Live | undefined, event: RunEvent): Live | undefined {
	if (live === undefined) {
		return live;
	}
	const isOver = event.type === 'run-finished';
	const over = live.phase === 'undoing' ? 'undone' : 'ended';
	return { phase: isOver ? over : live.phase, run: runReducer(live.run, event) };
}

/** What was made and still exists, in the order in which it was made. Two attempts may have made two things by one step. */
export function madeOf(story: Story): readonly Made[] {
	const makers = new Map<string, Omit<Made, 'what'>>();
	const events = story.flatMap(({ answers, steps, events: told }) =>
		told.flatMap((event): readonly RunEvent[] => {
			if (event.type === 'run-finished') {
				return [];
			}
			const step = steps.find(({ id }) => id === event.step);
			if (step === undefined) {
				return [];
			}
			const thing = `${step.id} ${step.change?.makes}`;
			if (isChange(event)) makers.set(thing, { step, answers });
			return [{ ...event, step: thing }];
		}),
	);
	return madeBy(events).flatMap(({ step, what, isCertain }) => {
		const maker = makers.get(step);
		return maker ? [{ ...maker, what: isCertain ? what : `perhaps ${what}` }] : [];
	});
}

const isChange = (event: RunEvent): boolean =>
	event.type === 'step-changing' || (event.type === 'step-finished' && event.outcome.kind === 'changed');

export const toUndo = (made: readonly Made[]): readonly Step[] =>
	made.map(({ step }) => undoing(step)).toReversed();
