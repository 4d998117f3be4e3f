import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { PairAnswers } from '../../pairing/answers.ts';
import type { RunState } from '../../runner/run-state.ts';
import { useArea } from '../../ui/area.ts';
import { Note } from '../../ui/components/note.tsx';
import { Prose } from '../../ui/components/prose.tsx';
import { useTheme } from '../../ui/theme.ts';

/** The pair as the cluster has just reported it, what was made where, and what comes next. */
export function DoneScreen(props: {
	run: RunState;
	/** By all attempts together. */
	made: readonly string[];
	pair: PairAnswers;
	recordPath: string | undefined;
	isPractice: boolean;
}): ReactNode {
	const { glyphs, styles } = useTheme();
	const area = useArea();
	const last = props.run.rows.at(-1)?.state;
	const gap = area.rows < 14 ? 0 : 1;
	return (
		<Box flexDirection="column" rowGap={gap}>
			<Note tone="ok">
				{`The pair ${props.pair.namespace}/${props.pair.name} is Ready${props.isPractice ? ', on the practice clusters' : ''}: ${last && 'evidence' in last ? last.evidence : ''}`}
			</Note>
			<Box flexDirection="column">
				<Text {...styles.accent}>
					{props.made.length === 0 ? 'Nothing was changed: all was as planned.' : 'Made:'}
				</Text>
				{props.made.map(what => (
					<Text key={what} wrap="truncate">
						{glyphs.bullet} {what}
					</Text>
				))}
			</Box>
			<Prose>
				Next: a Migration that names {props.pair.name} as its clusterPair. A manifest to copy is printed below
				when you leave.
			</Prose>
			{props.recordPath && (
				<Box flexDirection="column">
					<Text {...styles.muted}>Record of this run, without secrets:</Text>
					<Text wrap="hard">{props.recordPath}</Text>
				</Box>
			)}
		</Box>
	);
}
