import { Text } from 'ink';
import type { ReactNode } from 'react';
import { helpLines } from '../conversation/questions/help-texts.ts';
import type { QuestionId } from '../conversation/questions/question-ids.ts';
import { isField } from '../conversation/questions/questions.ts';
import type { WizardState } from '../conversation/wizard-state.ts';
import { Panes } from '../ui/components/panes.tsx';
import { Prose } from '../ui/components/prose.tsx';
import { useTheme } from '../ui/theme.ts';
import { Rail, railColumns } from './rail.tsx';

/** A question, between what was answered and what it is about, where the window has room for these. */
export function Beside({
	state,
	children,
}: Readonly<{ state: WizardState; children: ReactNode }>): ReactNode {
	const { place, overlay } = state;
	if (place.kind !== 'question' || overlay !== 'none' || wantsAll.has(place.id)) {
		return children;
	}
	const { id } = place;
	return (
		<Panes
			left={tellsItself.has(id) ? undefined : <Rail state={state} id={id} />}
			leftColumns={railColumns}
			right={isField(id) ? undefined : <About id={id} />}
		>
			{children}
		</Panes>
	);
}

/** Long names and addresses have the whole line, and nothing is answered by then. */
const wantsAll: ReadonlySet<QuestionId> = new Set<QuestionId>(['source', 'destination']);

/** Answers, or both clusters, are their content. */
const tellsItself: ReadonlySet<QuestionId> = new Set<QuestionId>(['found', 'review']);

const screens: ReadonlySet<QuestionId> = new Set<QuestionId>(['found', 'defaults', 'review']);

/** What `?` tells, too. A field says it in any case. */
function About({ id }: Readonly<{ id: QuestionId }>): ReactNode {
	const { styles } = useTheme();
	return (
		<>
			<Text {...styles.muted}>{`About this ${screens.has(id) ? 'screen' : 'question'}`}</Text>
			{helpLines(id).map(line => (
				<Prose key={line} {...styles.muted}>
					{line}
				</Prose>
			))}
		</>
	);
}
