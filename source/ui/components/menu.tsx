import { Box, Text, useInput } from 'ink';
import { type ReactNode, useMemo } from 'react';
import { useArea } from '../area.ts';
import { readListKey } from '../keys/list-keys.ts';
import { firstVisible, indexIn, moveInList } from '../list-state.ts';
import { columnWidths } from '../text/row-columns.ts';
import { useTheme } from '../theme.ts';
import { useLiveReducer } from '../use-live-reducer.ts';
import { type FilterItem, FilterRow, tableRow } from './filter-row.tsx';
import { SelectList } from './select-list.tsx';

export type MenuItem<Id extends string> = FilterItem & Readonly<{ id: Id }>;

/** What can be chosen, one line each, in aligned columns. Scrolls where it is longer than its rows. */
export function Menu<Id extends string>(props: {
	items: readonly MenuItem<Id>[];
	initial?: Id;
	rows: number;
	/** false: something else is being asked, and has the keys. */
	isActive?: boolean;
	onSubmit: (id: Id) => void;
	onCancel?: (() => void) | undefined;
	onHelp?: (() => void) | undefined;
}): ReactNode {
	const { items } = props;
	const { glyphs, styles } = useTheme();
	const { columns } = useArea();
	const ids = items.map(({ id }) => id);
	const { state, latest, dispatch } = useLiveReducer(replace, (): string | undefined => props.initial);
	const isWhole = items.length <= props.rows;
	const page = Math.max(1, isWhole ? props.rows : props.rows - 1);
	useInput(
		(input, key) => {
			const move = readListKey(key);
			const chosen = items[indexIn(ids, latest())];
			if (move !== undefined) dispatch(moveInList(ids, latest(), move, page));
			else if (key.escape && !key.meta) props.onCancel?.();
			else if (input === '?') props.onHelp?.();
			else if (key.return && chosen) props.onSubmit(chosen.id);
		},
		{ isActive: props.isActive ?? true },
	);
	const highlighted = indexIn(ids, state);
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

const replace = (_: string | undefined, next: string | undefined): string | undefined => next;
