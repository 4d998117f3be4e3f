import { authIn, type Draft } from '../../pairing/answers/draft.ts';
import { isProvider, providerNames } from '../../pairing/answers/providers.ts';
import {
	askedFieldsOf,
	isKeyless,
	isOfKey,
	type StoreField,
	storeField,
} from '../../pairing/answers/store-fields.ts';
import type { Found } from '../found/found.ts';
import type { QuestionId } from './question-ids.ts';
import { type Facts, isField, judge, suggestedLogin, suggestion } from './questions.ts';

/** What is asked, one screen each: what has no good default, then all defaults on one page, then the review. */
export const questionsOf = (draft: Draft, facts: Facts): readonly QuestionId[] => [
	'source',
	'destination',
	'found',
	...(isStored(draft)
		? (['store', ...storeQuestions(draft).filter(id => !hasDefault(id, draft, facts))] as const)
		: []),
	'defaults',
	'review',
];

/** What is on the page of the defaults. */
export const defaulted = (draft: Draft, facts: Facts): readonly QuestionId[] => [
	...(isStored(draft) ? storeQuestions(draft).filter(id => hasDefault(id, draft, facts)) : []),
	'namespace',
	'name',
	...(isStored(draft) ? (['mode', 'pairEndpoint'] as const) : []),
	'server',
	'login',
	'direction',
	...(draft.bothWays
		? (['backServer', ...(isStored(draft) ? (['backEndpoint'] as const) : [])] as const)
		: []),
];

/** How many screens there are; while the store is not chosen, as many as there may be. */
export const lengthOf = (draft: Draft, facts: Facts): number =>
	draft.store === undefined
		? Math.max(...providerNames.map(store => questionsOf({ ...draft, store }, facts).length))
		: questionsOf(draft, facts).length;

/** With what most people take for everything that no one has answered. */
export function withDefaults(draft: Draft, { facts, findings }: Pick<Found, 'facts' | 'findings'>): Draft {
	const suggested = defaulted(draft, facts)
		.map(id => [id, suggestion(id, draft, facts)] as const)
		.filter(([, text]) => text !== '');
	return {
		...draft,
		texts: { ...Object.fromEntries(suggested), ...draft.texts },
		login: draft.login ?? suggestedLogin(findings),
	};
}

/** The first of the defaults that was changed into something that cannot be. */
export const wrongDefault = (draft: Draft, facts: Facts): QuestionId | undefined =>
	defaulted(draft, facts).find(id => !isAnswered(id, draft));

/**
 * Whether there is nothing left to ask, for who began with answers. What has a default needs no answer; what was found has to
 * be seen in any case.
 */
export function isAnswered(id: QuestionId, draft: Draft): boolean {
	const entry = storeField(id);
	if (entry && entry.kind !== 'switch') {
		return isFieldAnswered(entry, draft);
	}
	switch (id) {
		case 'source':
		case 'destination':
		case 'store':
			return draft[id] !== undefined;
		case 'defaults':
			return storeQuestions(draft).every(field => isAnswered(field, draft));
		case 'found':
		case 'review':
			return false;
		default:
			return !isField(id) || isTypedRight(id, draft);
	}
}

function isFieldAnswered(
	{ kind, id, field }: Exclude<StoreField, { kind: 'switch' }>,
	{ texts, secrets }: Draft,
): boolean {
	switch (kind) {
		case 'secret':
			return field.optional || (secrets[id]?.length ?? 0) > 0;
		case 'key-file':
			return secrets[id] !== undefined;
		case 'text':
			return judge(id, texts[id] ?? '').kind === 'fine';
		case 'choice':
			return field.optional || texts[id] !== undefined;
	}
}

function isTypedRight(id: QuestionId, { texts }: Draft): boolean {
	const typed = Object.entries(texts).find(([name]) => name === id)?.[1];
	return typed === undefined || judge(id, typed).kind === 'fine';
}

/** Key and endpoint of an object store are known. */
export const isReady = (draft: Draft): boolean =>
	isStored(draft) && storeQuestions(draft).length > 0 && isAnswered('defaults', draft);

/** One Portworx that spans both clusters has no store between them. */
const isStored = ({ storage }: Draft): boolean => storage === 'paired';

/** Where Portworx logs in without keys, none is asked for. */
const storeQuestions = (draft: Draft): readonly QuestionId[] =>
	draft.store !== undefined && isProvider(draft.store)
		? askedFieldsOf(draft.store)
				.filter(entry => !(isKeyless(authIn(draft)) && isOfKey(entry)))
				.map(({ id }) => id)
		: [];

/** What may be left out, and what was detected or is nearly always so. */
function hasDefault(id: QuestionId, draft: Draft, facts: Facts): boolean {
	const entry = storeField(id);
	switch (entry?.kind) {
		case 'text':
			return entry.field.optional === true || suggestion(id, draft, facts) !== '';
		case 'secret':
		case 'choice':
			return entry.field.optional === true;
		default:
			return false;
	}
}
