import { Text } from 'ink';
import { type ReactNode, useEffect, useState } from 'react';
import { isConversation } from '../conversation/offers/offer.ts';
import { offersAt } from '../conversation/offers/offers.ts';
import type { Unfinished, WizardServices } from '../conversation/services.ts';
import type { Made } from '../conversation/story/story.ts';
import type { WizardAction, WizardState } from '../conversation/wizard-state.ts';
import { defined } from '../pairing/words/json.ts';
import { type RunState, runStart } from '../runner/run-state.ts';
import { useArea } from '../ui/area.ts';
import { Frame } from '../ui/components/frame.tsx';
import { Panes } from '../ui/components/panes.tsx';
import { Prose } from '../ui/components/prose.tsx';
import { SideLabel } from '../ui/components/side-label.tsx';
import { displayWidth, truncate } from '../ui/text/display-width.ts';
import { useTheme } from '../ui/theme.ts';
import { useScroll } from '../ui/use-scroll.ts';
import { useEndTold } from './hooks/use-end-told.ts';
import { useHelp } from './hooks/use-help.ts';
import { sureToStop, useQuestion } from './hooks/use-question.ts';
import { useUndo } from './hooks/use-run.ts';
import { useStop } from './hooks/use-stop.ts';
import { sureKeys, undoKeys } from './keys/keys.ts';
import { keyed, offerBindings } from './keys/keys-at.ts';
import { RunHelp } from './screens/run/run-help.tsx';
import { RunScreen } from './screens/run/run-screen.tsx';
import { runTitle } from './titles.ts';

/** What an earlier run made is shown as a plan, then undone. */
export function UndoPlace(props: {
	services: WizardServices;
	unfinished: Unfinished;
	state: WizardState;
	made: readonly Made[];
	dispatch: (action: WizardAction) => void;
	onLeave: () => void;
	/** Fires when the process is asked to end from outside. */
	stopSignal: AbortSignal;
	onProgress: (run: RunState, isOver: boolean) => void;
}): ReactNode {
	const [planned] = useState(() => props.made.toReversed());
	const { begin: undo, stop, isStopping } = useUndo(props, props.made);
	const { live } = props.state;
	const run = live?.run ?? runStart([]);
	const phase = live === undefined ? 'asked' : live.phase === 'undone' ? 'undone' : 'undoing';
	const { styles } = useTheme();
	const { onProgress, onLeave, stopSignal } = props;
	const { source, destination } = props.unfinished.draft;
	const isOver = phase === 'undone';
	useEffect(() => {
		if (phase !== 'asked') onProgress(run, isOver);
	}, [onProgress, run, phase, isOver]);
	useEndTold(run, phase === 'asked' ? undefined : phase);
	useStop(stopSignal, phase === 'undoing' ? stop : onLeave);
	const { question, ask } = useQuestion(phase);
	const begin = () => {
		props.unfinished.takeUp();
		undo();
	};
	const { isHelping, known, bindings } = useHelp(
		undoKeys[phase]({
			offers: offerBindings(keyed(offersAt(props.state)), ({ action, confirm }) => {
				if (isConversation(action)) props.dispatch(action);
				else if (confirm === undefined) onLeave();
				else ask({ text: `${confirm} [y/N]`, yes: 'undo', no: 'keep' }, undo);
			}),
			stop: isStopping ? undefined : () => ask(sureToStop(phase === 'asked' ? undefined : phase, run), stop),
			begin,
			back: () => props.dispatch({ type: 'back' }),
			leave: onLeave,
		}),
	);
	return (
		<Frame
			product="pxpair"
			title={phase === 'asked' ? 'Undo it?' : runTitle(phase, run, props.made.length)}
			isTall
			names={defined({ source, destination })}
			bindings={question ? sureKeys(question) : bindings}
		>
			<Panes>
				{isHelping ? (
					<RunHelp standing={phase === 'undone' ? 'undone' : 'undoing'} bindings={known} />
				) : phase === 'asked' ? (
					<>
						<Prose {...styles.accent}>{props.unfinished.title}</Prose>
						<Planned planned={planned} />
					</>
				) : (
					<RunScreen
						run={run}
						question={question?.text}
						isStopping={isStopping}
						isUndo={phase === 'undone'}
						made={props.made.map(({ what }) => what)}
						warnings={[]}
						words={() => undefined}
					/>
				)}
			</Panes>
		</Frame>
	);
}

function Planned({ planned }: Readonly<{ planned: readonly Made[] }>): ReactNode {
	const area = useArea();
	const { glyphs, styles } = useTheme();
	const rows = Math.max(1, area.rows - 4);
	const { top, isScrolled, where } = useScroll(planned.length, rows);
	return (
		<>
			<Prose>These are deleted, in this order. What existed before the run is kept.</Prose>
			{planned.slice(top, top + rows).map(({ what, step }) => {
				const { on: side } = step;
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
