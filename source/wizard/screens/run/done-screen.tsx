import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { PairAnswers } from '../../../pairing/answers/answers.ts';
import type { Problem } from '../../../pairing/words/problem.ts';
import type { RunState } from '../../../runner/run-state.ts';
import { useArea } from '../../../ui/area.ts';
import { Note } from '../../../ui/components/note.tsx';
import { Prose } from '../../../ui/components/prose.tsx';
import { useTheme } from '../../../ui/theme.ts';
import { Warned } from './run-screen.tsx';

/** The pair as the cluster has just reported it, what was made where, and what comes next. */
export function DoneScreen(props: {
	run: RunState;
	/** By all attempts together. */
	made: readonly string[];
	warnings: readonly Problem[];
	pair: PairAnswers;
	recordPath: string | undefined;
	isPractice: boolean;
}): ReactNode {
	const { glyphs, styles } = useTheme();
	const area = useArea();
	const { namespace, name } = props.pair;
	const waits = props.run.rows.slice(props.pair.back ? -2 : -1);
	const ready = waits.map(({ step, state }) => {
		const where = props.pair.back ? ` on the ${step.on}` : '';
		const practice = props.isPractice ? ', on the practice clusters' : '';
		return `The pair ${namespace}/${name}${where} is Ready${practice}: ${'evidence' in state ? state.evidence : ''}`;
	});
	const gap = area.rows < 14 ? 0 : 1;
	// What comes next stays in sight.
	const room = Math.max(2, area.rows - 12 - 2 * (waits.length - 1));
	return (
		<Box flexDirection="column" rowGap={gap}>
			<Box flexDirection="column">
				{ready.map(said => (
					<Note key={said} tone="ok">
						{said}
					</Note>
				))}
				<Warned warnings={props.warnings} />
			</Box>
			<Box flexDirection="column">
				<Text {...styles.accent}>
					{props.made.length === 0 ? 'Nothing was changed: everything already exists.' : 'Created:'}
				</Text>
				{props.made.slice(0, room).map(what => (
					<Text key={what} wrap="truncate">
						{glyphs.bullet} {what}
					</Text>
				))}
				{props.made.length > room && (
					<Text>{`and ${props.made.length - room} more, listed when you quit`}</Text>
				)}
			</Box>
			<Prose>
				Next: a Migration that names {props.pair.name} as its clusterPair. A manifest to copy is printed below
				when you quit.
				{props.pair.storage === 'paired' &&
					' Ready is no proof yet: a proof migrates a small volume, reads it, and removes it.'}
			</Prose>
			{props.recordPath && (
				<Box flexDirection="column">
					<Text {...styles.muted}>Record, without secrets:</Text>
					<Text wrap="hard">{props.recordPath}</Text>
				</Box>
			)}
		</Box>
	);
}
