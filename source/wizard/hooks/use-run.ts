import { useCallback, useEffect, useState } from 'react';
import type { WizardServices } from '../../conversation/services.ts';
import { attempt, takeBackAll } from '../../conversation/story/attempt.ts';
import type { Live, Made, StoryAction } from '../../conversation/story/story.ts';
import type { Answers } from '../../pairing/answers/answers.ts';
import type { Plan } from '../../pairing/step/step.ts';
import { runStartOf } from '../../runner/run-state.ts';

type Telling = Readonly<{ services: WizardServices; dispatch: (action: StoryAction) => void }>;

/** One attempt at a plan, begun when it is mounted, and the undo of all that was made so far. */
export function useRun(
	{ services, dispatch, answers, plan }: Telling & Readonly<{ answers: Answers; plan: Plan }>,
	{ live, made }: Readonly<{ live: Live | undefined; made: readonly Made[] }>,
) {
	const [stop] = useState(() => new AbortController());
	useEffect(() => {
		dispatch({ type: 'began', answers, plan });
		attempt({ services, answers, plan }, event => dispatch({ type: 'told', event }), stop.signal);
	}, [services, dispatch, answers, plan, stop]);
	const undo = useUndo({ services, dispatch }, made);
	const { run, phase } = live ?? { run: runStartOf(plan), phase: 'running' };
	return { run, phase, stop: () => stop.abort(), undo };
}

/** Begins when it is told to. */
export const useUndo = ({ services, dispatch }: Telling, made: readonly Made[]): (() => void) =>
	useCallback(() => {
		dispatch({ type: 'undo-began' });
		void takeBackAll(services, made, (event, of) => dispatch({ type: 'told', event, ...(of && { of }) }));
	}, [services, dispatch, made]);
