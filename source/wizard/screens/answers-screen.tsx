import type { ReactNode } from 'react';
import { answerText, changeable } from '../../conversation/questions/answer-texts.ts';
import type { QuestionId } from '../../conversation/questions/question-ids.ts';
import { type Facts, shortNames } from '../../conversation/questions/questions.ts';
import type { Draft } from '../../pairing/answers/draft.ts';
import { useArea } from '../../ui/area.ts';
import { FilterSelect } from '../../ui/components/filter-select.tsx';
import { spellSigns } from '../../ui/glyphs.ts';
import { useTheme } from '../../ui/theme.ts';

/** All answers, to choose the one that should be another. */
export function AnswersScreen(props: {
	draft: Draft;
	facts: Facts;
	onSubmit: (id: QuestionId) => void;
	onBack: (() => void) | undefined;
	onHelp: (() => void) | undefined;
}): ReactNode {
	const area = useArea();
	const { glyphs } = useTheme();
	const ids = changeable(props.draft, props.facts);
	const items = ids.map(id => ({
		id,
		label: shortNames[id],
		columns: [spellSigns(answerText(id, props.draft), glyphs)],
	}));
	return (
		<FilterSelect
			items={items}
			label="Change:"
			rows={area.rows}
			onSubmit={id => {
				const found = ids.find(name => name === id);
				if (found) props.onSubmit(found);
			}}
			onCancel={props.onBack}
			onHelp={props.onHelp}
		/>
	);
}
