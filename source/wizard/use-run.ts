import { useCallback, useEffect, useReducer, useState } from 'react';
import type { Answers } from '../pairing/answers.ts';
import { PairingError } from '../pairing/problem.ts';
import type { Plan, Step } from '../pairing/step.ts';
import type { RunEvent, RunResult } from '../runner/run-event.ts';
import { type RunState, runReducer, runStart, runStartOf } from '../runner/run-state.ts';
import type { WizardServices } from './services.ts';

/** What a step made, and the answers it was made from: enough to take it back. */
export type Made = Readonly<{ what: string; step: Step; answers: Answers }>;

export type Phase = 'running' | 'ended' | 'undoing' | 'undone';

type Action = RunEvent | Readonly<{ type: 'start-undo'; steps: readonly Step[] }>;

/** One attempt at a plan, begun when it is mounted, and the taking back of all that was made so far. */
export function useRun(services: WizardServices, answers: Answers, plan: Plan, made: Made[]) {
	const [run, dispatch] = useReducer(reduce, plan, runStartOf);
	const [phase, setPhase] = useState<Phase>('running');
	const [stop] = useState(() => new AbortController());

	useEffect(() => {
		const observe = (event: RunEvent) => {
			if (event.type === 'step-finished' && event.outcome.kind === 'changed') {
				const step = plan.stages.flat().find(({ id }) => id === event.step);
				if (step) made.push({ what: event.outcome.made, step, answers });
			}
			dispatch(event);
		};
		services
			.run(answers, plan, observe, stop.signal)
			.catch((error: unknown) => dispatch({ type: 'run-finished', at: 0, result: failure(error) }))
			.then(() => setPhase('ended'));
	}, [services, answers, plan, made, stop]);

	const undo = useCallback(async () => {
		const todo = made.toReversed();
		dispatch({ type: 'start-undo', steps: todo.map(({ step }) => step) });
		setPhase('undoing');
		const results: RunResult[] = [];
		const never = new AbortController().signal;
		for (const { step, answers: from } of todo) {
			// Each with the answers it was made from; the one end is told when all are through.
			const observe = (event: RunEvent) => {
				if (event.type !== 'run-finished') dispatch(event);
				if (
					event.type === 'step-finished' &&
					event.outcome.kind === 'undone' &&
					event.outcome.kept === undefined
				) {
					made.splice(
						made.findIndex(item => item.step === step),
						1,
					);
				}
			};
			results.push(await services.undo(from, [step], observe, never).catch(failure));
		}
		const failed = results.find(result => result.kind === 'failed');
		dispatch({ type: 'run-finished', at: 0, result: failed ?? { kind: 'done', changes: results.length } });
		setPhase('undone');
	}, [services, made]);

	return { run, phase, stop: () => stop.abort(), undo };
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
