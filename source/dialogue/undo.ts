import { isConversation } from '../conversation/offer.ts';
import { offersAt } from '../conversation/offers.ts';
import { confirm } from './choose.ts';
import type { Dialogue } from './dialogue.ts';
import { Left } from './keyboard.ts';
import { chooseOffer } from './offer.ts';
import { leaveIfAsked, takeBack } from './run.ts';

/** What an earlier run made is told as a plan, then taken back. */
export async function undoEarlier(dialogue: Dialogue): Promise<void> {
	const { say, services, dispatch, made, remember } = dialogue;
	const { unfinished } = services;
	[
		'',
		unfinished?.title ?? '',
		'This is removed, in this order. What the run found there stays.',
		...made()
			.toReversed()
			.map(({ what, step }) => `  ${step.on}: ${what}`),
	].forEach(say);
	if (!(await confirm(dialogue, 'Take it back?'))) {
		return dispatch({ type: 'back' });
	}
	unfinished?.takeUp();
	const run = await takeBack(dialogue);
	remember({ kind: 'took-back', title: unfinished?.title ?? '', run, standing: made().length });
	leaveIfAsked(dialogue);
	const offer = await chooseOffer(dialogue, offersAt(dialogue.state()), { initial: 'leave' });
	if (offer === undefined || !isConversation(offer.action)) {
		throw new Left();
	}
	dispatch(offer.action);
}
