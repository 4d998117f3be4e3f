import type { Login, locations, Policy } from '../pairing/answers/answers.ts';
import { type Draft, emptyDraft, type SecretField, type TextField } from '../pairing/answers/draft.ts';
import type { ClusterFacts } from '../pairing/clusters/cluster.ts';
import type { Finding } from '../pairing/words/finding.ts';
import type { Side } from '../pairing/words/pair.ts';
import type { Secret } from '../pairing/words/secret.ts';
import { type Found, nothingFound } from './found.ts';
import type { QuestionId } from './question-ids.ts';
import { isAnswered, mayGoWithoutStore, questionsOf } from './questions.ts';
import { type Live, type Story, type StoryAction, tellStory } from './story.ts';

/** Where the conversation stands. Everything on the screen follows from it. */
export type WizardState = Readonly<{
	draft: Draft;
	found: Found;
	/** Counts up when the clusters are to be looked at anew. */
	looks: number;
	place: Place;
	/** What is laid over the place: words about this question, or all that was found to be wrong. */
	overlay: 'none' | 'help' | 'problems';
	/** An answer is being changed from the review: the next Enter goes back there. */
	isChanging: boolean;
	/** Whoever began with answers is only asked for what is missing. */
	asks: 'everything' | 'what-is-missing';
	/** What was told of changes, also by the run that is gone on with. */
	story: Story;
	live: Live | undefined;
}>;

export type Place =
	/** An earlier run did not come to its end: what now? */
	| Readonly<{ kind: 'begin' }>
	/** What that run made is taken back. */
	| Readonly<{ kind: 'undo' }>
	/** `aside`: asked because of what was found, which is looked for anew after the answer. */
	| Readonly<{ kind: 'question'; id: QuestionId; aside?: true }>
	/** Which answer should be changed? */
	| Readonly<{ kind: 'answers' }>
	/** `attempt` counts up with each start. */
	| Readonly<{ kind: 'run'; attempt: number }>;

export type WizardAction =
	| StoryAction
	| Readonly<{ type: 'start-anew' }>
	| Readonly<{ type: 'go-on'; draft: Draft; story: Story }>
	| Readonly<{ type: 'undo-first'; story: Story }>
	| Readonly<{ type: 'chose-context'; side: Side; context: string }>
	| Readonly<{ type: 'swapped' }>
	| Readonly<{ type: 'located'; location: (typeof locations)[number] }>
	| Readonly<{ type: 'found'; side: Side; found: Partial<ClusterFacts> }>
	/** `isWhole`: these are all there are, and nothing more is looked for. */
	| Readonly<{ type: 'checked'; findings: readonly Finding[]; isWhole: boolean }>
	| Readonly<{ type: 'look-again' }>
	| Readonly<{ type: 'chose-store'; store: NonNullable<Draft['store']> }>
	| Readonly<{ type: 'chose-login'; login: Login }>
	| Readonly<{ type: 'chose-direction'; bothWays: boolean }>
	/** Kept as it is typed, so that Esc loses nothing. */
	| Readonly<{ type: 'typed'; field: TextField; text: string }>
	| Readonly<{ type: 'typed-secret'; field: SecretField; secret: Secret }>
	| Readonly<{ type: 'next' }>
	| Readonly<{ type: 'back' }>
	| Readonly<{ type: 'help' }>
	| Readonly<{ type: 'problems' }>
	| Readonly<{ type: 'list-answers' }>
	| Readonly<{ type: 'change'; id: QuestionId }>
	/** What was found calls for another login, or for an answer that is not asked for otherwise. */
	| Readonly<{ type: 'use-account'; replaces?: true }>
	| Readonly<{ type: 'ask-aside'; id: QuestionId }>
	| Readonly<{ type: 'review' }>
	| Readonly<{ type: 'run' }>
	| Readonly<{ type: 'decided'; subject: keyof Draft['existing']; policy: Policy }>;

export type Beginning = Readonly<{
	draft?: Partial<Draft>;
	/** The draft is of answers that were given, and not of a few flags. */
	isGiven?: boolean;
	/** There is a run to go on with. */
	isUnfinished?: boolean;
}>;

