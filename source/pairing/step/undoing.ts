import type { Step } from './step.ts';

/** The same step, titled as what its undo does: nobody should read "Creating…" while something is deleted. */
export const undoing = (step: Step): Step => {
	const what = step.change?.makes ?? step.title.plan;
	return {
		...step,
		title: { plan: `Delete ${what}`, doing: `Deleting ${what}…`, holds: `Deleted ${what}` },
	};
};
