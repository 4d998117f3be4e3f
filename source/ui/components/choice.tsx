import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { useArea } from '../area.ts';
import { displayWidth } from '../text/display-width.ts';
import { useTheme } from '../theme.ts';
import { type ListProps, useList } from '../use-list.ts';
import { Prose } from './prose.tsx';
import { SelectList } from './select-list.tsx';

export type ChoiceItem<Id extends string> = Readonly<{ id: Id; label: string; description?: string }>;

/** A question with a few answers. Give it the question's name as `key`. */
export function Choice<Id extends string>(
	props: ListProps<ChoiceItem<Id>> & {
		/** Less than it takes to describe every item: then the highlighted one alone is described. */
		rows?: number;
	},
): ReactNode {
	const area = useArea();
	const highlighted = useList(props, props.items.length);
	const describesAll = rowsFor(props.items, area.columns) <= (props.rows ?? area.rows);
	const rows = props.items.map(({ id, label, description }, index) => ({
		value: id,
		label,
		description: describesAll || index === highlighted ? description : undefined,
	}));
	return <SelectList rows={rows} highlighted={highlighted} rowComponent={ChoiceRow} />;
}

/** A little more than it takes, since words break before the edge. */
const rowsFor = (items: readonly ChoiceItem<string>[], columns: number): number =>
	items.reduce(
		(sum, { description = '' }) => sum + 1 + Math.ceil(displayWidth(description) / (columns * 0.8)),
		0,
	);

type ChoiceRowProps = { isSelected?: boolean; label: string; description?: string | undefined };

function ChoiceRow({ isSelected = false, label, description }: ChoiceRowProps): ReactNode {
	const { styles } = useTheme();
	return (
		<Box flexDirection="column">
			<Text {...(isSelected ? styles.accent : {})}>{label}</Text>
			{description !== undefined && <Prose {...styles.muted}>{description}</Prose>}
		</Box>
	);
}
