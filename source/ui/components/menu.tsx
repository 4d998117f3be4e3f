import { Box, Text } from 'ink';
import { type ReactNode, useMemo } from 'react';
import { useArea } from '../area.ts';
import { firstVisible } from '../list-state.ts';
import { columnWidths } from '../text/row-columns.ts';
import { useTheme } from '../theme.ts';
import { type ListProps, useList } from '../use-list.ts';
import { type FilterItem, FilterRow, tableRow } from './filter-row.tsx';
import { SelectList } from './select-list.tsx';

export type MenuItem<Id extends string> = FilterItem & Readonly<{ id: Id }>;

/** What can be chosen, one line each, in aligned columns. Scrolls where it is longer than its rows. */
export function Menu<Id extends string>(props: ListProps<MenuItem<Id>> & { rows: number }): ReactNode {
	const { items } = props;
	const { glyphs, styles } = useTheme();
	const { columns } = useArea();
	const isWhole = items.length <= props.rows;
	const page = Math.max(1, isWhole ? props.rows : props.rows - 1);
	const highlighted = useList(props, page);
	const first = firstVisible(items.length, highlighted, page);
	const shown = items.slice(first, first + page);
	const widths = useMemo(
		() =>
			columnWidths(
				items.map(item => tableRow(item, glyphs)),
				columns - 2,
			),
		[items, columns, glyphs],
	);
	return (
		<Box flexDirection="column" flexShrink={0}>
			<SelectList
				rows={shown.map(item => ({ value: item.id, label: item.label, item, widths }))}
				highlighted={highlighted - first}
				rowComponent={FilterRow}
			/>
			{!isWhole && (
				<Text {...styles.muted}>{`${first + 1} to ${first + shown.length} of ${items.length}`}</Text>
			)}
		</Box>
	);
}
