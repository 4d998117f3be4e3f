import type { RunState } from '../../runner/run-state.ts';
import type { Phase } from '../story/aftermath.ts';

/** Asked before a run or an undo is stopped, with what there is by then. */
export function stopQuestion(phase: Phase | undefined, { rows }: RunState): string {
	const ask = 'Stop after the current change?';
	if (phase !== 'undoing') {
		return ask;
	}
	const done = rows.filter(({ state }) => state.kind === 'undone' && state.kept === undefined).length;
	return `${ask} ${done} of ${rows.length} changes are undone; the rest can be undone later.`;
}

export const stoppingNow = 'Stopping after the current change…';
