import { Box } from 'ink';
import type { ReactNode } from 'react';
import { type DefaultRow, defaultsQuestion } from '../../conversation/defaults.ts';
import type { QuestionId } from '../../conversation/question-ids.ts';
import { useArea } from '../../ui/area.ts';
import { Menu } from '../../ui/components/menu.tsx';
import { Prose } from '../../ui/components/prose.tsx';
import { spellSigns } from '../../ui/glyphs.ts';
import { useTheme } from '../../ui/theme.ts';

/** Everything that has a good default, on one page. */
export function DefaultsScreen(props: {
	rows: readonly DefaultRow[];
	onSubmit: (id: QuestionId | 'use') => void;
	onBack: (() => void) | undefined;
	onHelp: (() => void) | undefined;
}): ReactNode {
	const { styles, glyphs } = useTheme();
	const area = useArea();
	const isRoomy = area.rows >= 12;
	const items = props.rows.map(({ id, label, value, remark }) => ({
		id,
		label,
		columns: [
			spellSigns(remark === 'detected' && area.columns >= 60 ? `${value} (detected)` : value, glyphs),
		],
		...(remark === 'not valid' && { state: { text: remark, tone: 'error' } as const }),
	}));
	return (
		<Box flexDirection="column" rowGap={isRoomy ? 1 : 0}>
			<Prose {...styles.accent}>{defaultsQuestion}</Prose>
			<Menu<QuestionId | 'use'>
				items={[{ id: 'use', label: 'Use these' }, ...items]}
				rows={area.rows - (isRoomy ? 2 : 1)}
				onSubmit={props.onSubmit}
				onCancel={props.onBack}
				onHelp={props.onHelp}
			/>
		</Box>
	);
}
