import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { stoppingNow } from '../../../conversation/offers/stop-question.ts';
import { counted } from '../../../pairing/words/counted.ts';
import type { Problem } from '../../../pairing/words/problem.ts';
import { remedyLines, type WayWords } from '../../../pairing/words/way.ts';
import type { RunRow, RunState } from '../../../runner/run-state.ts';
import { type Area, useArea } from '../../../ui/area.ts';
import { ProblemPanel } from '../../../ui/components/problem-panel.tsx';
import { Prose } from '../../../ui/components/prose.tsx';
import { spellSigns } from '../../../ui/glyphs.ts';
import { displayWidth, truncate } from '../../../ui/text/display-width.ts';
import { useTheme } from '../../../ui/theme.ts';
import { StepRow } from './step-row.tsx';

type RunProps = Readonly<{
	run: RunState;
	/** Asked before something that cannot be undone; everything else waits meanwhile. */
	question: string | undefined;
	isStopping: boolean;
	/** What this and earlier attempts made, for a run that ended short of its end. */
	made: readonly string[];
	/** It was undone, as far as it went: what was made is what is left. */
	isUndo?: boolean;
	/** What the check warned of. */
	warnings: readonly Problem[];
	words: WayWords;
}>;

/** The live checklist; on failure the Problem in its place, with the ways out as keys. */
export function RunScreen(props: RunProps): ReactNode {
	const area = useArea();
	const { glyphs } = useTheme();
	const { warnings, question } = props;
	const { result, rows: all } = props.run;
	const problem = result?.kind === 'failed' ? result.problem : undefined;
	const room = roomFor(props, problem, area);
	const rows = windowOf(all, Math.max(1, room - Math.min(all.filter(isNoted).length, 2)));
	const first = all.find(row => row.state.kind === 'running');
	const withNote = rows.filter(isNoted).slice(0, 2);
	return (
		<Box flexDirection="column">
			{rows.map(row => (
				<StepRow
					key={row.step.id}
					row={row}
					isMoving={first === row && question === undefined}
					hasNote={withNote.includes(row)}
				/>
			))}
			{all.map(({ step, state }) =>
				state.kind === 'undone' && state.kept !== undefined ? (
					<Prose key={step.id}>{`${glyphs.warning} Kept ${state.made}: ${state.kept}`}</Prose>
				) : null,
			)}
			<Warned warnings={warnings} />
			<Asked question={question} isStopping={props.isStopping && !result} />
			{problem && (
				<Box flexDirection="column" marginTop={area.rows < 16 ? 0 : 1}>
					<ProblemPanel problem={problem} words={props.words} />
					{hasMore(problem) && <Text>{moreOf(problem)}</Text>}
				</Box>
			)}
			{result && result.kind !== 'done' && !(props.isUndo && props.made.length === 0) && (
				<Created made={props.made} isUndo={props.isUndo ?? false} />
			)}
		</Box>
	);
}

const isNoted = ({ state, note }: RunRow): boolean => state.kind === 'running' && note !== undefined;

/** Rows for the steps. In a small window the problem comes first: the failed step alone is above it. */
function roomFor(
	{ run, question, isStopping, made, warnings, words }: RunProps,
	problem: Problem | undefined,
	area: Area,
): number {
	const left = area.rows - (warnings.length > 0 ? 1 : 0);
	if (problem) {
		return left - problemRows(problem, area.columns, words) - made.length - 2 - (hasMore(problem) ? 1 : 0);
	}
	return left - (question === undefined && !isStopping ? 0 : 1) - (run.result ? 3 : 0);
}

function Created({ made, isUndo }: Readonly<{ made: readonly string[]; isUndo: boolean }>): ReactNode {
	const area = useArea();
	const { glyphs } = useTheme();
	return (
		<Box flexDirection="column" marginTop={area.rows < 16 ? 0 : 1}>
			<Prose>
				{isUndo ? 'Still existing:' : made.length === 0 ? 'No cluster was changed.' : 'Created by this run:'}
			</Prose>
			{made.map(what => (
				<Prose key={what}>{`${glyphs.bullet} ${what}`}</Prose>
			))}
		</Box>
	);
}

const hasMore = ({ others = [], attachment }: Problem): boolean =>
	others.length > 0 || attachment !== undefined;

function moreOf({ others = [], attachment }: Problem): string {
	const more = others.length > 0 ? `and ${others.length} more (w shows all)` : 'w shows the full text';
	return attachment ? `${more}, with a manifest that grants the permissions` : more;
}

/** One line: the check has long gone on to what comes after it. */
export function Warned({ warnings }: { warnings: readonly Problem[] }): ReactNode {
	const area = useArea();
	const { styles, glyphs } = useTheme();
	const [first] = warnings;
	if (!first) {
		return null;
	}
	return (
		<Text {...styles.warning}>
			{truncate(
				spellSigns(
					`${glyphs.warning} ${counted(warnings.length, 'warning')} (w shows them): ${first.title}`,
					glyphs,
				),
				area.columns,
				glyphs.ellipsis,
			)}
		</Text>
	);
}

function Asked(props: { question: string | undefined; isStopping: boolean }): ReactNode {
	const { styles } = useTheme();
	return (
		<>
			{props.question !== undefined && <Prose {...styles.warning}>{props.question}</Prose>}
			{props.isStopping && <Prose>{stoppingNow}</Prose>}
		</>
	);
}

/** As many rows as there is room for, around the one that matters now. */
function windowOf(rows: readonly RunRow[], room: number): readonly RunRow[] {
	if (rows.length <= room) {
		return rows;
	}
	const failed = rows.findIndex(row => row.state.kind === 'failed');
	const running = rows.findLastIndex(row => row.state.kind === 'running');
	const done = rows.findLastIndex(row => row.state.kind === 'changed' || row.state.kind === 'unchanged');
	const focus = failed >= 0 ? failed : running >= 0 ? running : done;
	const top = Math.min(rows.length - room, Math.max(0, focus - Math.floor(room * 0.6)));
	return rows.slice(top, top + room);
}

const problemRows = (
	{ title, evidence, remedies, docs }: Problem,
	columns: number,
	words: WayWords,
): number =>
	[
		title,
		...(evidence ?? '').split('\n'),
		...remedies.flatMap(remedy => remedyLines(remedy, words)),
	].reduce<number>((sum, text) => sum + Math.ceil((displayWidth(text) + 3) / (columns * 0.9)), docs ? 7 : 4);
