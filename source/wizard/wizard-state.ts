import type { locations } from '../pairing/answers.ts';
import type { ClusterFacts } from '../pairing/cluster.ts';
import { type Draft, emptyDraft, type SecretField, type TextField } from '../pairing/draft.ts';
import type { Side } from '../pairing/pair.ts';
import type { Choice } from '../pairing/problem.ts';
import type { Secret } from '../pairing/secret.ts';
import { type Facts, mayGoWithoutStore, type QuestionId, questionsOf } from './questions.ts';

/** Where the conversation stands. Everything on the screen follows from it. */
export type WizardState = Readonly<{
	draft: Draft;
	facts: Facts;
	/** Counts up when the clusters are to be looked at anew. */
	looks: number;
	place: Place;
	/** Whether the words about this question are shown. */
	isHelpShown: boolean;
	/** An answer is being changed from the review: the next Enter goes back there. */
	isChanging: boolean;
}>;

export type Place =
	| Readonly<{ kind: 'question'; id: QuestionId }>
	/** Which answer should be changed? */
	| Readonly<{ kind: 'answers' }>
	/** `attempt` counts up with each start. */
	| Readonly<{ kind: 'run'; attempt: number }>;

export type WizardAction =
	| Readonly<{ type: 'chose-context'; side: Side; context: string }>
	| Readonly<{ type: 'swapped' }>
	| Readonly<{ type: 'located'; location: (typeof locations)[number] }>
	| Readonly<{ type: 'found'; side: Side; found: Partial<ClusterFacts> }>
	| Readonly<{ type: 'look-again' }>
	| Readonly<{ type: 'chose-store'; store: NonNullable<Draft['store']> }>
	/** Kept as it is typed, so that Esc loses nothing. */
	| Readonly<{ type: 'typed'; field: TextField; text: string }>
	| Readonly<{ type: 'typed-secret'; field: SecretField; secret: Secret }>
	| Readonly<{ type: 'next' }>
	| Readonly<{ type: 'back' }>
	| Readonly<{ type: 'help' }>
	| Readonly<{ type: 'list-answers' }>
	| Readonly<{ type: 'change'; id: QuestionId }>
	| Readonly<{ type: 'review' }>
	| Readonly<{ type: 'run' }>
	| Readonly<{ type: 'decided'; choice: Choice }>;

export const wizardStart = (draft: Partial<Draft> = {}): WizardState => ({
	draft: { ...emptyDraft, ...draft },
	facts: { source: {}, destination: {} },
	looks: 0,
	place: { kind: 'question', id: 'source' },
	isHelpShown: false,
	isChanging: false,
});

export function wizardReducer(state: WizardState, action: WizardAction): WizardState {
	const { draft } = state;
	switch (action.type) {
		case 'chose-context':
			return next(forgetFacts({ ...state, draft: { ...draft, [action.side]: action.context } }));
		case 'swapped':
			return forgetFacts({
				...state,
				draft: { ...draft, source: draft.destination, destination: draft.source },
			});
		case 'located':
			return { ...state, draft: { ...draft, location: action.location } };
		case 'found':
			return {
				...state,
				facts: { ...state.facts, [action.side]: { ...state.facts[action.side], ...action.found } },
			};
		case 'look-again':
			return forgetFacts(state);
		case 'chose-store':
			return next(withStore(state, action.store));
		case 'typed':
			return { ...state, draft: { ...draft, texts: { ...draft.texts, [action.field]: action.text } } };
		case 'typed-secret':
			return { ...state, draft: { ...draft, secrets: { ...draft.secrets, [action.field]: action.secret } } };
		case 'next':
			return next(state);
		case 'back':
			return back(state);
		case 'help':
			return { ...state, isHelpShown: !state.isHelpShown };
		case 'list-answers':
			return at(state, { kind: 'answers' });
		case 'change':
			return { ...at(state, { kind: 'question', id: action.id }), isChanging: true };
		case 'review':
			return at(state, { kind: 'question', id: 'review' });
		case 'run':
			return at(state, { kind: 'run', attempt: state.place.kind === 'run' ? state.place.attempt + 1 : 1 });
		case 'decided':
			return wizardReducer(
				{
					...state,
					draft: { ...draft, existing: { ...draft.existing, [action.choice.subject]: action.choice.id } },
				},
				{ type: 'run' },
			);
	}
}

const at = (state: WizardState, place: Place): WizardState => ({
	...state,
	place,
	isHelpShown: false,
	isChanging: false,
});

const forgetFacts = (state: WizardState): WizardState => ({
	...state,
	facts: { source: {}, destination: {} },
	looks: state.looks + 1,
});

function next(state: WizardState): WizardState {
	const { place, isChanging } = state;
	if (place.kind !== 'question') {
		return state;
	}
	// Another cluster changes what was found, so that is shown before the review.
	if (isChanging && (place.id === 'source' || place.id === 'destination')) {
		return { ...at(state, { kind: 'question', id: 'found' }), isChanging };
	}
	// A store was not needed where other clusters stood, or by what was said of their location then.
	if (place.id === 'found' && state.draft.store === 'none' && !mayGoWithoutStore(state.draft, state.facts)) {
		return { ...at(state, { kind: 'question', id: 'store' }), draft: { ...state.draft, store: undefined } };
	}
	if (isChanging) {
		return at(state, { kind: 'question', id: 'review' });
	}
	const questions = questionsOf(state.draft);
	const id = questions[questions.indexOf(place.id) + 1] ?? 'review';
	return at(state, { kind: 'question', id });
}

/** Another store has other questions: they are asked before the review comes back. */
function withStore(state: WizardState, store: NonNullable<Draft['store']>): WizardState {
	const isChanging = state.isChanging && state.draft.store === store;
	return { ...state, draft: { ...state.draft, store }, isChanging };
}

function back(state: WizardState): WizardState {
	if (state.isHelpShown) {
		return { ...state, isHelpShown: false };
	}
	const { place } = state;
	if (place.kind !== 'question' || state.isChanging) {
		return at(state, place.kind === 'question' ? { kind: 'answers' } : { kind: 'question', id: 'review' });
	}
	const questions = questionsOf(state.draft);
	const id = questions[questions.indexOf(place.id) - 1];
	return id ? at(state, { kind: 'question', id }) : state;
}
