import type { Answers } from '../../pairing/answers/answers.ts';
import type { Plan } from '../../pairing/step/step.ts';
import { problemOf } from '../../runner/problem-of.ts';
import type { Observer, RunEvent, RunResult } from '../../runner/run-event.ts';
import { undoStopped } from '../../runner/undone-text.ts';
import type { WizardServices } from '../services.ts';
import type { Made } from './story.ts';

/** One attempt at a plan. It never throws. */
export function attempt(
	{ services, answers, plan }: Readonly<{ services: WizardServices; answers: Answers; plan: Plan }>,
	tell: Observer,
	signal: AbortSignal,
): void {
	services
		.run(answers, plan, tell, signal)
		.catch((error: unknown) => tell({ type: 'run-finished', at: 0, result: failure(error) }));
}

/** In reverse, each with the answers it was made from, until it is stopped; the one end is told when all are through. */
export async function takeBackAll(
	services: WizardServices,
	made: readonly Made[],
	tell: (event: RunEvent, of?: Made) => void,
	signal: AbortSignal,
): Promise<void> {
	const results: RunResult[] = [];
	for (const each of made.toReversed()) {
		const { step, answers } = each;
		const observe = (event: RunEvent) => {
			if (event.type !== 'run-finished') tell(event, each);
		};
		if (signal.aborted) {
			observe({ type: 'step-finished', step: step.id, outcome: undoStopped, elapsed: 0, at: 0 });
			results.push({ kind: 'cancelled', changes: 0 });
			continue;
		}
		results.push(
			await services.undo(answers, [step], observe, signal).catch((error: unknown) => {
				const result = failure(error);
				// What cannot even begin is told as the failure of its step, or no face would say why.
				observe({ type: 'step-started', step: step.id, at: 0 });
				const outcome = { kind: 'failed', problem: result.problem, trace: 'none' } as const;
				observe({ type: 'step-finished', step: step.id, outcome, elapsed: 0, at: 0 });
				return result;
			}),
		);
	}
	const failed = results.find(result => result.kind === 'failed');
	const kind = results.some(result => result.kind === 'cancelled') ? 'cancelled' : 'done';
	const changes = results.reduce((sum, result) => sum + result.changes, 0);
	tell({ type: 'run-finished', at: 0, result: failed ?? { kind, changes } });
}

/** What cannot even begin ends like any failure; what else is thrown is a mistake of ours. */
const failure = (error: unknown): Extract<RunResult, { kind: 'failed' }> => ({
	kind: 'failed',
	changes: 0,
	problem: problemOf(error),
	trace: 'none',
});
