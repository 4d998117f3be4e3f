import { displayWidth } from './display-width.ts';

export type TableRow = Readonly<{ cells: readonly string[]; state: string }>;
export type TableWidths = Readonly<{ cells: readonly number[]; state: number }>;

export const columnGap = 2;
/** A column with less than so many cells says too little to be worth its place. */
const leastUseful = 8;

/**
 * How wide each column of a table gets. The first, a name, and the last, a state, always stay; of those between, as
 * many as find room, from the left. A column that is left out gets 0.
 */
export function columnWidths(rows: readonly TableRow[], columns: number): TableWidths {
	const [name = 0, ...others] = widest(rows.map(row => row.cells.map(displayWidth)));
	const longestState = Math.max(0, ...rows.map(row => displayWidth(row.state)));
	const state = Math.min(longestState, Math.max(leastUseful, Math.floor(columns * 0.4)));
	const first = Math.min(name, columns - taken(state));
	return { cells: [first, ...middleWidths(others, columns - first - taken(state))], state };
}

const taken = (width: number): number => (width === 0 ? 0 : width + columnGap);

function widest(rows: readonly (readonly number[])[]): number[] {
	const widths: number[] = [];
	for (const row of rows) {
		row.forEach((width, index) => {
			widths[index] = Math.max(widths[index] ?? 0, width);
		});
	}
	return widths;
}

function middleWidths(wanted: readonly number[], columns: number): number[] {
	let room = columns;
	return wanted.map(width => {
		const given = Math.min(width, room - columnGap);
		if (given >= Math.min(width, leastUseful)) {
			room -= taken(given);
			return given;
		}
		// Nor is any to its right shown: it would be taken for the missing one.
		room = 0;
		return 0;
	});
}
