import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { said } from '../../conversation/found/facts-in-words.ts';
import type { Facts } from '../../conversation/questions/questions.ts';
import { sides } from '../../pairing/words/pair.ts';
import { useArea } from '../../ui/area.ts';
import { truncate, truncateMiddle } from '../../ui/text/display-width.ts';
import { useTheme } from '../../ui/theme.ts';

const labelColumns = 14;

/** Both clusters beside each other, a line for each thing that was found. */
export function FactsTable({ facts, location }: Readonly<{ facts: Facts; location: string }>): ReactNode {
	const { styles, glyphs } = useTheme();
	const { columns } = useArea();
	const width = Math.floor((Math.min(columns, 110) - labelColumns) / sides.length);
	const found = sides.map(side => ({ side, ...said(facts[side], location) }));
	const row = (label: string, cells: readonly string[], cut = truncate) => (
		<Box key={label}>
			<Box width={labelColumns} flexShrink={0}>
				<Text {...styles.muted}>{label}</Text>
			</Box>
			{cells.map((cell, index) => (
				<Box key={sides[index]} width={width} flexShrink={0}>
					<Text>{cut(cell, width - 2, glyphs.ellipsis)}</Text>
				</Box>
			))}
		</Box>
	);
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
			{row(
				'Kubernetes',
				found.map(({ version }) => version),
			)}
			{row(
				'Portworx',
				found.map(({ portworx }) => portworx),
			)}
			{row(
				'Pods',
				found.map(({ pods }) => pods),
			)}
			{row(
				'Stork',
				found.map(({ stork }) => stork),
			)}
			{row(
				'Platform',
				found.map(({ platform }) => platform),
			)}
			{row(
				'Detected by',
				found.map(({ because }) => because),
				truncateMiddle,
			)}
			{row(
				'Region',
				found.map(({ region }) => region),
			)}
			{row(
				'Cluster UUID',
				found.map(({ uuid }) => uuid),
				truncateMiddle,
			)}
		</Box>
	);
}
