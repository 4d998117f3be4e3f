import { useCallback, useEffect, useReducer, useState } from 'react';
import type { Answers } from '../pairing/answers.ts';
import { PairingError } from '../pairing/problem.ts';
import type { Plan, Step } from '../pairing/step.ts';
import type { Outcome, RunEvent, RunResult } from '../runner/run-event.ts';
import { type RunState, runReducer, runStart, runStartOf } from '../runner/run-state.ts';
import type { Made, WizardServices } from './services.ts';

export type Phase = 'running' | 'ended' | 'undoing' | 'undone';

type Action = RunEvent | Readonly<{ type: 'start-undo'; steps: readonly Step[] }>;

/** One attempt at a plan, begun when it is mounted, and the taking back of all that was made so far. */
export function useRun(services: WizardServices, answers: Answers, plan: Plan, made: Made[]) {
	const [run, dispatch] = useReducer(reduce, plan, runStartOf);
	const [phase, setPhase] = useState<Phase>('running');
	const [stop] = useState(() => new AbortController());

	useEffect(() => {
		const observe = (event: RunEvent) => {
			if (event.type === 'step-finished') {
				const step = plan.stages.flat().find(({ id }) => id === event.step);
				const what = step === undefined ? undefined : leftBy(step, event.outcome);
				if (step !== undefined && what !== undefined) keep(made, { what, step, answers });
			}
			dispatch(event);
			// With the result, and not once all is tidied up: whoever sees it may answer at once.
			if (event.type === 'run-finished') setPhase('ended');
		};
		services
			.run(answers, plan, observe, stop.signal)
			.catch((error: unknown) => observe({ type: 'run-finished', at: 0, result: failure(error) }));
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

const toUndo = (made: readonly Made[]): readonly Step[] => made.map(({ step }) => step).toReversed();

/** In reverse. What is gone is taken off the list. */
async function takeBackAll(
	services: WizardServices,
	made: Made[],
	dispatch: (event: RunEvent) => void,
): Promise<void> {
	const results: RunResult[] = [];
	const never = new AbortController().signal;
	for (const { step, answers } of made.toReversed()) {
		// Each with the answers it was made from; the one end is told when all are through.
		const observe = (event: RunEvent) => {
			if (event.type !== 'run-finished') dispatch(event);
			if (
				event.type === 'step-finished' &&
				event.outcome.kind === 'undone' &&
				event.outcome.kept === undefined
			) {
				drop(made, step);
			}
		};
		results.push(await services.undo(answers, [step], observe, never).catch(failure));
	}
	const failed = results.find(result => result.kind === 'failed');
	dispatch({ type: 'run-finished', at: 0, result: failed ?? { kind: 'done', changes: results.length } });
}

/** A failed change that may have gone through counts: to take back what is not there does no harm. */
function leftBy({ change }: Step, outcome: Outcome): string | undefined {
	if (outcome.kind === 'changed') {
		return outcome.made;
	}
	return change && outcome.kind === 'failed' && outcome.trace === 'unknown'
		? `perhaps ${change.makes}`
		: undefined;
}

/** What an earlier attempt left in doubt and this one made is one thing. */
function keep(made: Made[], left: Made): void {
	const { id, change } = left.step;
	const index = made.findIndex(({ step }) => step.id === id && step.change?.makes === change?.makes);
	made.splice(index < 0 ? made.length : index, index < 0 ? 0 : 1, left);
}

function drop(made: Made[], step: Step): void {
	const index = made.findIndex(item => item.step === step);
	if (index >= 0) {
		made.splice(index, 1);
	}
}

function reduce(state: RunState, action: Action): RunState {
	return action.type === 'start-undo' ? runStart(action.steps) : runReducer(state, action);
}

/** What cannot even begin ends like any failure; what else is thrown is a mistake of ours. */
function failure(error: unknown): RunResult {
	const problem =
		error instanceof PairingError
			? error.problem
			: ({
					id: 'unexpected',
					kind: 'bug',
					title: 'pxpair made a mistake',
					evidence: error instanceof Error ? error.name : 'unknown',
					remedies: ['Please report this. Running it again is safe.'],
				} as const);
	return { kind: 'failed', changes: 0, problem, trace: 'none' };
}
