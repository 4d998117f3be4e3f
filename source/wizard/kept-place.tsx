import { Box } from 'ink';
import type { ReactNode } from 'react';
import { keptHelp, keptLines, keptOptions, keptQuestion } from '../conversation/kept.ts';
import type { KeptDraft } from '../conversation/services.ts';
import type { WizardAction } from '../conversation/wizard-state.ts';
import { useArea } from '../ui/area.ts';
import { Choice } from '../ui/components/choice.tsx';
import { Prose } from '../ui/components/prose.tsx';
import { useTheme } from '../ui/theme.ts';
import { FirstPlace } from './first-place.tsx';

/** Before the first question: whether the answers of an earlier conversation are still wanted. */
export function KeptPlace(props: {
	kept: KeptDraft;
	isPractice: boolean;
	dispatch: (action: WizardAction) => void;
	onLeave: () => void;
}): ReactNode {
	const { kept, dispatch, onLeave } = props;
	return (
		<FirstPlace title="Earlier answers" help={keptHelp} isPractice={props.isPractice} onLeave={onLeave}>
			{onHelp => (
				<Kept
					kept={kept}
					onSubmit={id =>
						dispatch(id === 'continue' ? { type: 'take-kept', draft: kept.draft } : { type: 'start-again' })
					}
					onLeave={onLeave}
					onHelp={onHelp}
				/>
			)}
		</FirstPlace>
	);
}

function Kept(props: {
	kept: KeptDraft;
	onSubmit: (id: (typeof keptOptions)[number]['id']) => void;
	onLeave: () => void;
	onHelp: (() => void) | undefined;
}): ReactNode {
	const { styles } = useTheme();
	const isRoomy = useArea().rows >= 14;
	const lines = keptLines(props.kept);
	return (
		<Box flexDirection="column" rowGap={isRoomy ? 1 : 0}>
			<Prose {...styles.accent}>{keptQuestion(props.kept)}</Prose>
			<Box flexDirection="column">
				{(isRoomy ? lines : lines.slice(0, 3)).map(line => (
					<Prose key={line} {...styles.muted}>
						{line}
					</Prose>
				))}
			</Box>
			<Choice
				items={keptOptions}
				initial="continue"
				rows={isRoomy ? 6 : 3}
				onSubmit={props.onSubmit}
				onCancel={props.onLeave}
				onHelp={props.onHelp}
			/>
		</Box>
	);
}
