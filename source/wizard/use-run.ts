import { useCallback, useEffect, useReducer, useState } from 'react';
import type { Phase } from '../conversation/aftermath.ts';
import { attempt, takeBackAll, toUndo } from '../conversation/attempt.ts';
import type { Made, WizardServices } from '../conversation/services.ts';
import type { Answers } from '../pairing/answers/answers.ts';
import type { Plan, Step } from '../pairing/step/step.ts';
import type { RunEvent } from '../runner/run-event.ts';
import { type RunState, runReducer, runStart, runStartOf } from '../runner/run-state.ts';

type Action = RunEvent | Readonly<{ type: 'start-undo'; steps: readonly Step[] }>;

/** One attempt at a plan, begun when it is mounted, and the taking back of all that was made so far. */
export function useRun(services: WizardServices, answers: Answers, plan: Plan, made: Made[]) {
	const [run, dispatch] = useReducer(reduce, plan, runStartOf);
	const [phase, setPhase] = useState<Phase>('running');
	const [stop] = useState(() => new AbortController());

	useEffect(() => {
		const observe = (event: RunEvent) => {
			dispatch(event);
			// With the result, and not once all is tidied up: whoever sees it may answer at once.
			if (event.type === 'run-finished') setPhase('ended');
		};
		attempt({ services, answers, plan, made }, observe, stop.signal);
	}, [services, answers, plan, made, stop]);

	const undo = useCallback(async () => {
		dispatch({ type: 'start-undo', steps: toUndo(made) });
		setPhase('undoing');
		await takeBackAll(services, made, dispatch);
		setPhase('undone');
	}, [services, made]);

	return { run, phase, stop: () => stop.abort(), undo };
}

/** The taking back of what an earlier run made, alone. Begins when it is told to. */
export function useUndo(services: WizardServices, made: Made[]) {
	const [run, dispatch] = useReducer(runReducer, made, all => runStart(toUndo(all)));
	const [phase, setPhase] = useState<'asked' | 'undoing' | 'undone'>('asked');
	const undo = useCallback(async () => {
		setPhase('undoing');
		await takeBackAll(services, made, dispatch);
		setPhase('undone');
	}, [services, made]);
	return { run, phase, undo };
}

function reduce(state: RunState, action: Action): RunState {
	return action.type === 'start-undo' ? runStart(action.steps) : runReducer(state, action);
}
