import { isConversation } from '../conversation/offers/offer.ts';
import { offersAt } from '../conversation/offers/offers.ts';
import { confirm } from './choose.ts';
import type { Dialogue } from './dialogue.ts';
import { Left } from './keyboard.ts';
import { chooseOffer } from './offer.ts';
import { leaveIfAsked, takeBack } from './run.ts';

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
	for (;;) {
		const run = await takeBack(dialogue);
		remember({ kind: 'took-back', title: unfinished?.title ?? '', run, standing: made().length });
		leaveIfAsked(dialogue);
		const offer = await chooseOffer(dialogue, offersAt(dialogue.state()), { initial: 'leave' });
		if (offer !== undefined && isConversation(offer.action)) {
			return dispatch(offer.action);
		}
		if (offer?.action.type !== 'undo-made') {
			throw new Left();
		}
	}
}
