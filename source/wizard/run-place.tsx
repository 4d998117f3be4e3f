import { useInput } from 'ink';
import { type ReactNode, useEffect, useState } from 'react';
import type { Answers } from '../pairing/answers.ts';
import type { Choice } from '../pairing/problem.ts';
import type { Plan } from '../pairing/step.ts';
import type { RunState } from '../runner/run-state.ts';
import { Frame } from '../ui/components/frame.tsx';
import { DoneScreen } from './screens/done-screen.tsx';
import { type RunKeys, RunScreen, runBindings } from './screens/run-screen.tsx';
import type { WizardServices } from './services.ts';
import { type Made, type Phase, useRun } from './use-run.ts';

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
	const [stopping, setStopping] = useState<'no' | 'asked' | 'stopping'>('no');
	const isBusy = phase === 'running' || phase === 'undoing';
	const isDone = phase === 'ended' && run.result?.kind === 'done';
	const { onProgress, onLeave, stopSignal } = props;

	useEffect(() => onProgress(run, phase), [onProgress, run, phase]);
	useEffect(() => {
		const end = () => {
			if (isBusy) {
				setStopping('stopping');
				stop();
			} else {
				onLeave();
			}
		};
		stopSignal.addEventListener('abort', end);
		return () => stopSignal.removeEventListener('abort', end);
	});

	const stopNow = () => {
		setStopping('stopping');
		stop();
	};
	useInput((input, key) => {
		const isInterrupt = key.ctrl && input === 'c';
		if (phase === 'undoing') return;
		if (!isBusy) {
			if (isInterrupt || (isDone && (key.return || (key.escape && !key.meta)))) props.onLeave();
			return;
		}
		if (stopping === 'asked' && (isInterrupt || input === 'y')) stopNow();
		else if (stopping === 'asked') setStopping('no');
		else if (stopping === 'no' && isInterrupt) setStopping('asked');
	});

	const keys = isBusy ? {} : keysFor(run, phase, props, undo);
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
				<RunScreen run={run} isStopping={stopping} keys={keys} />
			)}
		</Frame>
	);
}

function keysFor(
	run: RunState,
	phase: Phase,
	props: Parameters<typeof RunPlace>[0],
	undo: () => Promise<void>,
): RunKeys {
	const problem = run.result?.kind === 'failed' ? run.result.problem : undefined;
	const choices = phase === 'ended' ? (problem?.choices ?? []) : [];
	const isDone = phase === 'ended' && run.result?.kind === 'done';
	return {
		...Object.fromEntries(
			choices.map(choice => [
				choice.id === 'keep' ? 'k' : 'p',
				{ does: choice.id === 'keep' ? 'keep it' : 'replace it', act: () => props.onDecide(choice) },
			]),
		),
		...(phase === 'ended' && !isDone && { r: { does: 'retry', act: props.onRetry } }),
		...(!isDone && { e: { does: 'change an answer', act: props.onChange } }),
		...(props.made.length > 0 && {
			u: { does: 'undo what was made', act: () => void undo() },
		}),
		q: { does: 'quit', act: props.onLeave },
	};
}

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
