import { type ReactNode, useEffect, useState } from 'react';
import { isConversation, type Offer } from '../conversation/offers/offer.ts';
import { offersAt, problemsIn } from '../conversation/offers/offers.ts';
import type { WizardServices } from '../conversation/services.ts';
import type { Phase } from '../conversation/story/aftermath.ts';
import type { Made } from '../conversation/story/story.ts';
import type { WizardAction, WizardState } from '../conversation/wizard-state.ts';
import type { Answers } from '../pairing/answers/answers.ts';
import type { Plan } from '../pairing/step/step.ts';
import { defined } from '../pairing/words/json.ts';
import type { Problem } from '../pairing/words/problem.ts';
import type { RunState } from '../runner/run-state.ts';
import { useArea } from '../ui/area.ts';
import { Frame } from '../ui/components/frame.tsx';
import { Prose } from '../ui/components/prose.tsx';
import { atRest } from '../ui/keys/bindings.ts';
import { useTheme } from '../ui/theme.ts';
import { isOfReader, keyed, keyWords } from './offer-keys.ts';
import { type Ended, menuBindings, runBindings, runReaderBindings } from './run-bindings.ts';
import { saveManifests } from './save-manifests.ts';
import { DoneScreen } from './screens/done-screen.tsx';
import { FailedScreen } from './screens/failed-screen.tsx';
import { ProblemsScreen } from './screens/problems-screen.tsx';
import { RunScreen } from './screens/run-screen.tsx';
import { runTitle } from './titles.ts';
import { useQuestion } from './use-question.ts';
import { useRun } from './use-run.ts';
import { useStop } from './use-stop.ts';

type RunProps = Readonly<{
	services: WizardServices;
	state: WizardState;
	answers: Answers;
	plan: Plan;
	made: readonly Made[];
	isPractice: boolean;
	/** Fires when the process is asked to end from outside. */
	stopSignal: AbortSignal;
	dispatch: (action: WizardAction) => void;
	onLeave: () => void;
	/** Leaves, and has the pair proved. */
	onProve: () => void;
	onProgress: (run: RunState, phase: Phase) => void;
}>;

/** The third act: the run, what became of it, and the ways on from there. */
export function RunPlace(props: RunProps): ReactNode {
	const { services, dispatch, state, made, onProgress, onLeave } = props;
	// What is being run never changes under way, whatever is still being found out about the clusters.
	const [{ answers, plan }] = useState({ answers: props.answers, plan: props.plan });
	const { run, phase, stop, undo } = useRun(
		{ services, dispatch, answers, plan },
		{ live: state.live, made },
	);
	const [isStopping, setStopping] = useState(false);
	const [reading, setReading] = useState<readonly string[]>();
	const { question, ask } = useQuestion(phase);
	const area = useArea();
	const stopNow = () => {
		setStopping(true);
		stop();
	};
	useEffect(() => onProgress(run, phase), [onProgress, run, phase]);
	useStop(props.stopSignal, phase === 'running' || phase === 'undoing' ? stopNow : onLeave);

	const ended: Ended = { phase, run, errors: errorsOf(run, phase), warnings: warningsOf(run) };
	const problems = [...ended.errors, ...ended.warnings];
	const offers = offersAt(state);
	const acts = {
		take: ({ action, confirm }: Offer) => {
			const act = () => {
				if (isConversation(action)) dispatch(action);
				else if (action.type === 'undo-made') undo();
				else if (action.type === 'prove') props.onProve();
				else if (action.type === 'leave') onLeave();
			};
			if (confirm === undefined) act();
			else ask(`${confirm} [y/N]`, act);
		},
		stop: isStopping
			? undefined
			: () => ask('Stop after the current change? y: stop, any other key: continue', stopNow),
		leave: onLeave,
		read: () => setReading([]),
		close: () => setReading(undefined),
		saveManifests: () => void saveManifests(problems, services).then(setReading),
	};
	const isReading = reading !== undefined && problems.length > 0 && question === undefined;
	const shown = keyed(offers.filter(isReading ? isOfReader : ({ id }) => id !== 'save'));
	const isMenu = !isReading && phase === 'ended' && ended.errors.length > 0 && area.rows >= fewestForMenu;
	const bindings = isReading ? runReaderBindings(ended, shown, acts) : runBindings(ended, shown, acts);
	const known = isMenu ? menuBindings(bindings, shown) : bindings;
	const words = keyWords(shown, state.draft);
	return (
		<Frame
			product="pxpair"
			title={runTitle(phase, run, made.length)}
			progress={progressOf(run)}
			isPractice={props.isPractice}
			isTall
			names={defined({ source: state.draft.source, destination: state.draft.destination })}
			bindings={question === undefined ? known : atRest(known)}
		>
			{isReading ? (
				<ProblemsScreen {...ended} notices={reading} words={words} />
			) : isMenu ? (
				<FailedScreen
					{...{ run, question, words }}
					draft={state.draft}
					errors={ended.errors}
					made={made.map(({ what }) => what)}
					offers={offers.filter(({ id }) => id !== 'save')}
					keys={shown}
					onTake={acts.take}
				/>
			) : (
				<Outcome {...props} {...ended} {...{ answers, question, isStopping, words }} />
			)}
		</Frame>
	);
}

/** Rows of the window: with less, the problem has them, and the keys are below it. */
const fewestForMenu = 20;

type OutcomeProps = RunProps &
	Ended &
	Pick<Parameters<typeof RunScreen>[0], 'question' | 'isStopping' | 'words'>;

function Outcome({ answers, run, phase, question, warnings, ...props }: OutcomeProps): ReactNode {
	const { styles } = useTheme();
	const made = props.made.map(({ what }) => what);
	return isDone({ run, phase }) ? (
		<>
			{question !== undefined && <Prose {...styles.warning}>{question}</Prose>}
			<DoneScreen
				run={run}
				made={made}
				warnings={warnings}
				pair={answers.pair}
				recordPath={props.services.recordPath()}
				isPractice={props.isPractice}
			/>
		</>
	) : (
		<RunScreen
			run={run}
			question={question}
			isStopping={props.isStopping}
			made={made}
			warnings={warnings}
			words={props.words}
		/>
	);
}

const isDone = ({ run, phase }: Pick<Ended, 'run' | 'phase'>): boolean =>
	phase === 'ended' && run.result?.kind === 'done';

/** The one that ended the run, and what else stood in the way. */
const errorsOf = (run: RunState, phase: Phase): readonly Problem[] =>
	phase === 'ended' || phase === 'undone' ? problemsIn(run) : [];

const warningsOf = ({ rows }: RunState): readonly Problem[] =>
	rows.flatMap(({ state }) => (state.kind === 'unchanged' ? (state.warnings ?? []) : []));

function progressOf({ rows, result }: RunState): string {
	const over = rows.filter(({ state }) => state.kind !== 'pending' && state.kind !== 'running').length;
	return result ? '' : `${over} of ${rows.length}`;
}
