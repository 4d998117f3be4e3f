import { Box, Text } from 'ink';
import SelectInput, { type ItemProps } from 'ink-select-input';
import type { FC, ReactNode } from 'react';
import { useTheme } from '../theme.ts';

/**
 * ink-select-input as a list whose highlight is given. It is left unfocused, because its own key handling takes
 * digits for choices and letters for moves, and misses all but the last of several keys that arrive together; and
 * it takes its highlight from the first drawing alone, so a move draws a new list: it is never longer than the screen.
 */
export function SelectList<Row extends { label: string; value: string }>(props: {
	rows: Row[];
	highlighted: number;
	rowComponent: FC<ItemProps>;
}): ReactNode {
	return (
		<SelectInput
			key={`${props.highlighted} ${props.rows.map(row => row.value).join('\n')}`}
			isFocused={false}
			items={props.rows}
			initialIndex={props.highlighted}
			indicatorComponent={Pointer}
			itemComponent={props.rowComponent}
		/>
	);
}

function Pointer({ isSelected = false }: { isSelected?: boolean }): ReactNode {
	const { glyphs, styles } = useTheme();
	return (
		<Box flexShrink={0} marginRight={1}>
			<Text {...styles.accent} aria-hidden={!isSelected} aria-label="chosen:">
				{isSelected ? glyphs.pointer : ' '}
			</Text>
		</Box>
	);
}
