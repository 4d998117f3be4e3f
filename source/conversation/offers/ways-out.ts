import type { Draft } from '../../pairing/answers/draft.ts';
import { storeField } from '../../pairing/answers/store-fields.ts';
import type { Problem } from '../../pairing/words/problem.ts';
import type { AnswerField, Way, WayWords } from '../../pairing/words/way.ts';
import { nothingFound } from '../found/found.ts';
import { changeable } from '../questions/answer-texts.ts';
import type { QuestionId } from '../questions/question-ids.ts';
import type { Offer, OfferId } from './offer.ts';

/** Each way that can be taken here, once. To retry can be had in any case. */
export function waysOut(problems: readonly Problem[], draft: Draft): readonly Offer[] {
	const offers = problems
		.flatMap(({ remedies }) => remedies)
		.flatMap(remedy => (typeof remedy === 'string' ? [] : (offerFor(remedy.way, draft) ?? [])));
	return offers.filter(
		({ id }, index) => id !== 'retry' && offers.findIndex(offer => offer.id === id) === index,
	);
}

/** By which offer a way is taken, where there is one. */
export function offerFor(way: Way, draft: Draft): Offer | undefined {
	switch (way.kind) {
		case 'use-account':
			return way.replaces
				? { id: 'account', action: { type: 'use-account', replaces: true }, confirm: replaceQuestion }
				: { id: 'account', action: { type: 'use-account' } };
		case 'answer': {
			const question = questionFor(way.fields, draft);
			return question && { id: `answer:${question}`, action: { type: 'ask-aside', id: question } };
		}
		case 'existing': {
			const { subject, policy } = way;
			const offer = { id: `${policy}:${subject}`, action: { type: 'decided', subject, policy } } as const;
			return policy === 'replace' ? { ...offer, confirm: replaceQuestion } : offer;
		}
		case 'retry':
			return { id: 'retry', action: { type: 'run' } };
		case 'start':
		case 'command':
			return undefined;
	}
}

/** Ways in the words of a face. What only an answers file can say is said as it is written there. */
export const waysOf =
	(draft: Draft, wordsOf: (id: OfferId) => string | undefined): WayWords =>
	way => {
		const offer = offerFor(way, draft);
		if (offer !== undefined) {
			return wordsOf(offer.id);
		}
		return way.kind === 'answer' ? inFileAlone(way.fields, way.value, draft) : undefined;
	};

function inFileAlone(
	fields: readonly AnswerField[],
	value: string | undefined,
	draft: Draft,
): string | undefined {
	const field = fields.find(name => storeFieldOf(name, draft) !== undefined);
	return field && `${field}${value === undefined ? '' : `: ${value}`}, which only an answers file can have`;
}

const storeFieldOf = (field: AnswerField, { store }: Draft) =>
	storeField(`${store}.${field.replace(/^objectStore\./, '')}`);

/** The first of these fields that is asked for with these answers. */
function questionFor(fields: readonly AnswerField[], draft: Draft): QuestionId | undefined {
	const asked = changeable(draft, nothingFound.facts);
	return fields
		.map(field => questions[field] ?? storeFieldOf(field, draft)?.id)
		.find((id): id is QuestionId => asked.some(question => question === id));
}

const questions: Readonly<Partial<Record<AnswerField, QuestionId>>> = {
	'source.context': 'source',
	'destination.context': 'destination',
	location: 'found',
	'objectStore.provider': 'store',
	'pair.name': 'name',
	'pair.namespace': 'namespace',
	'pair.mode': 'mode',
	'pair.server': 'server',
	'pair.endpoint': 'pairEndpoint',
	'pair.back.server': 'backServer',
	'pair.back.endpoint': 'backEndpoint',
};

const replaceQuestion = "Delete the existing object and create it again? This can't be undone.";
