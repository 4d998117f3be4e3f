import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { RunRow } from '../../../runner/run-state.ts';
import { useArea } from '../../../ui/area.ts';
import { Spinner } from '../../../ui/components/spinner.tsx';
import { spellSigns } from '../../../ui/glyphs.ts';
import { displayWidth, truncate } from '../../../ui/text/display-width.ts';
import { type Meaning, useTheme } from '../../../ui/theme.ts';

/** A step, its state, and how long it has taken. */
export function StepRow(props: { row: RunRow; isMoving: boolean; hasNote: boolean }): ReactNode {
	const { row, isMoving } = props;
	const area = useArea();
	const { styles, glyphs } = useTheme();
	const { step, state, note } = row;
	const side = step.on;
	const time = timeOf(row);
	const width = area.columns - 2 - 12 - displayWidth(time) - 1;
	const sideStyle = side === 'both' ? styles.muted : styles[side];
	return (
		<>
			<Box>
				<Box width={2} flexShrink={0}>
					{isMoving ? <Spinner /> : <Sign row={row} />}
				</Box>
				<Box width={12} flexShrink={0}>
					<Text {...sideStyle}>{side}</Text>
				</Box>
				<Box width={Math.max(1, width)} flexShrink={0}>
					<Text
						wrap="truncate"
						{...(state.kind === 'pending' || state.kind === 'skipped' ? styles.muted : {})}
					>
						{truncate(spellSigns(textOf(row), glyphs), Math.max(1, width), glyphs.ellipsis)}
					</Text>
				</Box>
				<Text {...styles.muted}> {time}</Text>
			</Box>
			{props.hasNote && note !== undefined && (
				<Text wrap="truncate" {...styles.muted}>
					{'              '}
					{truncate(spellSigns(note, glyphs), area.columns - 14, glyphs.ellipsis)}
				</Text>
			)}
		</>
	);
}

/** How long it has taken; of a step that waits, also when it gives up. */
function timeOf({ step, state, elapsed }: RunRow): string {
	const isRunning = state.kind === 'running';
	if (state.kind === 'pending' || state.kind === 'skipped' || (!isRunning && elapsed < 50)) {
		return '';
	}
	// Of what has only begun, no one asks when it gives up.
	const limit = isRunning && elapsed >= 3000 && step.patience ? ` of ${step.patience.seconds} s` : '';
	return `${(elapsed / 1000).toFixed(1)} s${limit}`;
}

function Sign({ row }: { row: RunRow }): ReactNode {
	const { styles, glyphs } = useTheme();
	const [sign, meaning]: readonly [string, Meaning] = (() => {
		switch (row.state.kind) {
			case 'pending':
				return [glyphs.pending, 'muted'];
			case 'running':
				return [glyphs.running, 'accent'];
			case 'unchanged':
			case 'changed':
				return [glyphs.ok, 'ok'];
			case 'undone':
				return row.state.kept === undefined ? [glyphs.ok, 'ok'] : [glyphs.warning, 'warning'];
			case 'failed':
				return [glyphs.error, 'error'];
			case 'skipped':
			case 'cancelled':
				return [glyphs.skipped, 'muted'];
		}
	})();
	return <Text {...styles[meaning]}>{sign}</Text>;
}

/** The word says what the sign says: colour and shape only repeat it. */
function textOf({ step, state }: RunRow): string {
	switch (state.kind) {
		case 'pending':
			return step.title.plan;
		case 'running':
			return step.title.doing;
		case 'unchanged':
			return step.change ? `Unchanged: ${step.title.holds}` : step.title.holds;
		case 'changed':
			return `Created ${state.made}`;
		case 'undone':
			return state.absent
				? `Not found: ${state.made}`
				: `${state.kept === undefined ? 'Deleted' : 'Kept'} ${state.made}`;
		case 'failed':
			return `Failed: ${step.title.plan}`;
		case 'skipped':
			return `Not started: ${step.title.plan}`;
		case 'cancelled':
			return `Stopped: ${step.title.plan}`;
	}
}
