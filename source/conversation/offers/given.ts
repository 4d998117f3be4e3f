import type { Draft } from '../../pairing/answers/draft.ts';
import { doubtAbout, storeField } from '../../pairing/answers/store-fields.ts';
import { type OfferId, questionOf } from './offer.ts';

/**
 * What was given, beside the offer to give another. Of a key's ID, which Portworx itself lists, its end, so that one key can be told
 * from another; nothing of what is secret, and nothing of an ID that may be a secret in the wrong place.
 */
export function givenText(id: OfferId, { texts, secrets }: Draft): string | undefined {
	const entry = storeField(questionOf(id));
	switch (entry?.kind) {
		case 'secret': {
			const given = secrets[entry.id];
			const isShown =
				entry.field.isListed && given && given.length >= longEnough && !doubtAbout(entry, given);
			return isShown ? `the one you gave ends in …${given.reveal().slice(-4)}` : undefined;
		}
		case 'text':
		case 'key-file':
			return texts[entry.id] ? `you gave ${texts[entry.id]}` : undefined;
		default:
			return undefined;
	}
}

/** Of fewer characters, four would be too much. */
const longEnough = 12;
