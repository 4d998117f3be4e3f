import type { RunState } from './run-state.ts';

/** `absent`: not found, so there was nothing to delete. `left`: still exists. */
export type UndoneCounts = Readonly<{ deleted: number; absent: number; left: number }>;

/** What an undo came to, in the same words on every face. */
export function undoneText({ deleted, absent, left }: UndoneCounts): string {
	const counts = [
		`${deleted} of ${deleted + left + absent} changes deleted`,
		...(absent > 0 ? [`${absent} not found`] : []),
		...(left > 0 ? [`${left} still ${left === 1 ? 'exists' : 'exist'}`] : []),
	];
	return `${left === 0 ? 'Undone' : 'Not fully undone'}: ${counts.join(', ')}`;
}

/** Of an undo with a row for each change. @param left how many of them still exist */
export function undoneCounts({ rows }: RunState, left: number): UndoneCounts {
	const absent = rows.filter(({ state }) => state.kind === 'undone' && state.absent).length;
	return { deleted: rows.length - absent - left, absent, left };
}
