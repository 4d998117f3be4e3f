import { useCallback, useEffect, useState } from 'react';
import type { WizardServices } from '../../conversation/services.ts';
import type { Phase } from '../../conversation/story/aftermath.ts';
import { attempt, takeBackAll } from '../../conversation/story/attempt.ts';
import type { Live, Made, StoryAction } from '../../conversation/story/story.ts';
import type { Answers } from '../../pairing/answers/answers.ts';
import type { Plan } from '../../pairing/step/step.ts';
import { type RunState, runStartOf } from '../../runner/run-state.ts';
import { useEndTold } from './use-end-told.ts';
import { useStop } from './use-stop.ts';

type Telling = Readonly<{ services: WizardServices; dispatch: (action: StoryAction) => void }>;

type RunProps = Telling &
	Readonly<{
		answers: Answers;
		plan: Plan;
		state: Readonly<{ live: Live | undefined }>;
		made: readonly Made[];
		/** Fires when the process is asked to end from outside. */
		stopSignal: AbortSignal;
		onLeave: () => void;
		onProgress: (run: RunState, phase: Phase) => void;
	}>;

/** One attempt at a plan, begun when it is mounted, and the undo of all that was made so far. */
export function useRun({ services, dispatch, state, made, onProgress, onLeave, ...props }: RunProps) {
	// What is being run never changes under way, whatever is still being learned about the clusters.
	const [{ answers, plan }] = useState({ answers: props.answers, plan: props.plan });
	const [stopping] = useState(() => new AbortController());
	const [isStopping, setStopping] = useState(false);
	useEffect(() => {
		dispatch({ type: 'began', answers, plan });
		attempt({ services, answers, plan }, event => dispatch({ type: 'told', event }), stopping.signal);
	}, [services, dispatch, answers, plan, stopping]);
	const undo = useUndo({ services, dispatch }, made);
	const { run, phase } = state.live ?? { run: runStartOf(plan), phase: 'running' };
	const stop = () => {
		setStopping(true);
		stopping.abort();
	};
	useEffect(() => onProgress(run, phase), [onProgress, run, phase]);
	useEndTold(run, phase);
	useStop(props.stopSignal, phase === 'running' || phase === 'undoing' ? stop : onLeave);
	// An undo that follows was not asked to stop.
	return { run, phase, answers, isStopping: isStopping && phase === 'running', stop, undo };
}

/** Begins when it is told to. */
export const useUndo = ({ services, dispatch }: Telling, made: readonly Made[]): (() => void) =>
	useCallback(() => {
		dispatch({ type: 'undo-began' });
		void takeBackAll(services, made, (event, of) => dispatch({ type: 'told', event, ...(of && { of }) }));
	}, [services, dispatch, made]);
