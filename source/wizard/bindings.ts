import { blockers, foundByNow, isLookedAt, problemsOf, warnings } from '../conversation/found/found.ts';
import type { Offer, OfferId } from '../conversation/offers/offer.ts';
import { offersAt } from '../conversation/offers/offers.ts';
import type { QuestionId } from '../conversation/questions/question-ids.ts';
import {
	isField,
	isKeyFile,
	isSecretField,
	mayHoldQuestionMark,
} from '../conversation/questions/questions.ts';
import type { WizardAction, WizardState } from '../conversation/wizard-state.ts';
import type { Draft } from '../pairing/answers/draft.ts';
import { counted } from '../pairing/words/counted.ts';
import type { Problem } from '../pairing/words/problem.ts';
import { commandOf } from '../pairing/words/way.ts';
import { alsoBy, type Binding } from '../ui/keys/bindings.ts';
import { doesOf, isOfReader, type KeyedOffers, keyed } from './offer-keys.ts';

/** What keys do that is no action of the conversation alone. */
export type Acts = Readonly<{
	dispatch: (action: WizardAction) => void;
	take: (offer: Offer) => void;
	/** Saves the manifests that problems bring along. */
	saveManifests: () => void;
	leave: (key: 'Ctrl-C' | 'Esc') => void;
	/** The steps are a list beside what they do. */
	isWide: boolean;
}>;

/** The keys that work where the conversation is, the most needed first. */
export function bindingsAt(state: WizardState, acts: Acts): readonly Binding[] {
	const { place, overlay } = state;
	const { dispatch } = acts;
	const back: Binding = { key: 'Esc', does: 'back', act: () => dispatch({ type: 'back' }) };
	const help: Binding = { key: '?', does: 'help', act: () => dispatch({ type: 'help' }) };
	const leave: Binding = { key: 'Ctrl-C', does: 'quit', act: () => acts.leave('Ctrl-C') };
	if (place.kind === 'answers') {
		return [move, { key: '⏎', does: 'change' }, within(back), leave];
	}
	if (place.kind !== 'question') {
		return [];
	}
	switch (overlay) {
		case 'help':
			return [...alsoBy({ key: 'Esc', does: 'close', act: help.act }, '⏎', '?', 'q', 'Ctrl-G'), leave];
		case 'problems': {
			const close = () => dispatch({ type: 'problems' });
			const offers = keyed(offersAt(state).filter(isOfReader));
			const shown = place.id === 'review' ? foundByNow(state) : state.found;
			return [
				...readerBindings(problemsOf({ ...state, found: shown }), offers, { ...acts, close }),
				quiet(leave),
			];
		}
		case 'file':
			return [next, { key: '⇥', does: 'complete' }, within(back), leave];
		case 'details': {
			const close = () => dispatch({ type: 'details' });
			return [
				{ key: '↑↓', does: 'scroll' },
				...alsoBy({ key: 'Esc', does: 'close', act: close }, '⏎', 'i', 'q'),
				leave,
			];
		}
		case 'steps': {
			const close = () => dispatch({ type: 'steps' });
			const run = [...reviewOffers(state)].filter(([key]) => key === 'r');
			return [
				...(acts.isWide
					? [...listBeside, { key: 'c', does: 'copy the command' }]
					: [{ key: '↑↓', does: 'scroll' }]),
				...offerBindings(new Map(run), acts.take),
				...alsoBy({ key: 'Esc', does: 'close', act: close }, '⏎', 'p', 'q'),
				leave,
			];
		}
		case 'none':
			break;
	}
	return questionBindings(place.id, state, acts, { back, help, leave });
}

type Common = Readonly<Record<'back' | 'help' | 'leave', Binding>>;

function questionBindings(
	id: QuestionId,
	state: WizardState,
	acts: Acts,
	{ back, help, leave }: Common,
): readonly Binding[] {
	const { dispatch } = acts;
	const { draft } = state;
	const helpAlways: Binding = { ...help, key: 'Ctrl-G' };
	switch (id) {
		case 'source':
			return state.isChanging
				? [move, choose, within(back), within(help), leave]
				: [
						move,
						choose,
						within(help),
						within({ ...leave, key: 'Esc', act: () => acts.leave('Esc') }),
						quiet(leave),
					];
		case 'found':
			return foundBindings(state, acts, { back, help, leave });
		case 'review':
			return [
				move,
				choose,
				...offerBindings(reviewOffers(state), acts.take).map(binding =>
					binding.key === 'r' ? binding : quiet(binding),
				),
				...reviewProblems(state, dispatch),
				within(back),
				within(help),
				leave,
			];
		default:
			return isField(id)
				? [
						next,
						...(isSecretField(id) ? [{ key: 'Ctrl-R', does: 'length and end' }] : complete(id)),
						within(back),
						...(mayHoldQuestionMark(id) && !isEmpty(id, draft)
							? [helpAlways]
							: [within(help), quiet(helpAlways)]),
						leave,
					]
				: [move, choose, within(back), within(help), leave];
	}
}

