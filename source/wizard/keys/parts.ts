import { blockers, warnings } from '../../conversation/found/found.ts';
import type { Offer, OfferId } from '../../conversation/offers/offer.ts';
import { isKeyFile, isSecretField, mayHoldQuestionMark } from '../../conversation/questions/questions.ts';
import type { Phase } from '../../conversation/story/aftermath.ts';
import { foundHere, type WizardAction, type WizardState } from '../../conversation/wizard-state.ts';
import { counted } from '../../pairing/words/counted.ts';
import { eachCause, type Problem } from '../../pairing/words/problem.ts';
import type { RunState } from '../../runner/run-state.ts';
import { alsoBy, type Binding, quiet, within } from '../../ui/keys/bindings.ts';

/** What keys do that is no action of the conversation alone. */
export type Acts = Readonly<{
	dispatch: (action: WizardAction) => void;
	take: (offer: Offer) => void;
	/** Saves the manifests that problems bring along. */
	saveManifests: () => void;
	leave: (key: 'Ctrl-C' | 'Esc') => void;
	/** Steps and problems are a list beside what is told of one. */
	isWide: boolean;
}>;

/** What the keys of a question act on. */
export type Here = Acts &
	Readonly<{
		state: WizardState;
		/** All that is wrong, as far as it is known here. */
		problems: readonly Problem[];
		/** What can be done here, by its keys. */
		offered: (which: (offer: Offer) => boolean) => readonly Binding[];
	}>;

export const back = ({ dispatch }: Acts): Binding => ({
	key: 'Esc',
	does: 'back',
	act: () => dispatch({ type: 'back' }),
});

export const help = ({ dispatch }: Acts): Binding => ({
	key: '?',
	does: 'help',
	act: () => dispatch({ type: 'help' }),
});

export const quit = ({ leave }: Acts): Binding => ({
	key: 'Ctrl-C',
	does: 'quit',
	act: () => leave('Ctrl-C'),
});

export const quitByEsc = ({ leave }: Acts): Binding => ({
	key: 'Esc',
	does: 'quit',
	act: () => leave('Esc'),
});

/** `?` opens the help only while nothing precedes it; Ctrl-G, as in nano, always. */
export function helpOfField(here: Here): readonly Binding[] {
	const always: Binding = { ...help(here), key: 'Ctrl-G' };
	return mayPrecede(here.state) ? [always] : [within(help(here)), quiet(always)];
}

function mayPrecede({ place, draft }: WizardState): boolean {
	if (place.kind !== 'question') {
		return false;
	}
	const { id } = place;
	const isEmpty = isSecretField(id)
		? (draft.secrets[id]?.length ?? 0) === 0
		: !isKeyFile(id) || !draft.texts[id];
	return mayHoldQuestionMark(id) && !isEmpty;
}

/** Counted as on the screen: what both clusters have is told once. */
const showing = (causes: number): string => (causes === 1 ? 'full answer' : `show all ${causes}`);

/** To all that was found to be wrong. */
export function toProblems({ state, dispatch }: Here): readonly Binding[] {
	const found = foundHere(state);
	const errors = eachCause(blockers(found, state.draft)).length;
	const all = errors + eachCause(warnings(found)).length;
	const does = errors === 0 ? counted(all, 'warning') : showing(all);
	return all === 0 ? [] : [{ key: 'w', does, act: () => dispatch({ type: 'problems' }) }];
}

/** A single error is on the screen itself. */
export function furtherProblems(here: Here): readonly Binding[] {
	const { found, draft } = here.state;
	const isOnScreen = here.problems.length === 1 && blockers(found, draft).length === 1;
	const read = toProblems(here);
	return isOnScreen ? read.map(quiet) : read;
}

const always: ReadonlySet<OfferId> = new Set<OfferId>(['retry', 'details', 'swap', 'answer:found']);
export const isAlwaysThere = ({ id }: Offer): boolean => always.has(id);
export const isFromFindings = ({ id }: Offer): boolean => !always.has(id) && id !== 'save';
/** Leaving has a key of its own. */
export const isOfMenu = ({ id }: Offer): boolean => id !== 'leave';
/** What can be taken while problems are read. */
export const isOfReader = ({ id }: Offer): boolean => !['next', 'details', 'swap', 'save'].includes(id);

/** What the keys of a list of problems act on. */
export type Reading = Pick<Here, 'problems' | 'saveManifests' | 'isWide'>;

/** A run as far as it came. */
export type Ended = Readonly<{
	phase: Phase;
	run: RunState;
	/** What ended it. */
	errors: readonly Problem[];
	/** What the check warned of. */
	warnings: readonly Problem[];
}>;

/** What the keys of a run act on. */
export type RunHere = Ended &
	Reading &
	Readonly<{
		offers: readonly Binding[];
		leave: () => void;
		/** undefined: it is stopping already. */
		stop: (() => void) | undefined;
		read: () => void;
		help: () => void;
		close: () => void;
		copy: (text: string) => void;
		copied: Copied | undefined;
	}>;

/** What `c` copies, where there is something to copy. */
export type Copied = Readonly<{ does: string; text: string }>;

export const copy = ({ copied, copy }: RunHere): readonly Binding[] =>
	copied ? [{ key: 'c', does: copied.does, act: () => copy(copied.text) }] : [];

/** While changes are made or undone. Once it is stopping, no key stops it any more. */
export const stopping = ({ stop }: Pick<RunHere, 'stop'>): readonly Binding[] =>
	stop === undefined ? [] : alsoBy({ key: 'Ctrl-C', does: 'stop', act: stop }, 'Esc');

export function ending({ phase, run, stop, leave }: RunHere): readonly Binding[] {
	const quits = (key: string) => quiet({ key, does: 'quit', act: leave });
	switch (phase) {
		case 'running':
		case 'undoing':
			return stopping({ stop });
		case 'undone':
			return ['⏎', 'Ctrl-C'].map(quits);
		case 'ended':
			return run.result?.kind === 'done' ? ['⏎', 'Esc', 'Ctrl-C'].map(quits) : [quits('Ctrl-C')];
	}
}

export const isCtrlC = ({ key }: Binding): boolean => key === 'Ctrl-C';

/** Of a failure, all that was said of it can be read. */
export function toRead({ errors, warnings, read: act }: RunHere): readonly Binding[] {
	if (errors.length === 0) {
		return warnings.length > 0 ? [{ key: 'w', does: 'warnings', act }] : [];
	}
	const causes = eachCause(errors).length;
	const does = showing(causes + eachCause(warnings).length);
	return causes > 1
		? alsoBy({ key: 'w', does, act }, 'v')
		: alsoBy({ key: 'v', does: 'full answer', act }, 'w');
}

/** What the keys of an undo act on. */
export type UndoHere = Readonly<{
	offers: readonly Binding[];
	begin: () => void;
	back: () => void;
	leave: () => void;
	/** undefined: it is stopping already. */
	stop: (() => void) | undefined;
}>;
