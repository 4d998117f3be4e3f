import { Text } from 'ink';
import { Fragment, type ReactNode } from 'react';
import { fitCells, truncate } from '../text/display-width.ts';
import type { Marks } from '../text/matches.ts';
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

type FilterRowProps = {
	isSelected?: boolean;
	label: string;
	item?: FilterItem;
	/** What the filter found in its cells. */
	marks?: Marks | undefined;
	widths?: TableWidths;
};

/** One line: what does not fit its column is cut. */
export function FilterRow({ isSelected = false, item, marks, widths }: FilterRowProps): ReactNode {
	const { glyphs, styles } = useTheme();
	if (item === undefined || widths === undefined) return null;
	if (item.columns === undefined && item.state === undefined) {
		return (
			<Text wrap="truncate" {...(isSelected ? styles.accent : {})}>
				{fitCells(item.label, widthOf(widths), glyphs.ellipsis)}
			</Text>
		);
	}
	const cells = cellsOf(item)
		.map((cell, place) => ({
			cell,
			fitted: fitCells(cell, widths.cells[place] ?? 0, glyphs.ellipsis),
			found: marks?.[place],
			place,
		}))
		.filter(({ place }) => (widths.cells[place] ?? 0) > 0);
	const state = truncate(stateText(item, glyphs), widths.state, glyphs.ellipsis);
	const signs = state.split(' ', 1)[0] ?? '';
	const tone = item.state?.tone ?? 'info';
	return (
		<Text wrap="truncate">
			<Text {...(isSelected ? styles.accent : {})}>
				{cells.map(({ cell, fitted, found, place }) => (
					<Fragment key={place}>
						{place > 0 && ' '.repeat(columnGap)}
						{found?.size && fitted.startsWith(cell) ? <Marked text={fitted} places={found} /> : fitted}
					</Fragment>
				))}
			</Text>
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

/** Of a whole row. */
const widthOf = ({ cells, state }: TableWidths): number =>
	[...cells, state].filter(width => width > 0).reduce((sum, width) => sum + width + columnGap, -columnGap);

/** With the letters that were found. A cell that is cut has other places. */
function Marked({ text, places }: Readonly<{ text: string; places: ReadonlySet<number> }>): ReactNode {
	const { styles } = useTheme();
	const runs: { text: string; isFound: boolean; start: number }[] = [];
	[...text].forEach((character, place) => {
		const isFound = places.has(place);
		const last = runs.at(-1);
		if (last?.isFound === isFound) last.text += character;
		else runs.push({ text: character, isFound, start: place });
	});
	return runs.map(({ text: run, isFound, start }) => (
		<Text key={start} {...(isFound ? styles.match : {})}>
			{run}
		</Text>
	));
}

export const tableRow = (item: FilterItem, glyphs: Theme['glyphs']): TableRow => ({
	cells: cellsOf(item),
	state: stateText(item, glyphs),
});

const cellsOf = (item: FilterItem): readonly string[] => [item.label, ...(item.columns ?? [])];

const stateText = ({ state }: FilterItem, glyphs: Theme['glyphs']): string =>
	state === undefined ? '' : `${glyphs[state.tone]} ${state.text}`;
