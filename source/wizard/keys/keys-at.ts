import { isLookedAt, problemsOf } from '../../conversation/found/found.ts';
import type { Offer, OfferId } from '../../conversation/offers/offer.ts';
import { offersAt } from '../../conversation/offers/offers.ts';
import { waysOf } from '../../conversation/offers/ways-out.ts';
import type { QuestionId } from '../../conversation/questions/question-ids.ts';
import { isField, isKeyFile, isSecretField } from '../../conversation/questions/questions.ts';
import { foundHere, type WizardState } from '../../conversation/wizard-state.ts';
import type { Draft } from '../../pairing/answers/draft.ts';
import type { WayWords } from '../../pairing/words/way.ts';
import type { Binding } from '../../ui/keys/bindings.ts';
import { change, offerKeys, questionKeys } from './keys.ts';
import { type Acts, isOfMenu } from './parts.ts';

/** The keys that work where the conversation is. */
export function keysAt(state: WizardState, acts: Acts): readonly Binding[] {
	const screen = screenOf(state);
	return screen === undefined
		? []
		: questionKeys[screen]({
				...acts,
				state,
				problems: problemsOf({ ...state, found: foundHere(state) }),
				offered: which => offerBindings(keyed(offersAt(state).filter(which)), acts.take),
			});
}

function screenOf({ place, overlay, isChanging, found }: WizardState): keyof typeof questionKeys | undefined {
	if (place.kind === 'answers') {
		return 'answers';
	}
	if (place.kind !== 'question') {
		return undefined;
	}
	const { id } = place;
	if (overlay !== 'none') {
		return overlay;
	}
	switch (id) {
		case 'source':
			return isChanging ? 'choice' : 'source';
		case 'found':
			return isLookedAt(found) ? 'found' : 'looking';
		case 'review':
			return 'review';
		default:
			return isField(id) ? screenOfField(id) : 'choice';
	}
}

function screenOfField(id: QuestionId): 'secret' | 'name' | 'text' {
	if (isSecretField(id)) return 'secret';
	return isKeyFile(id) || id === 'namespace' ? 'name' : 'text';
}

/** Offers by the keys that take them. Of two with one key, the likelier has it. */
export type KeyedOffers = ReadonlyMap<string, Offer>;

export function keyed(offers: readonly Offer[]): KeyedOffers {
	const all = new Map<string, Offer>();
	for (const offer of offers) {
		const { key } = keyOf(offer.id);
		if (!all.has(key)) all.set(key, offer);
	}
	return all;
}

/** The entries of the review's menu, by their keys. */
export const reviewOffers = (state: WizardState): KeyedOffers => keyed(offersAt(state).filter(isOfMenu));

export const offerBindings = (offers: KeyedOffers, take: Acts['take']): readonly Binding[] =>
	[...offers].map(([key, offer]) => ({ key, does: doesOf(offer), act: () => take(offer) }));

/** What the footer says of an offer. */
const doesOf = ({ id, action }: Offer): string =>
	action.type === 'look-again' ? 'check again' : keyOf(id).does;

const keyOf = (id: OfferId) => offerKeys[id] ?? change;

/** A way out as the key that takes it here. */
export const keyWords = (keys: KeyedOffers, draft: Draft): WayWords =>
	waysOf(draft, id => {
		const key = [...keys].find(([, offer]) => offer.id === id)?.[0];
		return key && `press ${key}`;
	});
