import type { Draft } from '../pairing/answers/draft.ts';
import { nothingFound } from './found/found.ts';
import { answerText } from './questions/answer-texts.ts';
import type { QuestionId } from './questions/question-ids.ts';
import { type Facts, shortNames, suggestion } from './questions/questions.ts';
import { defaulted, isAnswered, withDefaults } from './questions/sequence.ts';
import type { WizardAction, WizardState } from './wizard-state.ts';

export const defaultsQuestion = 'Use these defaults, or change one?';

export type DefaultRow = Readonly<{
	id: QuestionId;
	label: string;
	value: string;
	/** Where the value is from, or that it cannot be used. */
	remark: 'detected' | 'not valid' | undefined;
}>;

/** Everything that has a good default, as it will be. */
export function defaultRows({ draft, found }: Pick<WizardState, 'draft' | 'found'>): readonly DefaultRow[] {
	const whole = withDefaults(draft, found);
	return defaulted(draft, found.facts).map(id => ({
		id,
		label: shortNames[id],
		value: answerText(id, whole),
		remark: isAnswered(id, whole)
			? isDetected(id, whole, found.facts)
				? 'detected'
				: undefined
			: 'not valid',
	}));
}

/** @param id of a row, or `use` for all as they are */
export function takeDefault(id: QuestionId | 'use'): WizardAction {
	return id === 'use' ? { type: 'use-defaults' } : { type: 'open-default', id };
}

/** The clusters themselves told it. */
function isDetected(id: QuestionId, whole: Draft, facts: Facts): boolean {
	const known = suggestion(id, whole, facts);
	return known !== suggestion(id, whole, nothingFound.facts) && answerText(id, whole) === known;
}
