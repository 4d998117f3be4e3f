import type { Answers } from '../pairing/answers/answers.ts';
import type { Plan, Step } from '../pairing/step/step.ts';
import { undoing } from '../pairing/step/undoing.ts';
import { bugProblem, PairingError } from '../pairing/words/problem.ts';
import type { Observer, Outcome, RunEvent, RunResult } from '../runner/run-event.ts';
import type { Made, WizardServices } from './services.ts';

export type Attempt = Readonly<{ services: WizardServices; answers: Answers; plan: Plan; made: Made[] }>;

/** One attempt at a plan. What it makes is kept in the list; it never throws. */
export function attempt(
	{ services, answers, plan, made }: Attempt,
	tell: Observer,
	signal: AbortSignal,
): void {
	const observe = (event: RunEvent) => {
		if (event.type === 'step-finished') {
			const step = plan.stages.flat().find(({ id }) => id === event.step);
			const what = step === undefined ? undefined : leftBy(step, event.outcome);
			if (step !== undefined && what !== undefined) keep(made, { what, step, answers });
		}
		tell(event);
	};
	services
		.run(answers, plan, observe, signal)
		.catch((error: unknown) => observe({ type: 'run-finished', at: 0, result: failure(error) }));
}

export const toUndo = (made: readonly Made[]): readonly Step[] =>
	made.map(({ step }) => undoing(step)).toReversed();

/** In reverse. What is gone is taken off the list. */
export async function takeBackAll(
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
		results.push(
			await services.undo(answers, [step], observe, never).catch((error: unknown) => {
				const result = failure(error);
				// What cannot even begin is told as the failure of its step, or no face would say why.
				if (result.kind === 'failed') {
					observe({ type: 'step-started', step: step.id, at: 0 });
					const outcome = { kind: 'failed', problem: result.problem, trace: 'none' } as const;
					observe({ type: 'step-finished', step: step.id, outcome, elapsed: 0, at: 0 });
				}
				return result;
			}),
		);
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

/** What cannot even begin ends like any failure; what else is thrown is a mistake of ours. */
function failure(error: unknown): RunResult {
	const problem =
		error instanceof PairingError
			? error.problem
			: bugProblem({
					id: 'unexpected',
					title: 'pxpair made a mistake',
					evidence: error instanceof Error ? error.name : 'unknown',
					remedies: ['Please report this. Running it again is safe.'],
				});
	return { kind: 'failed', changes: 0, problem, trace: 'none' };
}
