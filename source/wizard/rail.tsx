import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { problemsOf } from '../conversation/found/found.ts';
import { answerText } from '../conversation/questions/answer-texts.ts';
import type { QuestionId } from '../conversation/questions/question-ids.ts';
import { shortNames } from '../conversation/questions/questions.ts';
import { questionsOf } from '../conversation/questions/sequence.ts';
import type { WizardState } from '../conversation/wizard-state.ts';
import { counted } from '../pairing/words/counted.ts';
import { eachCause } from '../pairing/words/problem.ts';
import { useArea } from '../ui/area.ts';
import { spellSigns } from '../ui/glyphs.ts';
import { truncateMiddle } from '../ui/text/display-width.ts';
import { useTheme } from '../ui/theme.ts';

export const railColumns = 39;
const labelColumns = 21;

/** All questions, one line each: what was answered, which one this is, and what comes. */
export function Rail({ state, id }: Readonly<{ state: WizardState; id: QuestionId }>): ReactNode {
	const { glyphs, styles } = useTheme();
	const { columns } = useArea();
	const ids = questionsOf(state.draft, state.found.facts);
	// What was opened from the page of the defaults is no screen of its own.
	const current = ids.includes(id) ? id : 'defaults';
	const now = ids.indexOf(current);
	return (
		<>
			{ids.map((each, index) => {
				const isDone = index < now || state.isChanging;
				const isNow = each === current;
				const text = isDone && !isNow ? spellSigns(answerOf(each, state), glyphs) : '';
				return (
					<Box key={each}>
						<Text {...styles[isNow ? 'accent' : isDone ? 'ok' : 'muted']}>
							{isNow ? glyphs.pointer : isDone ? glyphs.ok : glyphs.pending}{' '}
						</Text>
						<Box width={labelColumns} flexShrink={0}>
							<Text {...(isNow ? styles.accent : styles.muted)}>{shortNames[each]}</Text>
						</Box>
						<Text {...(each === 'source' || each === 'destination' ? styles[each] : {})}>
							{truncateMiddle(text, columns - labelColumns - 2, glyphs.ellipsis)}
						</Text>
					</Box>
				);
			})}
		</>
	);
}

function answerOf(id: QuestionId, state: WizardState): string {
	switch (id) {
		case 'found': {
			const problems = eachCause(problemsOf(state)).length;
			return problems === 0 ? 'no problems' : counted(problems, 'problem');
		}
		case 'defaults':
		case 'review':
			return '';
		default:
			return answerText(id, state.draft);
	}
}
