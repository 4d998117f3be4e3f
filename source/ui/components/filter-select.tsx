import { Box, Text, useInput, usePaste } from 'ink';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useArea } from '../area.ts';
import { filterReducer, filterRows, filterStart } from '../filter-state.ts';
import { type FieldKey, readFieldKey } from '../keys/field-keys.ts';
import { readListKey } from '../keys/list-keys.ts';
import { firstVisible, indexIn } from '../list-state.ts';
import { displayWidth } from '../text/display-width.ts';
import { type Searchable, searchable } from '../text/matches.ts';
import { columnWidths, type TableWidths } from '../text/row-columns.ts';
import type { TextFieldState } from '../text-field-state.ts';
import { useTheme } from '../theme.ts';
import { useLiveReducer } from '../use-live-reducer.ts';
import { type FilterItem, FilterRow, tableRow } from './filter-row.tsx';
import { SelectList } from './select-list.tsx';
import { TextLine } from './text-line.tsx';

type FilterSelectProps = Readonly<{
	items: readonly FilterItem[];
	initial?: string;
	label?: string;
	/** Rows for the filter, the list and the line below it. */
	rows?: number;
	onSubmit: (id: string) => void;
	/** Esc with an empty filter; with text in it, Esc empties it. */
	onCancel?: (() => void) | undefined;
	onHelp?: (() => void) | undefined;
	/** Tells what a filter leaves of the list: Esc clears it, and of nothing, nothing is chosen. */
	onNarrowed?: (left: FilterLeaves) => void;
	/** Tells which items are on screen, so that only those need to be looked up. */
	onVisible?: (ids: readonly string[]) => void;
}>;

/** What a filter leaves of a list; all of it, where there is no filter. */
export type FilterLeaves = 'all' | 'matches' | 'nothing';

/** A list under a line that filters it. */
export function FilterSelect(props: FilterSelectProps): ReactNode {
	const { glyphs } = useTheme();
	const area = useArea();
	const { columns } = area;
	const available = props.rows ?? area.rows;
	const gap = available < 8 ? 0 : 1;
	const details = props.items.some(item => item.detail) ? 1 + gap : 0;
	const page = Math.max(1, available - 2 - gap - details);
	const rows = useMemo(() => props.items.map(searchableItem), [props.items]);
	const { state, latest, dispatch } = useLiveReducer(filterReducer, () => filterStart(props.initial));
	const idsFor = (field: TextFieldState): string[] => matching(rows, field).map(({ item }) => item.id);

	const act = (key: FieldKey): void => {
		const { field, highlighted } = latest();
		if (key.type === 'submit') choose(idsFor(field), highlighted, props.onSubmit);
		else if (key.type === 'cancel' && field.text.length > 0) dispatch({ type: 'replace', text: '' });
		else if (key.type === 'cancel') props.onCancel?.();
		else if (key.type === 'insert' && key.text === '?' && props.onHelp) props.onHelp();
		else if (key.type !== 'complete' && key.type !== 'hint') dispatch(key);
	};
	useInput((input, key) => {
		const move = readListKey(key);
		if (move === undefined) readFieldKey(input, key).forEach(act);
		else dispatch({ type: 'highlight', ids: idsFor(latest().field), move, page });
	});
	usePaste(text => act({ type: 'paste', text }));

	const matches = useMemo(() => matching(rows, state.field), [rows, state.field]);
	const highlighted = indexIn(
		matches.map(({ item }) => item.id),
		state.highlighted,
	);
	const first = firstVisible(matches.length, highlighted, page);
	const shown = matches.slice(first, first + page);
	const visible = shown.map(({ item }) => item);
	const widths = useMemo(
		() =>
			columnWidths(
				props.items.map(item => tableRow(item, glyphs)),
				columns - 2,
			),
		[props.items, columns, glyphs],
	);
	useVisible(visible, props.onVisible);
	useNarrowed(
		state.field.text.length === 0 ? 'all' : matches.length > 0 ? 'matches' : 'nothing',
		props.onNarrowed,
	);

	return (
		<Box flexDirection="column" flexShrink={0}>
			<FilterLine label={props.label ?? 'Filter:'} field={state.field} columns={columns} />
			<Box marginTop={gap} flexDirection="column">
				{visible.length === 0 ? (
					<NoMatch isEmpty={props.items.length === 0} />
				) : (
					<SelectList
						rows={shown.map(({ item, marks }) => ({
							value: item.id,
							label: item.label,
							item,
							marks,
							widths,
						}))}
						highlighted={highlighted - first}
						rowComponent={FilterRow}
					/>
				)}
			</Box>
			<Below
				shown={visible.length}
				matches={matches.length}
				all={props.items.length}
				detail={detailOf(matches[highlighted]?.item, widths)}
			/>
		</Box>
	);
}

/** What the row shows whole is not said again. */
const detailOf = (item: FilterItem | undefined, { cells }: TableWidths): string | undefined =>
	item?.columns?.some((cell, at) => cell === item.detail && displayWidth(cell) <= (cells[at + 1] ?? 0))
		? undefined
		: item?.detail;

type SearchableItem = Readonly<{ item: FilterItem; cells: readonly Searchable[] }>;

const searchableItem = (item: FilterItem): SearchableItem => ({
	item,
	cells: [item.label, ...(item.columns ?? [])].map(searchable),
});

const matching = (rows: readonly SearchableItem[], field: TextFieldState) =>
	filterRows(rows, field.text.reveal()).map(({ row: { item }, marks }) => ({ item, marks }));

function choose(
	ids: readonly string[],
	highlighted: string | undefined,
	onSubmit: (id: string) => void,
): void {
	const id = ids[indexIn(ids, highlighted)];
	if (id !== undefined) onSubmit(id);
}

function useVisible(visible: readonly FilterItem[], onVisible: FilterSelectProps['onVisible']): void {
	const names = visible.map(item => item.id).join('\n');
	useEffect(() => {
		onVisible?.(names === '' ? [] : names.split('\n'));
	}, [names, onVisible]);
}

function useNarrowed(left: FilterLeaves, onNarrowed: FilterSelectProps['onNarrowed']): void {
	useEffect(() => {
		onNarrowed?.(left);
		return () => onNarrowed?.('all');
	}, [left, onNarrowed]);
}

function FilterLine(props: { label: string; field: TextFieldState; columns: number }): ReactNode {
	const { styles } = useTheme();
	return (
		<Box columnGap={1} aria-role="textbox">
			<Box flexShrink={0}>
				<Text {...styles.accent}>{props.label}</Text>
			</Box>
			<TextLine
				field={props.field}
				columns={Math.max(4, props.columns - props.label.length - 1)}
				hasCursor
				placeholder="type to filter"
			/>
		</Box>
	);
}

function NoMatch({ isEmpty }: { isEmpty: boolean }): ReactNode {
	return <Text>{isEmpty ? 'Nothing to choose from.' : 'Nothing matches. Esc clears the filter.'}</Text>;
}

function Below(props: {
	shown: number;
	matches: number;
	all: number;
	detail: string | undefined;
}): ReactNode {
	const { styles } = useTheme();
	return (
		<>
			{props.shown < props.all && <Text {...styles.muted}>{countLine(props)}</Text>}
			{props.detail !== undefined && <Text>{props.detail}</Text>}
		</>
	);
}

function countLine({ shown, matches, all }: { shown: number; matches: number; all: number }): string {
	if (matches === all) return `${shown} of ${all} shown`;
	return shown === matches ? `${matches} of ${all} match` : `${shown} of ${matches} shown, ${all} in all`;
}
