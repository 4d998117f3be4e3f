import { confirm } from './choose.ts';
import type { Dialogue } from './dialogue.ts';
import { goOnAfter, leaveIfAsked, takeBack } from './run.ts';

/** What an earlier run made is told as a plan, then undone. */
export async function undoEarlier(dialogue: Dialogue): Promise<void> {
	const { say, services, dispatch, made, remember } = dialogue;
	const { unfinished } = services;
	[
		'',
		unfinished?.title ?? '',
		'These are deleted, in this order. What existed before the run is kept.',
		...made()
			.toReversed()
			.map(({ what, step }) => `  ${step.on}: ${what}`),
	].forEach(say);
	if (!(await confirm(dialogue, 'Undo it?'))) {
		return dispatch({ type: 'back' });
	}
	unfinished?.takeUp();
	const undo = async (): Promise<void> => {
		const run = await takeBack(dialogue);
		remember({ kind: 'took-back', title: unfinished?.title ?? '', run, standing: made().length });
		leaveIfAsked(dialogue);
		await goOnAfter(dialogue, { initial: 'leave', back: { type: 'leave' }, undo });
	};
	await undo();
}