export function wizardStart({ draft = {}, isGiven, isUnfinished }: Beginning = {}): WizardState {
	const state: WizardState = {
		draft: { ...emptyDraft, ...draft },
		found: nothingFound,
		looks: 0,
		place: isUnfinished ? { kind: 'begin' } : { kind: 'question', id: 'source' },
		overlay: 'none',
		isChanging: false,
		asks: 'everything',
		story: [],
		live: undefined,
	};
	return isGiven ? begun(state, state.draft) : state;
}

export function wizardReducer(state: WizardState, action: WizardAction): WizardState {
	const { draft } = state;
	switch (action.type) {
		case 'began':
		case 'undo-began':
		case 'told':
			return tellStory(state, action);
		case 'start-anew':
			return { ...at(state, { kind: 'question', id: 'source' }), story: [] };
		case 'go-on':
			return begun({ ...state, story: action.story }, action.draft);
		case 'undo-first':
			return { ...at(state, { kind: 'undo' }), story: action.story };
		case 'chose-context':
			return next(forgetFound(withContext(state, action)));
		case 'swapped':
			return forgetFound({ ...state, draft: swapped(draft) });
		case 'located':
			return { ...state, draft: { ...draft, location: action.location }, overlay: 'none' };
		case 'found':
			return withFacts(state, action);
		case 'checked':
			return withFindings(state, action);
		case 'look-again':
			return forgetFound(state);
		case 'chose-store':
			return next(withStore(state, action.store));
		case 'chose-login':
			return next({ ...state, draft: { ...draft, login: action.login } });
		case 'chose-direction':
			return next({ ...state, draft: { ...draft, bothWays: action.bothWays } });
		case 'typed':
			return { ...state, draft: { ...draft, texts: { ...draft.texts, [action.field]: action.text } } };
		case 'typed-secret':
			return { ...state, draft: { ...draft, secrets: { ...draft.secrets, [action.field]: action.secret } } };
		case 'next':
			return next(state);
		case 'back':
			return back(state);
		case 'help':
			return { ...state, overlay: state.overlay === 'help' ? 'none' : 'help' };
		case 'problems':
			return { ...state, overlay: state.overlay === 'problems' ? 'none' : 'problems' };
		case 'list-answers':
			return at(state, { kind: 'answers' });
		case 'change':
			return { ...at(state, { kind: 'question', id: action.id }), isChanging: true };
		case 'use-account': {
			const existing = action.replaces ? ({ ...draft.existing, pair: 'replace' } as const) : draft.existing;
			const changed: WizardState = {
				...state,
				draft: { ...draft, login: 'service-account', existing },
				overlay: 'none',
			};
			return state.place.kind === 'run' ? started(changed) : forgetFound(changed);
		}
		case 'ask-aside':
			return state.place.kind === 'run'
				? wizardReducer(state, { type: 'change', id: action.id })
				: {
						...at(state, { kind: 'question', id: action.id, aside: true }),
						isChanging: state.isChanging,
					};
		case 'review':
			return at(state, { kind: 'question', id: 'review' });
		case 'run':
			return started(state);
		case 'decided': {
			const existing = { ...draft.existing, [action.subject]: action.policy };
			return started({ ...state, draft: { ...draft, existing } });
		}
	}
}

const at = (state: WizardState, place: Place): WizardState => ({
	...state,
	place,
	overlay: 'none',
	isChanging: false,
	live: undefined,
});

const started = (state: WizardState): WizardState =>
	at(state, { kind: 'run', attempt: state.place.kind === 'run' ? state.place.attempt + 1 : 1 });

/** With the first question that the draft does not answer. */
function begun(state: WizardState, draft: Draft): WizardState {
	const id = questionsOf(draft).find(question => !isAnswered(question, draft)) ?? 'review';
	return { ...at({ ...state, draft }, { kind: 'question', id }), asks: 'what-is-missing' };
}

const forgetFound = (state: WizardState): WizardState => ({
	...state,
	found: nothingFound,
	overlay: 'none',
	looks: state.looks + 1,
});

