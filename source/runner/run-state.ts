import { type Plan, type Step, stepsOf } from '../pairing/step/step.ts';
import type { Outcome, RunEvent, RunResult } from './run-event.ts';

/** The state of a run: only ever the sum of its events. */
export type RunState = Readonly<{
	rows: readonly RunRow[];
	/** undefined while it runs. */
	result: RunResult | undefined;
}>;

export type RunRow = Readonly<{ step: Step; elapsed: number; note: string | undefined; state: RowState }>;

export type RowState = Readonly<{ kind: 'pending' } | { kind: 'running' }> | Outcome;

export const runStart = (steps: readonly Step[]): RunState => ({
	rows: steps.map(step => ({ step, elapsed: 0, note: undefined, state: { kind: 'pending' } })),
	result: undefined,
});

export const runStartOf = (plan: Plan): RunState => runStart(stepsOf(plan));

export function runReducer(state: RunState, event: RunEvent): RunState {
	if (event.type === 'run-finished') {
		return { ...state, result: event.result };
	}
	return { ...state, rows: state.rows.map(row => (row.step.id === event.step ? rowAfter(row, event) : row)) };
}

function rowAfter(row: RunRow, event: Exclude<RunEvent, { type: 'run-finished' }>): RunRow {
	switch (event.type) {
		case 'step-started':
			return { ...row, state: { kind: 'running' }, elapsed: 0 };
		case 'step-changing':
			return row;
		case 'step-noted':
			return { ...row, note: event.note };
		case 'step-waiting':
			return { ...row, elapsed: event.elapsed };
		case 'step-finished':
			return { ...row, state: event.outcome, elapsed: event.elapsed };
	}
}
