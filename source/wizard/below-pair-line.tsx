import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Pair } from '../pairing/words/pair.ts';
import { AreaContext, useArea } from '../ui/area.ts';
import { PairLine } from '../ui/components/side-label.tsx';
import { displayWidth } from '../ui/text/display-width.ts';
import { useTheme } from '../ui/theme.ts';

/** From the first choice on, source → destination is above everything; what is below has so much less room. */
export function BelowPairLine(props: { names: Partial<Pair<string>>; children: ReactNode }): ReactNode {
	const area = useArea();
	const { glyphs } = useTheme();
	const { source, destination } = props.names;
	if (source === undefined) {
		return props.children;
	}
	const line = `source ${source} ${glyphs.arrow} destination ${destination ?? '-'}`;
	const lines = displayWidth(line) <= area.columns ? 1 : 2;
	const gap = area.rows < 14 ? 0 : 1;
	const below = { columns: area.columns, rows: Math.max(1, area.rows - lines - gap) };
	return (
		<>
			<PairLine names={props.names} />
			<Box flexDirection="column" marginTop={gap}>
				<AreaContext value={below}>{props.children}</AreaContext>
			</Box>
		</>
	);
}
