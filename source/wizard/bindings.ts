import { blockers, isLookedAt, problemsOf } from '../conversation/found.ts';
import { type OfferId, offersOnFound } from '../conversation/offers.ts';
import type { QuestionId } from '../conversation/question-ids.ts';
import { isField, isKeyFile, isSecretField, mayHoldQuestionMark } from '../conversation/questions.ts';
import type { WizardState } from '../conversation/wizard-state.ts';
import type { Draft } from '../pairing/answers/draft.ts';
import type { Problem } from '../pairing/words/problem.ts';
import type { Binding } from '../ui/components/footer.tsx';
import { doesOf, isOfReader, type KeyedOffers, keyed } from './offer-keys.ts';

/** The keys that work where the conversation stands, the most needed first. */
export function bindingsAt(state: WizardState): readonly Binding[] {
	const { place, overlay, draft } = state;
	if (overlay === 'help') {
		return [{ keys: 'Esc', does: 'close' }, leave];
	}
	if (place.kind === 'question' && place.id === 'found') {
		return overlay === 'problems'
			? readerBindings(problemsOf(state), keyed(offersOnFound(state).filter(isOfReader)))
			: foundBindings(state);
	}
	switch (place.kind) {
		case 'run':
		case 'undo':
			return [];
		case 'begin':
			return [move, choose, leave];
		case 'answers':
			return [move, { keys: '⏎', does: 'change' }, back, leave];
	}
	switch (place.id) {
		case 'source':
			return [move, choose, help, { keys: 'Esc', does: 'leave' }];
		case 'destination':
			return [move, choose, back, help, leave];
		case 'review':
			return [
				{ keys: 'r', does: 'run' },
				{ keys: 'e', does: 'change' },
				back,
				leave,
				{ keys: '↑↓', does: 'more' },
				{ keys: 'w', does: 'save runbook' },
				{ keys: 'a', does: 'save answers' },
			];
		default:
			return isField(place.id)
				? [
						next,
						...(isSecretField(place.id) ? [{ keys: 'Ctrl-R', does: 'length and end' }] : complete(place.id)),
						back,
						...(mayHoldQuestionMark(place.id) && !isEmpty(place.id, draft) ? [] : [help]),
						leave,
					]
				: [move, choose, back, help, leave];
	}
}

/** Keys of the screen on which problems are read. */
export const readerBindings = (problems: readonly Problem[], offers: KeyedOffers): readonly Binding[] => [
	{ keys: '↑↓', does: 'scroll' },
	...offerBindings(offers),
	...(problems.some(({ attachment }) => attachment) ? [{ keys: 'y', does: 'save the manifest' }] : []),
	{ keys: 'Esc', does: 'close' },
];

function foundBindings(state: WizardState): readonly Binding[] {
	const { found, draft } = state;
	if (!isLookedAt(found)) {
		return [back, leave];
	}
	const errors = blockers(found, draft).length;
	const problems = problemsOf(state);
	const offers = offersOnFound(state).filter(({ id }) => id !== 'save');
	const first = offers.filter(({ id }) => !isAlwaysThere.has(id));
	return [
		...offerBindings(keyed(first)),
		...(problems.length > (errors > 0 ? 1 : 0)
			? [{ keys: 'w', does: errors > 0 ? `read all ${problems.length}` : countOf(problems.length) }]
			: []),
		...offerBindings(keyed(offers.filter(offer => !first.includes(offer)))),
		back,
		help,
		leave,
	];
}

const countOf = (count: number): string => (count === 1 ? '1 warning' : `${count} warnings`);

const isAlwaysThere: ReadonlySet<OfferId> = new Set<OfferId>(['retry', 'swap', 'answer:found']);

export const offerBindings = (offers: KeyedOffers): Binding[] =>
	[...offers].map(([keys, offer]) => ({ keys, does: doesOf(offer) }));

const move: Binding = { keys: '↑↓', does: 'move' };
const choose: Binding = { keys: '⏎', does: 'choose' };
const next: Binding = { keys: '⏎', does: 'next' };
const back: Binding = { keys: 'Esc', does: 'back' };
const help: Binding = { keys: '?', does: 'help' };
const leave: Binding = { keys: 'Ctrl-C', does: 'leave' };

const complete = (id: QuestionId): Binding[] =>
	isKeyFile(id) || id === 'namespace' ? [{ keys: '⇥', does: 'complete' }] : [];

/** `?` opens the help only while nothing stands before it. */
const isEmpty = (id: QuestionId, { texts, secrets }: Draft): boolean =>
	isSecretField(id) ? (secrets[id]?.length ?? 0) === 0 : !isKeyFile(id) || !texts[id];
