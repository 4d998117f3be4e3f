import { type Draft, emptyDraft } from '../pairing/answers/draft.ts';
import { withoutMet } from '../pairing/words/finding.ts';
import { defined } from '../pairing/words/json.ts';
import { nothingFound } from './found/found.ts';
import { blamedOf } from './found/proof.ts';
import { at, back, begun, forgetFound, next, started, withStore } from './moves.ts';
import { lengthOf, withDefaults, wrongDefault } from './questions/sequence.ts';
import { tellStory } from './story/story.ts';
import type { WizardAction, WizardState } from './wizard-state.ts';

export type Beginning = Readonly<{
	draft?: Partial<Draft>;
	/** The draft is of answers that were given, and not of a few flags. */
	isGiven?: boolean;
	/** There is a run to go on with. */
	isUnfinished?: boolean;
	/** There are answers of an earlier conversation. */
	isKept?: boolean;
}>;

export function wizardStart({ draft = {}, isGiven, isUnfinished, isKept }: Beginning = {}): WizardState {
	const state: WizardState = {
		draft: { ...emptyDraft, ...draft },
		found: nothingFound,
		proof: undefined,
		ahead: undefined,
		looks: 0,
		place: isUnfinished ? { kind: 'begin' } : isKept ? { kind: 'kept' } : { kind: 'question', id: 'source' },
		overlay: 'none',
		added: [],
		isChanging: false,
		screens: Number.POSITIVE_INFINITY,
		asks: 'everything',
		story: [],
		live: undefined,
	};
	return counted(isGiven ? begun(state, state.draft) : state);
}

export const wizardReducer = (state: WizardState, action: WizardAction): WizardState =>
	counted(reduce(state, action));

function counted(state: WizardState): WizardState {
	const screens = Math.min(state.screens, lengthOf(state.draft, state.found.facts));
	return screens === state.screens ? state : { ...state, screens };
}

function reduce(state: WizardState, action: WizardAction): WizardState {
	const { draft } = state;
	switch (action.type) {
		case 'began':
		case 'undo-began':
		case 'told':
			return tellStory(state, action);
		case 'start-again':
			return { ...at(state, { kind: 'question', id: 'source' }), story: [] };
		case 'take-kept': {
			const { login, bothWays, existing, ignore } = draft;
			// What the command line says goes first.
			const given = defined({ login, bothWays });
			return begun(state, { ...action.draft, ...given, existing, ignore });
		}
		case 'go-on':
			return begun({ ...state, story: action.story }, action.draft);
		case 'undo-first':
			return { ...at(state, { kind: 'undo' }), story: action.story };
		case 'chose-context':
			return next(forgetFound(withContext(state, action)));
		case 'name-file':
			return { ...state, overlay: 'file' };
		case 'added-contexts': {
			const files = new Set(action.contexts.map(({ kubeconfig }) => kubeconfig));
			const others = state.added.filter(({ kubeconfig }) => !files.has(kubeconfig));
			return { ...state, added: [...others, ...action.contexts], overlay: 'none' };
		}
		case 'swapped':
			return forgetFound({ ...state, draft: swapped(draft) });
		case 'located':
			return { ...state, draft: { ...draft, location: action.location }, overlay: 'none' };
		case 'found':
			return withFacts(state, action);
		case 'checked':
			return withFindings(state, action);
		case 'trying':
			return { ...state, proof: { of: action.of, trials: {}, isSeen: false } };
		case 'tried': {
			const { proof } = state;
			// What comes late is about another key.
			return proof?.of === action.of
				? { ...state, proof: { ...proof, trials: { ...proof.trials, [action.side]: action.trial } } }
				: state;
		}
		case 'looked-ahead': {
			const { of, findings, isWhole } = action;
			return { ...state, ahead: { of, findings, isChecked: isWhole } };
		}
		case 'look-again':
			return forgetFound(state);
		case 'chose-store':
			return next(withStore(state, action));
		case 'ask-keyless':
			return {
				...at(state, { kind: 'question', id: 'keyless', from: 'store' }),
				isChanging: state.isChanging,
			};
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
		case 'details':
		case 'steps':
			return { ...state, overlay: state.overlay === action.type ? 'none' : action.type };
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
						...at(state, { kind: 'question', id: action.id, from: 'found' }),
						isChanging: state.isChanging,
					};
		case 'open-default':
			return at(state, { kind: 'question', id: action.id, from: 'defaults' });
		case 'use-defaults': {
			const whole = withDefaults(draft, state.found);
			const blamed = blamedOf({ ...state, draft: whole });
			if (blamed && state.proof?.isSeen === false) {
				const seen = { ...state, proof: { ...state.proof, isSeen: true } };
				return at(seen, { kind: 'question', id: blamed.id, from: 'defaults' });
			}
			const wrong = wrongDefault(whole, state.found.facts);
			return wrong === undefined
				? next({ ...state, draft: whole })
				: at(state, { kind: 'question', id: wrong, from: 'defaults' });
		}
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

/** A file was named for the context that was there before. */
function withContext(
	state: WizardState,
	{ side, context, kubeconfig }: Extract<WizardAction, { type: 'chose-context' }>,
): WizardState {
	const { draft } = state;
	const { [side]: _file, ...others } = draft.kubeconfigs;
	const kubeconfigs =
		kubeconfig !== undefined
			? { ...others, [side]: kubeconfig }
			: draft[side] === context
				? draft.kubeconfigs
				: others;
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
	const before = state.found.findings;
	const told = findings.filter(({ topic }) => topic !== 'plan');
	return {
		...state,
		found: {
			...state.found,
			findings: isWhole ? told : [...before, ...withoutMet(told, before)],
			isChecked: isWhole,
		},
	};
}
