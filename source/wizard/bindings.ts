import {
	blockers,
	endpointQuestion,
	isLookedAt,
	isSolvedByAccount,
	problemsOf,
	serverQuestion,
} from '../conversation/found.ts';
import type { QuestionId } from '../conversation/question-ids.ts';
import { isField, isKeyFile, isSecretField, mayHoldQuestionMark } from '../conversation/questions.ts';
import { answerKeys } from '../conversation/spoken.ts';
import type { WizardState } from '../conversation/wizard-state.ts';
import type { Draft } from '../pairing/answers/draft.ts';
import type { Problem } from '../pairing/words/problem.ts';
import type { Binding } from '../ui/components/footer.tsx';

/** The keys that work where the conversation stands, the most needed first. */
export function bindingsAt(state: WizardState): readonly Binding[] {
	const { place, overlay, draft } = state;
	if (overlay === 'help') {
		return [{ keys: 'Esc', does: 'close' }, leave];
	}
	if (place.kind === 'question' && place.id === 'found') {
		return overlay === 'problems'
			? readerBindings(problemsOf(state), answersTo(problemsOf(state)))
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
export const readerBindings = (
	problems: readonly Problem[],
	answers: readonly Binding[],
): readonly Binding[] => [
	{ keys: '↑↓', does: 'scroll' },
	...answers,
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
	return [
		...(errors > 0 ? [] : [next]),
		...answersTo(problems),
		...(problems.length > (errors > 0 ? 1 : 0)
			? [{ keys: 'w', does: errors > 0 ? `read all ${problems.length}` : countOf(problems.length) }]
			: []),
		...(errors > 0 ? [again, swap] : [swap, { keys: 'l', does: 'location' }, again]),
		back,
		help,
		leave,
	];
}

const countOf = (count: number): string => (count === 1 ? '1 warning' : `${count} warnings`);

/** What can be answered on the spot. */
export const answersTo = (problems: readonly Problem[]): readonly Binding[] => [
	...(isSolvedByAccount(problems) ? [{ keys: answerKeys.account, does: 'ServiceAccount' }] : []),
	...(serverQuestion(problems) ? [{ keys: answerKeys.server, does: 'API address' }] : []),
	...(endpointQuestion(problems) ? [{ keys: answerKeys.endpoint, does: 'Portworx address' }] : []),
];

const move: Binding = { keys: '↑↓', does: 'move' };
const choose: Binding = { keys: '⏎', does: 'choose' };
const next: Binding = { keys: '⏎', does: 'next' };
const swap: Binding = { keys: 's', does: 'swap' };
const again: Binding = { keys: 'r', does: 'look again' };
const back: Binding = { keys: 'Esc', does: 'back' };
const help: Binding = { keys: '?', does: 'help' };
const leave: Binding = { keys: 'Ctrl-C', does: 'leave' };

const complete = (id: QuestionId): Binding[] =>
	isKeyFile(id) || id === 'namespace' ? [{ keys: '⇥', does: 'complete' }] : [];

/** `?` opens the help only while nothing stands before it. */
const isEmpty = (id: QuestionId, { texts, secrets }: Draft): boolean =>
	isSecretField(id) ? (secrets[id]?.length ?? 0) === 0 : !isKeyFile(id) || !texts[id];
