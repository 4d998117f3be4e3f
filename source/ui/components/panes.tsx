import { Box } from 'ink';
import type { ReactNode } from 'react';
import { type Area, AreaContext, useArea } from '../area.ts';

/** Fewest columns and rows at which a pane fits beside the content. */
const fewest = { columns: 100, rows: 12 };
/** Fewest columns of a window that has panes on both sides. */
const fewestForBoth = 160;
/** Longer lines are hard to read. */
const widestContent = 100;
const gap = 3;

export const hasPanes = ({ columns, rows }: Area): boolean =>
	columns >= fewest.columns && rows >= fewest.rows;

type PanesProps = Readonly<{
	/** What was given so far, or what there is to choose from. */
	left?: ReactNode;
	/** What can be read besides. */
	right?: ReactNode;
	/** Columns of the left pane. */
	leftColumns?: number;
	children: ReactNode;
}>;

/** Content with a pane at its left from 100 columns on, and one at its right from 160; alone in a smaller window. */
export function Panes({ left, right, leftColumns = 0, children }: PanesProps): ReactNode {
	const area = useArea();
	const hasLeft = left !== undefined && hasPanes(area);
	const hasRight = right !== undefined && hasPanes(area) && area.columns >= fewestForBoth;
	const beside = hasLeft ? leftColumns + gap : 0;
	const rest = area.columns - beside;
	const content = Math.min(widestContent, hasRight ? Math.floor(rest * 0.62) : rest);
	const further = Math.min(60, rest - content - gap);
	return (
		<Box columnGap={gap}>
			{hasLeft && (
				<AreaContext value={{ rows: area.rows, columns: leftColumns }}>
					<Box width={leftColumns} flexShrink={0} flexDirection="column">
						{left}
					</Box>
				</AreaContext>
			)}
			<AreaContext value={{ ...area, columns: content, reach: hasRight ? content : rest }}>
				<Box width={content} flexShrink={0} flexDirection="column">
					{children}
				</Box>
			</AreaContext>
			{hasRight && (
				<AreaContext value={{ rows: area.rows, columns: further }}>
					<Box width={further} flexShrink={0} flexDirection="column">
						{right}
					</Box>
				</AreaContext>
			)}
		</Box>
	);
}
