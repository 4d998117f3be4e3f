import type { Binding } from '../ui/components/footer.tsx';
import { isField, isSecretField } from './questions.ts';
import type { WizardState } from './wizard-state.ts';

/** The keys that work where the conversation stands, the most needed first. */
export function bindingsAt({ place, isHelpShown, draft }: WizardState): readonly Binding[] {
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
			return [
				next,
				{ keys: 's', does: 'swap' },
				{ keys: 'l', does: draft.location === 'auto' ? 'overrule location' : 'other location' },
				{ keys: 'r', does: 'look again' },
				back,
				help,
				leave,
			];
		case 'review':
			return [
				{ keys: 'r', does: 'run' },
				{ keys: '↑↓', does: 'scroll' },
				{ keys: 'e', does: 'change an answer' },
				{ keys: 'w', does: 'save runbook' },
				{ keys: 'a', does: 'save answers' },
				back,
				leave,
			];
		default:
			return isField(place.id)
				? [
						next,
						...(isSecretField(place.id)
							? [{ keys: 'Ctrl-R', does: 'length and end' }]
							: [complete(place.id)].flat()),
						back,
						help,
						leave,
					]
				: [move, choose, back, help, leave];
	}
}

const move: Binding = { keys: '↑↓', does: 'move' };
const choose: Binding = { keys: '⏎', does: 'choose' };
const next: Binding = { keys: '⏎', does: 'next' };
const back: Binding = { keys: 'Esc', does: 'back' };
const help: Binding = { keys: '?', does: 'help' };
const leave: Binding = { keys: 'Ctrl-C', does: 'leave' };

const complete = (id: string): Binding[] =>
	id === 'jsonKeyFile' || id === 'namespace' ? [{ keys: '⇥', does: 'complete' }] : [];
