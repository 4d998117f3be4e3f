import { authIn, type Draft } from '../pairing/answers/draft.ts';
import { isKeyless, storeField } from '../pairing/answers/store-fields.ts';
import { defined } from '../pairing/words/json.ts';
import { nothingFound } from './found/found.ts';
import type { QuestionId } from './questions/question-ids.ts';
import { mayGoWithoutStore } from './questions/questions.ts';
import { isAnswered, questionsOf } from './questions/sequence.ts';
import type { Place, WizardAction, WizardState } from './wizard-state.ts';

/** Somewhere else in the conversation. */
export const at = (state: WizardState, place: Place): WizardState => ({
	...state,
	place,
	overlay: 'none',
	isChanging: false,
	live: undefined,
});

/** @param from where it was opened, and where its answer leads back to */
export const atQuestion = (state: WizardState, id: QuestionId, from?: From): WizardState =>
	at(state, { kind: 'question', id, ...defined({ from }) });

type From = Extract<Place, { kind: 'question' }>['from'];

/** A run begins, or begins again. */
export const started = (state: WizardState): WizardState =>
	at(state, { kind: 'run', attempt: state.place.kind === 'run' ? state.place.attempt + 1 : 1 });

/** With the first question that the draft does not answer. */
export function begun(state: WizardState, draft: Draft): WizardState {
	const id = questionsOf(draft, state.found.facts).find(question => !isAnswered(question, draft)) ?? 'review';
	return { ...atQuestion({ ...state, draft }, id), asks: 'what-is-missing' };
}

/** What was found is looked for again. */
export const forgetFound = (state: WizardState): WizardState => ({
	...state,
	found: nothingFound,
	overlay: 'none',
	looks: state.looks + 1,
});

/** To what comes after this question. */
export function next(state: WizardState): WizardState {
	const { place, isChanging, draft, found } = state;
	if (place.kind !== 'question') {
		return state;
	}
	const missing = missingKey(place.id, state);
	if (missing !== undefined) {
		return atQuestion(state, missing);
	}
	if (place.from !== undefined) {
		const opened = { ...atQuestion(state, place.from), isChanging };
		return place.from === 'found' ? forgetFound(opened) : opened;
	}
	// Another cluster changes what was found, so that is shown before the review.
	if (isChanging && (place.id === 'source' || place.id === 'destination')) {
		return { ...atQuestion(state, 'found'), isChanging };
	}
	// A store was not needed where other clusters stood, or by what was said of their location then.
	if (place.id === 'found' && draft.store === 'none' && !mayGoWithoutStore(draft, found.facts)) {
		return { ...atQuestion(state, 'store'), draft: { ...draft, store: undefined } };
	}
	if (isChanging) {
		return atQuestion(state, 'review');
	}
	return atQuestion(state, questionAfter(place.id, state));
}

/** Another login to the store may need what the last one did without. */
const missingKey = (id: QuestionId, { draft, found }: WizardState): QuestionId | undefined =>
	storeField(id)?.name === 'auth'
		? questionsOf(draft, found.facts).find(key => storeField(key) && !isAnswered(key, draft))
		: undefined;

function questionAfter(id: QuestionId, { draft, found, asks }: WizardState): QuestionId {
	const questions = questionsOf(draft, found.facts);
	const after = questions.slice(questions.indexOf(id) + 1);
	return after.find(question => asks === 'everything' || !isAnswered(question, draft)) ?? 'review';
}

/** One step back, as Esc does. */
export function back(state: WizardState): WizardState {
	if (state.overlay !== 'none') {
		return { ...state, overlay: 'none' };
	}
	const { place } = state;
	if (place.kind === 'undo') {
		return at(state, { kind: 'begin' });
	}
	if (place.kind === 'question' && place.from !== undefined) {
		return { ...atQuestion(state, place.from), isChanging: state.isChanging };
	}
	if (place.kind !== 'question' || state.isChanging) {
		return place.kind === 'question' ? at(state, { kind: 'answers' }) : atQuestion(state, 'review');
	}
	const questions = questionsOf(state.draft, state.found.facts);
	const id = questions[questions.indexOf(place.id) - 1];
	return id ? atQuestion(state, id) : state;
}

/** Another store, or keys after all, has other questions: they are asked before the review comes back. */
export function withStore(
	state: WizardState,
	{ store, auth = '' }: Extract<WizardAction, { type: 'chose-store' }>,
): WizardState {
	const { draft } = state;
	const login = storeField(`${store}.auth`);
	const wasKeyless = isKeyless(authIn({ ...draft, store }));
	const texts =
		login?.kind === 'choice' && (wasKeyless || isKeyless(auth))
			? { ...draft.texts, [login.id]: auth }
			: draft.texts;
	return {
		...state,
		draft: draft.store === store && draft.texts === texts ? draft : { ...draft, store, texts },
		place: { kind: 'question', id: 'store' },
		isChanging: state.isChanging && draft.store === store && (isKeyless(auth) || !wasKeyless),
	};
}
