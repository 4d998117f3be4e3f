import type { Draft } from '../pairing/draft.ts';
import type { Binding } from '../ui/components/footer.tsx';
import { blockers, isLookedAt } from './found.ts';
import { isField, isSecretField, mayHoldQuestionMark, type QuestionId } from './questions.ts';
import type { WizardState } from './wizard-state.ts';

/** The keys that work where the conversation stands, the most needed first. */
export function bindingsAt({ place, isHelpShown, draft, facts }: WizardState): readonly Binding[] {
	if (isHelpShown) {
		return [{ keys: 'Esc', does: 'close' }, leave];
	}
	if (place.kind === 'run') {
		return [];
	}
	if (place.kind === 'answers') {
		return [move, { keys: '⏎', does: 'change' }, back, leave];
	}
	switch (place.id) {
		case 'source':
			return [move, choose, help, { keys: 'Esc', does: 'leave' }];
		case 'destination':
			return [move, choose, back, help, leave];
		case 'found':
			if (!isLookedAt(facts)) {
				return [back, leave];
			}
			return blockers(facts).length > 0
				? [again, swap, back, help, leave]
				: [next, swap, { keys: 'l', does: 'location' }, again, back, help, leave];
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

const move: Binding = { keys: '↑↓', does: 'move' };
const choose: Binding = { keys: '⏎', does: 'choose' };
const next: Binding = { keys: '⏎', does: 'next' };
const swap: Binding = { keys: 's', does: 'swap' };
const again: Binding = { keys: 'r', does: 'look again' };
const back: Binding = { keys: 'Esc', does: 'back' };
const help: Binding = { keys: '?', does: 'help' };
const leave: Binding = { keys: 'Ctrl-C', does: 'leave' };

const complete = (id: string): Binding[] =>
	id === 'jsonKeyFile' || id === 'namespace' ? [{ keys: '⇥', does: 'complete' }] : [];

/** `?` opens the help only while nothing stands before it. */
const isEmpty = (id: QuestionId, { texts, secrets }: Draft): boolean =>
	isSecretField(id) ? (secrets[id]?.length ?? 0) === 0 : id !== 'jsonKeyFile' || !texts[id];
