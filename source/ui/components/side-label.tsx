import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { Pair, Side } from '../../pairing/words/pair.ts';
import { useArea } from '../area.ts';
import type { Glyphs } from '../glyphs.ts';
import { displayWidth, truncateMiddle } from '../text/display-width.ts';
import { useTheme } from '../theme.ts';

/** The word for a side, in its colour. */
export function SideLabel({ side, children }: { side: Side; children?: ReactNode }): ReactNode {
	return <Text {...useTheme().styles[side]}>{children ?? side}</Text>;
}

export const pairText = (
	{ source = '-', destination = '-' }: Partial<Pair<string>>,
	{ arrow }: Glyphs,
): string => `source ${source} ${arrow} destination ${destination}`;

/** `source prod-east → destination dr-west`; on two lines where one is too short. A side not chosen yet is a dash. */
export function PairLine({ names }: { names: Partial<Pair<string>> }): ReactNode {
	const { glyphs } = useTheme();
	const area = useArea();
	const width = area.columns;
	const source = names.source ?? '-';
	const destination = names.destination ?? '-';
	const fits = displayWidth(pairText(names, glyphs)) <= width;
	return (
		<Box flexDirection={fits ? 'row' : 'column'} columnGap={1}>
			<Text>
				<SideLabel side="source" /> {truncateMiddle(source, width - 'source '.length, glyphs.ellipsis)}
			</Text>
			<Text>
				{glyphs.arrow} <SideLabel side="destination" />{' '}
				{truncateMiddle(destination, width - displayWidth(`${glyphs.arrow} destination `), glyphs.ellipsis)}
			</Text>
		</Box>
	);
}
