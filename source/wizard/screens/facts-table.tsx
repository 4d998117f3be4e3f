import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { said } from '../../conversation/found/facts-in-words.ts';
import type { Facts } from '../../conversation/questions/questions.ts';
import { sides } from '../../pairing/words/pair.ts';
import { useArea } from '../../ui/area.ts';
import { truncate, truncateMiddle } from '../../ui/text/display-width.ts';
import { useTheme } from '../../ui/theme.ts';

const labelColumns = 14;

/** `cut`: where what tells one from another is at the end. */
const rows: readonly Readonly<{ label: string; of: keyof ReturnType<typeof said>; cut?: typeof truncate }>[] =
	[
		{ label: 'Kubernetes', of: 'version' },
		{ label: 'Portworx', of: 'portworx' },
		{ label: 'Pods', of: 'pods' },
		{ label: 'Stork', of: 'stork' },
		{ label: 'Platform', of: 'platform' },
		{ label: 'Detected by', of: 'because', cut: truncateMiddle },
		{ label: 'Region', of: 'region' },
		{ label: 'Cluster UUID', of: 'uuid', cut: truncateMiddle },
	];

/** Both clusters beside each other, a line for each thing that was found. */
export function FactsTable({ facts, location }: Readonly<{ facts: Facts; location: string }>): ReactNode {
	const { styles, glyphs } = useTheme();
	const { columns } = useArea();
	const width = Math.floor((Math.min(columns, 110) - labelColumns) / sides.length);
	const found = sides.map(side => ({ side, ...said(facts[side], location) }));
	return (
		<Box flexDirection="column">
			<Box>
				<Box width={labelColumns} flexShrink={0} />
				{sides.map(side => (
					<Box key={side} width={width} flexShrink={0}>
						<Text {...styles[side]}>
							{truncateMiddle(facts[side].context ?? '', width - side.length - 5, glyphs.ellipsis)} ({side})
						</Text>
					</Box>
				))}
			</Box>
			{rows.map(({ label, of, cut = truncate }) => (
				<Box key={label}>
					<Box width={labelColumns} flexShrink={0}>
						<Text {...styles.muted}>{label}</Text>
					</Box>
					{found.map(each => (
						<Box key={each.side} width={width} flexShrink={0}>
							<Text>{cut(each[of], width - 2, glyphs.ellipsis)}</Text>
						</Box>
					))}
				</Box>
			))}
		</Box>
	);
}
