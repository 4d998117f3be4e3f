import { useCallback, useEffect, useState } from 'react';
import type { WizardServices } from '../../conversation/services.ts';
import type { Phase } from '../../conversation/story/aftermath.ts';
import { attempt, takeBackAll } from '../../conversation/story/attempt.ts';
import type { Live, Made, StoryAction } from '../../conversation/story/story.ts';
import type { Answers } from '../../pairing/answers/answers.ts';
import type { Plan } from '../../pairing/step/step.ts';
import type { RunEvent } from '../../runner/run-event.ts';
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
	const [isAsked, setAsked] = useState(false);
	useEffect(() => {
		dispatch({ type: 'began', answers, plan });
		attempt({ services, answers, plan }, event => dispatch({ type: 'told', event }), stopping.signal);
	}, [services, dispatch, answers, plan, stopping]);
	const undoing = useUndo({ services, dispatch }, made);
	const { run, phase } = state.live ?? { run: runStartOf(plan), phase: 'running' };
	const stopRun = () => {
		setAsked(true);
		stopping.abort();
	};
	// An undo that follows was not asked to stop, and is stopped for itself.
	const { isStopping, stop } =
		phase === 'undoing' ? undoing : { isStopping: isAsked && phase === 'running', stop: stopRun };
	useEffect(() => onProgress(run, phase), [onProgress, run, phase]);
	useEndTold(run, phase);
	useStop(props.stopSignal, phase === 'running' || phase === 'undoing' ? stop : onLeave);
	return { run, phase, answers, isStopping, stop, undo: undoing.begin };
}

/** Begins when it is told to, each time again, and stops after the change that is under way. */
export function useUndo({ services, dispatch }: Telling, made: readonly Made[]) {
	const [stopping, setStopping] = useState<AbortController>();
	const [isStopping, setAsked] = useState(false);
	const begin = useCallback(() => {
		const next = new AbortController();
		setStopping(next);
		setAsked(false);
		dispatch({ type: 'undo-began' });
		const tell = (event: RunEvent, of?: Made) => dispatch({ type: 'told', event, ...(of && { of }) });
		void takeBackAll(services, made, tell, next.signal);
	}, [services, dispatch, made]);
	const stop = useCallback(() => {
		setAsked(true);
		stopping?.abort();
	}, [stopping]);
	return { begin, stop, isStopping };
}
