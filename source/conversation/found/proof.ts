import type { Answers } from '../../pairing/answers/answers.ts';
import { completeAnswers } from '../../pairing/answers/draft.ts';
import { storeField } from '../../pairing/answers/store-fields.ts';
import { sides } from '../../pairing/words/pair.ts';
import { eachCause, type Problem } from '../../pairing/words/problem.ts';
import { waysOut } from '../offers/ways-out.ts';
import type { QuestionId } from '../questions/question-ids.ts';
import { isReady, withDefaults } from '../questions/sequence.ts';
import type { WizardServices } from '../services.ts';
import type { WizardAction, WizardState } from '../wizard-state.ts';
import { isSameTried, type Tried, triedOf } from './trial.ts';

export type ProofState = Readonly<
	| { kind: 'none' }
	| { kind: 'trying' }
	| { kind: 'accepted' }
	| { kind: 'doubtful' | 'refused'; problem: Problem }
	| { kind: 'untried'; because: string }
>;

type Reviewed = Pick<WizardState, 'draft' | 'found' | 'proof'>;

/** The answers to try the store with, once key and endpoint are known and none of them is being typed. */
export function toTry(state: Pick<WizardState, 'draft' | 'found' | 'place'>): Answers | undefined {
	const { place, draft, found } = state;
	const isTyping = place.kind === 'question' && storeField(place.id) !== undefined;
	const isBefore = place.kind !== 'question' || beforeKeys.has(place.id);
	const whole = withDefaults(draft, found);
	return isTyping || isBefore || !isReady(whole) ? undefined : completeAnswers(whole);
}

const beforeKeys: ReadonlySet<QuestionId> = new Set<QuestionId>([
	'source',
	'destination',
	'found',
	'store',
	'keyless',
]);

/** Of the key as it is now. What was said of another counts for nothing. */
export function proofOf({ draft, found, proof }: Reviewed): ProofState {
	const now = triedOf(completeAnswers(withDefaults(draft, found)));
	if (proof === undefined || now === undefined || !isSameTried(proof.of, now)) {
		return { kind: 'none' };
	}
	const trials = sides.flatMap(side => proof.trials[side] ?? []);
	const bad = trials.find(({ kind }) => kind === 'refused') ?? trials.find(({ kind }) => kind === 'doubtful');
	if (bad && 'problem' in bad) {
		const all = trials.flatMap(trial =>
			'problem' in trial && trial.kind === bad.kind ? [trial.problem] : [],
		);
		return { kind: bad.kind, problem: eachCause(all)[0] ?? bad.problem };
	}
	if (trials.length < sides.length) {
		return { kind: 'trying' };
	}
	return trials.find(({ kind }) => kind === 'untried') ?? { kind: 'accepted' };
}

/** The answer that a refused key is to blame on. */
export function blamedOf(state: Reviewed): Readonly<{ id: QuestionId; problem: Problem }> | undefined {
	const proof = proofOf(state);
	if (proof.kind !== 'refused') {
		return undefined;
	}
	const [first] = waysOut([proof.problem], state.draft).flatMap(({ action }) =>
		action.type === 'ask-aside' ? [action.id] : [],
	);
	return first && { id: first, problem: proof.problem };
}

/** In a few words, for the screens that come after the key. */
export function proofWords(
	proof: ProofState,
): Readonly<{ tone: 'info' | 'ok' | 'warning' | 'error'; text: string }> | undefined {
	switch (proof.kind) {
		case 'none':
			return undefined;
		case 'trying':
			return { tone: 'info', text: 'trying the key' };
		case 'accepted':
			return { tone: 'ok', text: 'key accepted' };
		case 'doubtful':
			return { tone: 'warning', text: 'key not confirmed' };
		case 'untried':
			return { tone: 'info', text: 'key not tried' };
		case 'refused':
			return { tone: 'error', text: 'key refused' };
	}
}

/** Tries the key in the background as soon as it is known, and again when it is another. */
export function prover(
	{ tryStore }: Pick<WizardServices, 'tryStore'>,
	dispatch: (action: WizardAction) => void,
): (state: WizardState) => Promise<void> {
	let current: { of: Tried; stop: AbortController } | undefined;
	return async state => {
		const answers = toTry(state);
		const of = answers && triedOf(answers);
		if (!of || (current && isSameTried(current.of, of))) {
			return;
		}
		current?.stop.abort();
		current = { of, stop: new AbortController() };
		dispatch({ type: 'trying', of });
		await tryStore(
			answers,
			(side, trial) => dispatch({ type: 'tried', of, side, trial }),
			current.stop.signal,
		);
	};
}
