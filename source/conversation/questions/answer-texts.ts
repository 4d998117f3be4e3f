import type { Draft } from '../../pairing/answers/draft.ts';
import { storeField } from '../../pairing/answers/store-fields.ts';
import type { QuestionId } from './question-ids.ts';
import { type Facts, isSecretField, lowerFirst } from './questions.ts';
import { defaulted, questionsOf } from './sequence.ts';

/** Every answer that may be another, in the order in which they are asked for. */
export const changeable = (draft: Draft, facts: Facts): readonly QuestionId[] => [
	...questionsOf(draft, facts).filter(id => id !== 'defaults' && id !== 'review'),
	...defaulted(draft, facts),
];

/** An answer in a few words. Of a secret, dots. */
export function answerText(
	id: QuestionId,
	{ source, destination, location, store, texts, secrets, login, bothWays }: Draft,
): string {
	if (isSecretField(id)) {
		return secrets[id]?.length ? String(secrets[id]) : (emptyText(id) ?? 'not given');
	}
	switch (id) {
		case 'source':
			return source ?? '';
		case 'destination':
			return destination ?? '';
		case 'found':
			return location === 'auto' ? 'location as detected' : `${location}, as you set it`;
		case 'store':
			return store ?? '';
		case 'pairEndpoint':
		case 'backEndpoint':
			return texts[id] || 'detected';
		case 'server':
		case 'backServer':
			return texts[id] || 'as in the kubeconfig';
		case 'login':
			return login === 'service-account' ? 'a ServiceAccount created by pxpair' : 'your own';
		case 'direction':
			return bothWays ? 'yes, both ways' : 'no';
		case 'mode':
			return texts.mode || 'Portworx default';
		case 'keyless':
		case 'defaults':
		case 'review':
			return '';
		default:
			return texts[id] || leftOut(id);
	}
}

/** What it means that a field of the store is not given. */
function leftOut(id: QuestionId): string {
	const entry = storeField(id);
	switch (entry?.kind) {
		case 'choice':
			return entry.field.usual ?? lowerFirst(entry.field.ask?.none?.label ?? 'none');
		case 'text':
			return entry.field.optional ? (emptyText(id) ?? 'none') : '';
		default:
			return '';
	}
}

function emptyText(id: QuestionId): string | undefined {
	const entry = storeField(id);
	return entry?.kind === 'text' || entry?.kind === 'secret' ? entry.field.ask?.empty : undefined;
}
