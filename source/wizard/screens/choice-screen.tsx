import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Option } from '../../conversation/questions/options.ts';
import { useArea } from '../../ui/area.ts';
import { Choice } from '../../ui/components/choice.tsx';
import { Prose } from '../../ui/components/prose.tsx';
import { useTheme } from '../../ui/theme.ts';

export function ChoiceScreen(props: {
	id: string;
	question: string;
	remark?: string;
	options: readonly Option[];
	chosen: string;
	onSubmit: (id: string) => void;
	onBack: (() => void) | undefined;
	onHelp: (() => void) | undefined;
}): ReactNode {
	const { styles } = useTheme();
	const area = useArea();
	const isRoomy = area.rows >= 12;
	return (
		<Box flexDirection="column" rowGap={isRoomy ? 1 : 0}>
			<Prose {...styles.accent}>{props.question}</Prose>
			<Choice
				key={props.id}
				items={props.options}
				initial={props.chosen}
				rows={area.rows - (props.remark ? 4 : 2)}
				onSubmit={props.onSubmit}
				onCancel={props.onBack}
				onHelp={props.onHelp}
			/>
			{props.remark && isRoomy && <Prose {...styles.muted}>{props.remark}</Prose>}
		</Box>
	);
}
