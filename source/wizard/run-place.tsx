import { useInput } from 'ink';
import { type ReactNode, useEffect, useState } from 'react';
import type { Answers } from '../pairing/answers.ts';
import type { Choice } from '../pairing/problem.ts';
import type { Plan } from '../pairing/step.ts';
import type { RunState } from '../runner/run-state.ts';
import { Frame } from '../ui/components/frame.tsx';
import { Prose } from '../ui/components/prose.tsx';
import { useTheme } from '../ui/theme.ts';
import { DoneScreen } from './screens/done-screen.tsx';
import { type RunKeys, RunScreen, runBindings } from './screens/run-screen.tsx';
import type { WizardServices } from './services.ts';
import { type Made, type Phase, useRun } from './use-run.ts';

/** Asked before what cannot be taken back. */
type Asked = Readonly<{ text: string; act: () => void; phase: Phase }>;

/** The third act: the run, what became of it, and the ways on from there. */
export function RunPlace(props: {
	services: WizardServices;
	answers: Answers;
	plan: Plan;
	made: Made[];
	isPractice: boolean;
	/** Fires when the process is asked to end from outside. */
	stopSignal: AbortSignal;
	onRetry: () => void;
	onChange: () => void;
	onDecide: (choice: Choice) => void;
	onLeave: () => void;
	onProgress: (run: RunState, phase: Phase) => void;
}): ReactNode {
	// What is being run never changes under way, whatever is still being found out about the clusters.
	const [{ answers, plan }] = useState({ answers: props.answers, plan: props.plan });
	const { run, phase, stop, undo } = useRun(props.services, answers, plan, props.made);
	const [isStopping, setStopping] = useState(false);
	const [asked, setAsked] = useState<Asked>();
	const isBusy = phase === 'running' || phase === 'undoing';
	const isDone = phase === 'ended' && run.result?.kind === 'done';
	const { onProgress, onLeave, stopSignal } = props;
	const { styles } = useTheme();

	const stopNow = () => {
		setStopping(true);
		stop();
	};
	// A question goes with what it was about.
	const question = asked?.phase === phase ? asked : undefined;
	const ask = (text: string, act: () => void) => setAsked({ text, act, phase });
	useEffect(() => onProgress(run, phase), [onProgress, run, phase]);
	useEffect(() => {
		const end = () => {
			if (isBusy) {
				stopNow();
			} else {
				onLeave();
			}
		};
		stopSignal.addEventListener('abort', end);
		return () => stopSignal.removeEventListener('abort', end);
	});

	useInput((input, key) => {
		const isInterrupt = key.ctrl && input === 'c';
		if (question) {
			setAsked(undefined);
			if (input === 'y' || (isInterrupt && phase === 'running')) question.act();
			return;
		}
		if (phase === 'running') {
			if (isInterrupt && !isStopping)
				ask('Stop? y stops after the change under way, any other key goes on.', stopNow);
		} else if (
			phase !== 'undoing' &&
			(isInterrupt || (isDone && (key.return || (key.escape && !key.meta))))
		) {
			props.onLeave();
		}
	});

	const keys = isBusy || question ? {} : keysFor(run, phase, props, undo, ask);
	const bindings = phase === 'undoing' ? [] : isBusy ? [{ keys: 'Ctrl-C', does: 'stop' }] : runBindings(keys);
	return (
		<Frame
			product="pxpair"
			title={titleOf(phase, run, props.made.length)}
			isPractice={props.isPractice}
			isTall
			bindings={isDone ? [{ keys: '⏎', does: 'leave' }, ...bindings] : bindings}
		>
			{isDone ? (
				<>
					{question && <Prose {...styles.warning}>{question.text}</Prose>}
					<DoneScreen
						run={run}
						made={props.made.map(({ what }) => what)}
						pair={answers.pair}
						recordPath={props.services.recordPath()}
						isPractice={props.isPractice}
					/>
					<Keys keys={keys} />
				</>
			) : (
				<RunScreen
					run={run}
					question={question?.text}
					isStopping={isStopping}
					made={props.made.map(({ what }) => what)}
					keys={keys}
				/>
			)}
		</Frame>
	);
}

function keysFor(
	run: RunState,
	phase: Phase,
	props: Parameters<typeof RunPlace>[0],
	undo: () => Promise<void>,
	ask: (text: string, act: () => void) => void,
): RunKeys {
	const problem = run.result?.kind === 'failed' ? run.result.problem : undefined;
	const choices = phase === 'ended' ? (problem?.choices ?? []) : [];
	const isDone = phase === 'ended' && run.result?.kind === 'done';
	return {
		...Object.fromEntries(
			choices.map(choice => [
				choice.id === 'keep' ? 'k' : 'p',
				choice.id === 'keep'
					? { does: 'keep it', act: () => props.onDecide(choice) }
					: { does: 'replace it', act: () => ask(replaceQuestion, () => props.onDecide(choice)) },
			]),
		),
		...(phase === 'ended' && !isDone && { r: { does: 'retry', act: props.onRetry } }),
		...(!isDone && { e: { does: 'change an answer', act: props.onChange } }),
		...(props.made.length > 0 && {
			u: { does: 'undo what was made', act: () => ask(undoQuestion(props.made), () => void undo()) },
		}),
		q: { does: 'quit', act: props.onLeave },
	};
}

const replaceQuestion =
	'Delete what is there, and make it anew? It cannot be brought back. y does, any other key does not.';

const undoQuestion = (made: readonly Made[]): string =>
	`Take back all that was made (${made.length})? What it replaced does not come back. y does, any other key does not.`;

/** The done screen has no checklist to listen for it. */
function Keys({ keys }: { keys: RunKeys }): ReactNode {
	useInput(input => keys[input]?.act());
	return null;
}

function titleOf(phase: Phase, run: RunState, left: number): string {
	switch (phase) {
		case 'running':
			return 'Pairing';
		case 'undoing':
			return 'Taking back what was made';
		case 'undone':
			return run.result?.kind === 'done' && left === 0
				? 'Taken back: all that was made is gone'
				: 'Not all could be taken back';
		case 'ended':
			return run.result?.kind === 'done' ? 'Done' : run.result?.kind === 'cancelled' ? 'Stopped' : 'Failed';
	}
}
