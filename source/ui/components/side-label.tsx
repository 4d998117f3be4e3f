import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { type Pair, type Side, sides } from '../../pairing/words/pair.ts';
import { useArea } from '../area.ts';
import type { Glyphs } from '../glyphs.ts';
import { displayWidth, truncateMiddle } from '../text/display-width.ts';
import { useTheme } from '../theme.ts';

/** The word for a side, in its colour. */
export function SideLabel({ side, children }: { side: Side; children?: ReactNode }): ReactNode {
	return <Text {...useTheme().styles[side]}>{children ?? side}</Text>;
}

type Names = Partial<Pair<string>>;

export const pairText = (names: Names, { arrow }: Glyphs): string =>
	sides.flatMap(side => (names[side] === undefined ? [] : `${side} ${names[side]}`)).join(` ${arrow} `);

/** `source prod-east → destination dr-west`; on two lines where one is too short. Nothing is said of a side that is not chosen yet. */
export function PairLine({ names }: { names: Names }): ReactNode {
	const { glyphs } = useTheme();
	const area = useArea();
	const width = area.columns;
	const { source, destination } = names;
	const fits = displayWidth(pairText(names, glyphs)) <= width;
	return (
		<Box flexDirection={fits ? 'row' : 'column'} columnGap={1}>
			{source !== undefined && (
				<Text>
					<SideLabel side="source" /> {truncateMiddle(source, width - 'source '.length, glyphs.ellipsis)}
				</Text>
			)}
			{destination !== undefined && (
				<Text>
					{glyphs.arrow} <SideLabel side="destination" />{' '}
					{truncateMiddle(destination, width - displayWidth(`${glyphs.arrow} destination `), glyphs.ellipsis)}
				</Text>
			)}
		</Box>
	);
}
