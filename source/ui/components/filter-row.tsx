import { Text } from 'ink';
import type { ReactNode } from 'react';
import { fitCells, truncate } from '../text/display-width.ts';
import { columnGap, type TableRow, type TableWidths } from '../text/row-columns.ts';
import { type Theme, useTheme } from '../theme.ts';
import type { NoteTone } from './note.tsx';

export type FilterItem = Readonly<{
	id: string;
	label: string;
	/** Further cells of the row. They are searched too, and left out where there is no room. */
	columns?: readonly string[];
	/** May change while shown: it is not searched and moves nothing. */
	state?: Readonly<{ text: string; tone: NoteTone }>;
	/** Shown below the list while highlighted, whole: for what rows cut off. */
	detail?: string;
}>;

type FilterRowProps = { isSelected?: boolean; label: string; item?: FilterItem; widths?: TableWidths };

/** One line: what does not fit its column is cut. */
export function FilterRow({ isSelected = false, item, widths }: FilterRowProps): ReactNode {
	const { glyphs, styles } = useTheme();
	if (item === undefined || widths === undefined) return null;
	const cells = cellsOf(item)
		.map((cell, index) => ({ cell, width: widths.cells[index] ?? 0 }))
		.filter(({ width }) => width > 0)
		.map(({ cell, width }) => fitCells(cell, width, glyphs.ellipsis));
	const state = truncate(stateText(item, glyphs), widths.state, glyphs.ellipsis);
	const signs = state.split(' ', 1)[0] ?? '';
	const tone = item.state?.tone ?? 'info';
	return (
		<Text wrap="truncate">
			<Text {...(isSelected ? styles.accent : {})}>{cells.join(' '.repeat(columnGap))}</Text>
			{state !== '' && (
				<>
					{' '.repeat(columnGap)}
					<Text {...styles[tone === 'info' ? 'muted' : tone]}>{signs}</Text>
					{state.slice(signs.length)}
				</>
			)}
		</Text>
	);
}

export const tableRow = (item: FilterItem, glyphs: Theme['glyphs']): TableRow => ({
	cells: cellsOf(item),
	state: stateText(item, glyphs),
});

const cellsOf = (item: FilterItem): readonly string[] => [item.label, ...(item.columns ?? [])];

const stateText = ({ state }: FilterItem, glyphs: Theme['glyphs']): string =>
	state === undefined ? '' : `${glyphs[state.tone]} ${state.text}`;
