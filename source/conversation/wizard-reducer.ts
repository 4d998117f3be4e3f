import { type Draft, emptyDraft } from '../pairing/answers/draft.ts';
import { withoutMet } from '../pairing/words/finding.ts';
import { defined } from '../pairing/words/json.ts';
import { nothingFound } from './found/found.ts';
import { blamedOf } from './found/proof.ts';
import { at, atQuestion, back, begun, forgetFound, next, started, withStore } from './moves.ts';
import type { QuestionId } from './questions/question-ids.ts';
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
	const move = moves[action.type] as (state: WizardState, action: WizardAction) => WizardState;
	return move(state, action);
}

/** What each action makes of the state. */
const moves: Readonly<{
	[Type in WizardAction['type']]: (
		state: WizardState,
		action: Extract<WizardAction, { type: Type }>,
	) => WizardState;
}> = {
	began: tellStory,
	'undo-began': tellStory,
	told: tellStory,
	'start-again': state => ({ ...atQuestion(state, 'source'), story: [] }),
	'take-kept'(state, action) {
		const { login, bothWays, existing, ignore } = state.draft;
		// What the command line says goes first.
		const given = defined({ login, bothWays });
		return begun(state, { ...action.draft, ...given, existing, ignore });
	},
	'go-on': (state, { draft, story }) => begun({ ...state, story }, draft),
	'undo-first': (state, { story }) => ({ ...at(state, { kind: 'undo' }), story }),
	'chose-context': (state, action) => next(forgetFound(withContext(state, action))),
	'name-file': state => ({ ...state, overlay: 'file' }),
	'added-contexts'(state, { contexts }) {
		const files = new Set(contexts.map(({ kubeconfig }) => kubeconfig));
		const others = state.added.filter(({ kubeconfig }) => !files.has(kubeconfig));
		return { ...state, added: [...others, ...contexts], overlay: 'none' };
	},
	swapped: state => forgetFound(withDraft(state, swapped(state.draft))),
	located: (state, { location }) => ({ ...withDraft(state, { location }), overlay: 'none' }),
	found(state, { side, found }) {
		const { facts } = state.found;
		return {
			...state,
			found: { ...state.found, facts: { ...facts, [side]: { ...facts[side], ...found } } },
		};
	},
	checked: withFindings,
	trying: (state, { of }) => ({ ...state, proof: { of, trials: {}, isSeen: false } }),
	tried(state, { of, side, trial }) {
		const { proof } = state;
		// What comes late is about another key.
		return proof?.of === of
			? { ...state, proof: { ...proof, trials: { ...proof.trials, [side]: trial } } }
			: state;
	},
	'looked-ahead': (state, { of, findings }) => ({ ...state, ahead: { of, findings } }),
	'look-again': forgetFound,
	'chose-store': (state, action) => next(withStore(state, action)),
	'ask-keyless': state => ({ ...atQuestion(state, 'keyless', 'store'), isChanging: state.isChanging }),
	'chose-login': (state, { login }) => next(withDraft(state, { login })),
	'chose-direction': (state, { bothWays }) => next(withDraft(state, { bothWays })),
	typed: (state, { field, text }) => withDraft(state, { texts: { ...state.draft.texts, [field]: text } }),
	'typed-secret': (state, { field, secret }) =>
		withDraft(state, { secrets: { ...state.draft.secrets, [field]: secret } }),
	next,
	back,
	help: toggled,
	problems: toggled,
	details: toggled,
	steps: toggled,
	'list-answers': state => at(state, { kind: 'answers' }),
	change,
	'use-account'(state, { replaces }) {
		const existing = { ...state.draft.existing, ...(replaces && { pair: 'replace' as const }) };
		const changed = withDraft(state, { login: 'service-account', existing });
		return state.place.kind === 'run' ? started(changed) : forgetFound(changed);
	},
	'ask-aside': (state, { id }) =>
		state.place.kind === 'run'
			? change(state, { id })
			: { ...atQuestion(state, id, 'found'), isChanging: state.isChanging },
	'open-default': (state, { id }) => atQuestion(state, id, 'defaults'),
	'use-defaults': withAllDefaults,
	review: state => atQuestion(state, 'review'),
	run: started,
	decided: (state, { subject, policy }) =>
		started(withDraft(state, { existing: { ...state.draft.existing, [subject]: policy } })),
};

const withDraft = (state: WizardState, changed: Partial<Draft>): WizardState => ({
	...state,
	draft: { ...state.draft, ...changed },
});

function toggled(
	state: WizardState,
	{ type }: Readonly<{ type: 'help' | 'problems' | 'details' | 'steps' }>,
): WizardState {
	return { ...state, overlay: state.overlay === type ? 'none' : type };
}

function change(state: WizardState, { id }: Readonly<{ id: QuestionId }>): WizardState {
	return { ...atQuestion(state, id), isChanging: true };
}

/** To the next question; or to the default that can't be, or that the store refused. */
function withAllDefaults(state: WizardState): WizardState {
	const { found, proof } = state;
	const whole = withDefaults(state.draft, found);
	const blamed = blamedOf({ ...state, draft: whole });
	if (blamed && proof?.isSeen === false) {
		return atQuestion({ ...state, proof: { ...proof, isSeen: true } }, blamed.id, 'defaults');
	}
	const wrong = wrongDefault(whole, found.facts);
	return wrong === undefined ? next({ ...state, draft: whole }) : atQuestion(state, wrong, 'defaults');
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
	return withDraft(state, { kubeconfigs, [side]: context });
}

function swapped({ source, destination, kubeconfigs }: Draft): Partial<Draft> {
	return {
		source: destination,
		destination: source,
		kubeconfigs: defined({ source: kubeconfigs.destination, destination: kubeconfigs.source }),
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
