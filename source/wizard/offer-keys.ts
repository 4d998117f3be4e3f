import type { ByOffer, Offer, OfferId } from '../conversation/offers/offer.ts';
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
export const isOfReader = ({ id }: Offer): boolean => !['next', 'details', 'swap', 'save'].includes(id);

type Keyed = Readonly<{ key: string; does: string }>;

/** What the footer says of an offer. */
export const doesOf = ({ id, action }: Offer): string =>
	action.type === 'look-again' ? 'check again' : keyedAs(id).does;

const keyOf = (id: OfferId): string => keyedAs(id).key;

const keyedAs = (id: OfferId): Keyed => offerKeys[id] ?? change;

const change = { key: 'e', does: 'change an answer' };
const server = { key: 'd', does: 'API address' };
const endpoint = { key: 'o', does: 'Portworx address' };
const keep = { key: 'k', does: 'keep it' };
const replace = { key: 'p', does: 'replace it' };

const offerKeys: ByOffer<Keyed> = {
	next: { key: '⏎', does: 'next' },
	steps: { key: 'p', does: 'steps' },
	run: { key: 'r', does: 'run' },
	runbook: { key: 's', does: 'save runbook' },
	answers: { key: 'a', does: 'save answers' },
	again: { key: 'n', does: 'start again' },
	account: { key: 'a', does: 'ServiceAccount' },
	'answer:server': server,
	'answer:backServer': server,
	'answer:pairEndpoint': endpoint,
	'answer:backEndpoint': endpoint,
	'answer:found': { key: 'l', does: 'location' },
	'keep:credential': keep,
	'keep:pair': keep,
	'replace:credential': replace,
	'replace:pair': replace,
	retry: { key: 'r', does: 'retry' },
	details: { key: 'i', does: 'details' },
	swap: { key: 's', does: 'swap' },
	change,
	undo: { key: 'u', does: 'undo all changes' },
	prove: { key: 'p', does: 'prove it' },
	save: { key: 'y', does: 'save the manifest' },
	leave: { key: 'q', does: 'quit' },
};

/** A way out as the key that takes it here. */
export const keyWords = (keys: KeyedOffers, draft: Draft): WayWords =>
	waysOf(draft, id => {
		const key = [...keys].find(([, offer]) => offer.id === id)?.[0];
		return key && `press ${key}`;
	});
