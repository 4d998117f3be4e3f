import type { Offer, OfferId } from '../conversation/offers/offer.ts';
import { waysOf } from '../conversation/offers/ways-out.ts';
import type { Draft } from '../pairing/answers/draft.ts';
import type { WayWords } from '../pairing/words/way.ts';

/** Offers by the keys that take them. Of two with one key, the likelier has it. */
export type KeyedOffers = ReadonlyMap<string, Offer>;

export function keyed(offers: readonly Offer[]): KeyedOffers {
	const all = new Map<string, Offer>();
	for (const offer of offers) {
		const key = keyOf(offer.id);
		if (!all.has(key)) all.set(key, offer);
	}
	return all;
}

/** What can be taken while problems are read. */
export const isOfReader = ({ id }: Offer): boolean => id !== 'next' && id !== 'swap' && id !== 'save';

/** What the footer says of an offer. */
export function doesOf({ id, action }: Offer): string {
	switch (id) {
		case 'next':
			return 'next';
		case 'steps':
			return 'steps';
		case 'run':
			return 'run';
		case 'runbook':
			return 'save runbook';
		case 'answers':
			return 'save answers';
		case 'again':
			return 'start again';
		case 'account':
			return 'ServiceAccount';
		case 'answer:server':
		case 'answer:backServer':
			return 'API address';
		case 'answer:pairEndpoint':
		case 'answer:backEndpoint':
			return 'Portworx address';
		case 'answer:found':
			return 'location';
		case 'keep:credential':
		case 'keep:pair':
			return 'keep it';
		case 'replace:credential':
		case 'replace:pair':
			return 'replace it';
		case 'retry':
			return action.type === 'look-again' ? 'check again' : 'retry';
		case 'swap':
			return 'swap';
		case 'undo':
			return 'undo what was made';
		case 'prove':
			return 'prove it';
		case 'save':
			return 'save the manifest';
		case 'leave':
			return 'quit';
		default:
			return 'change an answer';
	}
}

function keyOf(id: OfferId): string {
	switch (id) {
		case 'next':
			return '⏎';
		case 'steps':
			return 'p';
		case 'run':
			return 'r';
		case 'runbook':
			return 's';
		case 'answers':
			return 'a';
		case 'again':
			return 'n';
		case 'account':
			return 'a';
		case 'answer:server':
		case 'answer:backServer':
			return 'd';
		case 'answer:pairEndpoint':
		case 'answer:backEndpoint':
			return 'o';
		case 'answer:found':
			return 'l';
		case 'keep:credential':
		case 'keep:pair':
			return 'k';
		case 'replace:credential':
		case 'replace:pair':
			return 'p';
		case 'retry':
			return 'r';
		case 'swap':
			return 's';
		case 'undo':
			return 'u';
		case 'prove':
			return 'p';
		case 'save':
			return 'y';
		case 'leave':
			return 'q';
		default:
			return 'e';
	}
}

/** A way out as the key that takes it here. */
export const keyWords = (keys: KeyedOffers, draft: Draft): WayWords =>
	waysOf(draft, id => {
		const key = [...keys].find(([, offer]) => offer.id === id)?.[0];
		return key && `press ${key}`;
	});