/** A file was named for the context that was there before. */
function withContext(
	state: WizardState,
	{ side, context }: Extract<WizardAction, { type: 'chose-context' }>,
): WizardState {
	const { draft } = state;
	const { [side]: _file, ...others } = draft.kubeconfigs;
	const kubeconfigs = draft[side] === context ? draft.kubeconfigs : others;
	return { ...state, draft: { ...draft, kubeconfigs, [side]: context } };
}

function swapped(draft: Draft): Draft {
	const { source, destination } = draft.kubeconfigs;
	return {
		...draft,
		source: draft.destination,
		destination: draft.source,
		kubeconfigs: { ...(destination && { source: destination }), ...(source && { destination: source }) },
	};
}

function withFacts(
	state: WizardState,
	{ side, found }: Extract<WizardAction, { type: 'found' }>,
): WizardState {
	const { facts } = state.found;
	return {
		...state,
		found: { ...state.found, facts: { ...facts, [side]: { ...facts[side], ...found } } },
	};
}

/** A namesake, or a namespace, is told of once its name has been asked for: in the run's own check. */
function withFindings(
	state: WizardState,
	{ findings, isWhole }: Extract<WizardAction, { type: 'checked' }>,
): WizardState {
	const told = findings.filter(({ topic }) => topic !== 'plan');
	return {
		...state,
		found: {
			...state.found,
			findings: isWhole ? told : [...state.found.findings, ...told],
			isChecked: isWhole,
		},
	};
}

function next(state: WizardState): WizardState {
	const { place, isChanging, draft, found } = state;
	if (place.kind !== 'question') {
		return state;
	}
	if (place.aside) {
		return forgetFound({ ...at(state, { kind: 'question', id: 'found' }), isChanging });
	}
	// Another cluster changes what was found, so that is shown before the review.
	if (isChanging && (place.id === 'source' || place.id === 'destination')) {
		return { ...at(state, { kind: 'question', id: 'found' }), isChanging };
	}
	// A store was not needed where other clusters stood, or by what was said of their location then.
	if (place.id === 'found' && draft.store === 'none' && !mayGoWithoutStore(draft, found.facts)) {
		return { ...at(state, { kind: 'question', id: 'store' }), draft: { ...draft, store: undefined } };
	}
	if (isChanging) {
		return at(state, { kind: 'question', id: 'review' });
	}
	return at(state, { kind: 'question', id: questionAfter(place.id, state) });
}

function questionAfter(id: QuestionId, { draft, asks }: WizardState): QuestionId {
	const questions = questionsOf(draft);
	const after = questions.slice(questions.indexOf(id) + 1);
	return after.find(question => asks === 'everything' || !isAnswered(question, draft)) ?? 'review';
}

/** Another store has other questions: they are asked before the review comes back. */
function withStore(state: WizardState, store: NonNullable<Draft['store']>): WizardState {
	const { draft } = state;
	return draft.store === store ? state : { ...state, draft: { ...draft, store }, isChanging: false };
}

function back(state: WizardState): WizardState {
	if (state.overlay !== 'none') {
		return { ...state, overlay: 'none' };
	}
	const { place } = state;
	if (place.kind === 'undo') {
		return at(state, { kind: 'begin' });
	}
	if (place.kind === 'question' && place.aside) {
		return { ...at(state, { kind: 'question', id: 'found' }), isChanging: state.isChanging };
	}
	if (place.kind !== 'question' || state.isChanging) {
		return at(state, place.kind === 'question' ? { kind: 'answers' } : { kind: 'question', id: 'review' });
	}
	const questions = questionsOf(state.draft);
	const id = questions[questions.indexOf(place.id) - 1];
	return id ? at(state, { kind: 'question', id }) : state;
}

/** `3 of 12`; empty where nothing is counted. */
export function progressOf({ place, draft }: WizardState): string {
	if (place.kind !== 'question') {
		return '';
	}
	const questions = questionsOf(draft);
	const index = questions.indexOf(place.id);
	return index < 0 ? '' : `${index + 1} of ${questions.length}`;
}