/** Keys of the screen on which a run that was not finished is shown. */
export const beginBindings = (leave: () => void): readonly Binding[] => [
	move,
	choose,
	{ key: 'Ctrl-C', does: 'quit', act: leave },
	quiet(within({ key: 'Esc', does: 'quit', act: leave })),
];

type Reading = Pick<Acts, 'take' | 'saveManifests' | 'isWide'> & Readonly<{ close: () => void }>;

/** Keys of the screen on which problems are read. */
export const readerBindings = (
	problems: readonly Problem[],
	offers: KeyedOffers,
	{ take, saveManifests, close, isWide }: Reading,
): readonly Binding[] => [
	...(isWide && problems.length > 1 ? listBeside : [{ key: '↑↓', does: 'scroll' }]),
	...(isWide && problems.some(({ remedies }) => commandOf(remedies) !== undefined)
		? [{ key: 'c', does: 'copy the command' }]
		: []),
	...offerBindings(offers, take),
	...(problems.some(({ attachment }) => attachment)
		? [{ key: 'y', does: 'save the manifest', act: saveManifests }]
		: []),
	...alsoBy({ key: 'Esc', does: 'close', act: close }, '⏎', 'w'),
];

function foundBindings(
	state: WizardState,
	{ dispatch, take }: Acts,
	{ back, help, leave }: Common,
): readonly Binding[] {
	const { found, draft } = state;
	if (!isLookedAt(found)) {
		return [back, leave, quiet(help)];
	}
	const errors = blockers(found, draft).length;
	const problems = problemsOf(state);
	const offers = offersAt(state).filter(({ id }) => id !== 'save');
	const first = offers.filter(({ id }) => !isAlwaysThere.has(id));
	const read = readProblems(
		errors > 0 ? `show all ${problems.length}` : counted(problems.length, 'warning'),
		dispatch,
	);
	return [
		...offerBindings(keyed(first), take),
		...(problems.length > (errors > 0 ? 1 : 0) ? [read] : problems.length > 0 ? [quiet(read)] : []),
		...offerBindings(keyed(offers.filter(offer => !first.includes(offer))), take),
		back,
		help,
		quiet(leave),
	];
}

const readProblems = (does: string, dispatch: Acts['dispatch']): Binding => ({
	key: 'w',
	does,
	act: () => dispatch({ type: 'problems' }),
});

function reviewProblems(state: WizardState, dispatch: Acts['dispatch']): readonly Binding[] {
	const found = foundByNow(state);
	const errors = blockers(found, state.draft).length;
	const all = errors + warnings(found).length;
	return all === 0 ? [] : [readProblems(errors > 0 ? `show all ${all}` : counted(all, 'warning'), dispatch)];
}

/** The entries of the review's menu, by their keys. Leaving has its own. */
export const reviewOffers = (state: WizardState): KeyedOffers =>
	keyed(offersAt(state).filter(({ id }) => id !== 'leave'));

const isAlwaysThere: ReadonlySet<OfferId> = new Set<OfferId>(['retry', 'details', 'swap', 'answer:found']);

export const offerBindings = (offers: KeyedOffers, take: Acts['take']): readonly Binding[] =>
	[...offers].map(([key, offer]) => ({ key, does: doesOf(offer), act: () => take(offer) }));

export const move: Binding = { key: '↑↓', does: 'move' };
const listBeside: readonly Binding[] = [move, { key: 'PgUp PgDn', does: 'scroll' }];
export const choose: Binding = { key: '⏎', does: 'choose' };
const next: Binding = { key: '⏎', does: 'next' };

const within = (binding: Binding): Binding => ({ ...binding, isWithin: true });
export const quiet = (binding: Binding): Binding => ({ ...binding, isQuiet: true });

const complete = (id: QuestionId): Binding[] =>
	isKeyFile(id) || id === 'namespace' ? [{ key: '⇥', does: 'complete' }] : [];

/** `?` opens the help only while nothing precedes it; Ctrl-G, as in nano, always. */
const isEmpty = (id: QuestionId, { texts, secrets }: Draft): boolean =>
	isSecretField(id) ? (secrets[id]?.length ?? 0) === 0 : !isKeyFile(id) || !texts[id];
