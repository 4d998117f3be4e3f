import { useInput } from 'ink';
import { type ReactNode, useEffect, useState } from 'react';
import type { Phase } from '../conversation/aftermath.ts';
import { isConversation, type Offer, offersAfterRun, offersAfterUndo } from '../conversation/offers.ts';
import type { Made, WizardServices } from '../conversation/services.ts';
import type { WizardAction } from '../conversation/wizard-state.ts';
import type { Answers } from '../pairing/answers/answers.ts';
import type { Draft } from '../pairing/answers/draft.ts';
import type { Plan } from '../pairing/step/step.ts';
import type { Problem } from '../pairing/words/problem.ts';
import type { RunState } from '../runner/run-state.ts';
import type { Binding } from '../ui/components/footer.tsx';
import { Frame } from '../ui/components/frame.tsx';
import { Prose } from '../ui/components/prose.tsx';
import { useTheme } from '../ui/theme.ts';
import { readerBindings } from './bindings.ts';
import { doesOf, isOfReader, keyed, keyWords } from './offer-keys.ts';
import { DoneScreen } from './screens/done-screen.tsx';
import { ProblemsScreen } from './screens/problems-screen.tsx';
import { type RunKeys, RunScreen, runBindings } from './screens/run-screen.tsx';
import { useRun } from './use-run.ts';

/** Asked before what cannot be taken back. */
type Asked = Readonly<{ text: string; act: () => void; phase: Phase }>;

/** The third act: the run, what became of it, and the ways on from there. */
export function RunPlace(props: {
	services: WizardServices;
	draft: Draft;
	answers: Answers;
	plan: Plan;
	made: Made[];
	isPractice: boolean;
	/** Fires when the process is asked to end from outside. */
	stopSignal: AbortSignal;
	dispatch: (action: WizardAction) => void;
	onLeave: () => void;
	onProgress: (run: RunState, phase: Phase) => void;
}): ReactNode {
	// What is being run never changes under way, whatever is still being found out about the clusters.
	const [{ answers, plan }] = useState({ answers: props.answers, plan: props.plan });
	const { run, phase, stop, undo } = useRun(props.services, answers, plan, props.made);
	const [isStopping, setStopping] = useState(false);
	const [asked, setAsked] = useState<Asked>();
	const [isReading, setReading] = useState(false);
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

	const errors = errorsOf(run, phase);
	const warnings = warningsOf(run);
	const problems = [...errors, ...warnings];
	const standing = props.made.length;
	const offers =
		phase === 'ended'
			? offersAfterRun({ draft: props.draft, problems: errors, isDone, standing })
			: phase === 'undone'
				? offersAfterUndo(standing)
				: [];
	const take = ({ action, confirm }: Offer) => {
		const act = () => {
			if (isConversation(action)) props.dispatch(action);
			else if (action.type === 'undo-made') void undo();
			else if (action.type === 'leave') onLeave();
		};
		if (confirm === undefined) act();
		else ask(`${confirm} [y/N]`, act);
	};
	const shown = keyed(offers.filter(({ id }) => id !== 'save'));
	const read = readKey(errors, warnings, () => setReading(true));
	const keys: RunKeys = question
		? {}
		: {
				...read,
				...Object.fromEntries(
					[...shown].map(([key, offer]) => [key, { does: doesOf(offer), act: () => take(offer) }]),
				),
			};
	const words = keyWords(shown, props.draft);
	const frame = {
		product: 'pxpair',
		title: titleOf(phase, run, props.made.length),
		progress: progressOf(run),
		isPractice: props.isPractice,
		isTall: true,
	};
	const readable = keyed(offers.filter(isOfReader));
	if (isReading && problems.length > 0 && !question) {
		return (
			<Frame {...frame} bindings={readerBindings(problems, readable)}>
				<ProblemsScreen
					errors={errors}
					warnings={warnings}
					keys={readable}
					words={keyWords(readable, props.draft)}
					onTake={take}
					onSave={props.services.saveAttachment}
					onClose={() => setReading(false)}
				/>
			</Frame>
		);
	}
	const stopping: readonly Binding[] = phase === 'running' ? [{ keys: 'Ctrl-C', does: 'stop' }] : [];
	const leaving: readonly Binding[] = isDone ? [{ keys: '⏎', does: 'leave' }] : [];
	const made = props.made.map(({ what }) => what);
	return (
		<Frame {...frame} bindings={[...stopping, ...leaving, ...runBindings(keys)]}>
			{isDone ? (
				<>
					{question && <Prose {...styles.warning}>{question.text}</Prose>}
					<DoneScreen
						run={run}
						made={made}
						warnings={warnings}
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
					made={made}
					warnings={warnings}
					keys={keys}
					words={words}
				/>
			)}
		</Frame>
	);
}

/** The one that ended the run, and what else stood in the way. */
function errorsOf({ result }: RunState, phase: Phase): readonly Problem[] {
	return result?.kind === 'failed' && (phase === 'ended' || phase === 'undone')
		? [result.problem, ...(result.problem.others ?? [])]
		: [];
}

const warningsOf = ({ rows }: RunState): readonly Problem[] =>
	rows.flatMap(({ state }) => (state.kind === 'unchanged' ? (state.warnings ?? []) : []));

function readKey(errors: readonly Problem[], warnings: readonly Problem[], act: () => void): RunKeys {
	const more = errors.length > 1 || errors[0]?.attachment !== undefined;
	const does = more
		? errors.length > 1
			? `read all ${errors.length + warnings.length}`
			: 'read it whole'
		: 'warnings';
	return more || warnings.length > 0 ? { w: { does, act } } : {};
}

function progressOf({ rows, result }: RunState): string {
	const over = rows.filter(({ state }) => state.kind !== 'pending' && state.kind !== 'running').length;
	return result ? '' : `${over} of ${rows.length}`;
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
