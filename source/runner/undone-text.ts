import type { Outcome } from './run-event.ts';
import type { RunState } from './run-state.ts';

/** `absent`: not found, so there was nothing to delete. `left`: still exists. */
export type UndoneCounts = Readonly<{
	deleted: number;
	absent: number;
	left: number;
	/** Someone stopped it on the way. */
	isStopped: boolean;
}>;

/** Of a change that still exists, since the undo was stopped before it. */
export const undoStopped: Outcome = { kind: 'skipped', because: 'the undo was stopped' };

/** What an undo came to, in the same words on every face. */
export function undoneText({ deleted, absent, left, isStopped }: UndoneCounts): string {
	const counts = [
		`${deleted} of ${deleted + left + absent} changes deleted`,
		...(absent > 0 ? [`${absent} not found`] : []),
		...(left > 0 ? [`${left} still ${left === 1 ? 'exists' : 'exist'}`] : []),
	];
	const head = left === 0 ? 'Undone' : isStopped ? 'Undo stopped' : 'Not fully undone';
	return `${head}: ${counts.join(', ')}`;
}

/** Of an undo with a row for each change. @param left how many of them still exist */
export function undoneCounts({ rows, result }: RunState, left: number): UndoneCounts {
	const absent = rows.filter(({ state }) => state.kind === 'undone' && state.absent).length;
	return { deleted: rows.length - absent - left, absent, left, isStopped: result?.kind === 'cancelled' };
}
