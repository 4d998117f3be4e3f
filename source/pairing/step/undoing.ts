import type { Remains, Step, Undone } from './step.ts';

/** Deletes what a change made, and only that. Says what became of it. */
export async function undo(found: Promise<Remains>): Promise<Undone> {
	const remains = await found;
	return remains.kind === 'deletable' ? remains.delete() : remains;
}

/** The same step, titled as what its undo does: no one should read "Creating…" while something is deleted. */
export const undoing = (step: Step): Step => {
	const what = step.change?.makes ?? step.title.plan;
	return {
		...step,
		title: { plan: `Delete ${what}`, doing: `Deleting ${what}…`, holds: `Deleted ${what}` },
	};
};
