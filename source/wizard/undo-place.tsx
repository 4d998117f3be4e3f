import { Text, useInput } from 'ink';
import { type ReactNode, useEffect, useState } from 'react';
import type { Made, Unfinished, WizardServices } from '../conversation/services.ts';
import type { RunState } from '../runner/run-state.ts';
import { useArea } from '../ui/area.ts';
import type { Binding } from '../ui/components/footer.tsx';
import { Frame } from '../ui/components/frame.tsx';
import { Prose } from '../ui/components/prose.tsx';
import { SideLabel } from '../ui/components/side-label.tsx';
import { displayWidth, truncate } from '../ui/text/display-width.ts';
import { useTheme } from '../ui/theme.ts';
import { useScroll } from '../ui/use-scroll.ts';
import { RunScreen } from './screens/run-screen.tsx';
import { useUndo } from './use-run.ts';

/** What an earlier run made is shown as a plan, then taken back. */
export function UndoPlace(props: {
	services: WizardServices;
	unfinished: Unfinished;
	made: Made[];
	onBack: () => void;
	/** It is over, and somebody wants to pair the clusters after all. */
	onAnew: () => void;
	onLeave: () => void;
	/** Fires when the process is asked to end from outside. */
	stopSignal: AbortSignal;
	onProgress: (run: RunState, isOver: boolean) => void;
}): ReactNode {
	const [planned] = useState(() => props.made.toReversed());
	const { run, phase, undo } = useUndo(props.services, props.made);
	const { styles } = useTheme();
	const isOver = phase === 'undone';
	useInput((input, key) => {
		if (isOver && (input === 'q' || key.return || (key.ctrl && input === 'c'))) props.onLeave();
	});
	const { onProgress, onLeave, stopSignal } = props;
	useEffect(() => {
		if (phase !== 'asked') onProgress(run, isOver);
	}, [onProgress, run, phase, isOver]);
	useEffect(() => {
		const end = phase === 'undoing' ? () => {} : onLeave;
		stopSignal.addEventListener('abort', end);
		return () => stopSignal.removeEventListener('abort', end);
	}, [stopSignal, onLeave, phase]);
	const begin = () => {
		props.unfinished.takeUp();
		void undo();
	};
	const keys = isOver ? { n: { does: 'start anew', act: props.onAnew } } : {};
	return (
		<Frame
			product="pxpair"
			title={phase === 'asked' ? 'Take it back?' : titleOf(phase, props.made.length)}
			isTall
			bindings={bindings[phase]}
		>
			{phase === 'asked' ? (
				<>
					<Prose {...styles.accent}>{props.unfinished.title}</Prose>
					<Planned planned={planned} onYes={begin} onNo={props.onBack} onLeave={onLeave} />
				</>
			) : (
				<RunScreen
					run={run}
					question={undefined}
					isStopping={false}
					made={props.made.map(({ what }) => what)}
					warnings={[]}
					keys={keys}
					words={() => undefined}
				/>
			)}
		</Frame>
	);
}

const bindings: Readonly<Record<'asked' | 'undoing' | 'undone', readonly Binding[]>> = {
	asked: [
		{ keys: 'y', does: 'take it back' },
		{ keys: 'Esc', does: 'back' },
		{ keys: '↑↓', does: 'scroll' },
	],
	undoing: [],
	undone: [
		{ keys: 'n', does: 'start anew' },
		{ keys: 'q', does: 'quit' },
	],
};

const titleOf = (phase: 'undoing' | 'undone', left: number): string =>
	phase === 'undoing'
		? 'Taking back what was made'
		: left === 0
			? 'Taken back: all that was made is gone'
			: 'Not all could be taken back';

function Planned(props: {
	planned: readonly Made[];
	onYes: () => void;
	onNo: () => void;
	onLeave: () => void;
}): ReactNode {
	const area = useArea();
	const { glyphs, styles } = useTheme();
	const { planned } = props;
	const rows = Math.max(1, area.rows - 4);
	const { top, isScrolled, where } = useScroll(planned.length, rows, (input, key) => {
		if (input === 'y') props.onYes();
		else if ((key.escape && !key.meta) || input === 'n') props.onNo();
		else if (key.ctrl && input === 'c') props.onLeave();
	});
	return (
		<>
			<Prose>This is removed, in this order. What the run found there stays.</Prose>
			{planned.slice(top, top + rows).map(({ what, step }) => {
				const side = step.on === 'both' ? 'both' : step.on;
				const room = area.columns - 2 - displayWidth(side) - 1;
				return (
					<Text key={step.id}>
						{glyphs.bullet} {side === 'both' ? side : <SideLabel side={side} />}{' '}
						{truncate(what, room, glyphs.ellipsis)}
					</Text>
				);
			})}
			{isScrolled && <Text {...styles.muted}>{where}</Text>}
		</>
	);
}
