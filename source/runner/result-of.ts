import type { Outcome, RunResult } from './run-event.ts';

/** What a run came to, by how its steps ended. */
export function resultOf(outcomes: readonly Outcome[]): RunResult {
	const changes = outcomes.filter(isChange).length;
	const failures = outcomes.filter(outcome => outcome.kind === 'failed');
	const failure = failures[0];
	if (failure) {
		const trace = failures.some(({ trace }) => trace === 'unknown') ? 'unknown' : 'none';
		return { kind: 'failed', changes, problem: failure.problem, trace };
	}
	// Without a failure, only a stop keeps a step from being started.
	return outcomes.some(({ kind }) => kind === 'cancelled' || kind === 'skipped')
		? { kind: 'cancelled', changes }
		: { kind: 'done', changes };
}

const isChange = (outcome: Outcome): boolean =>
	outcome.kind === 'changed' || (outcome.kind === 'undone' && outcome.kept === undefined && !outcome.absent);
