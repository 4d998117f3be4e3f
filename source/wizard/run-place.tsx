import { type ReactNode, useState } from 'react';
import { isConversation, type Offer } from '../conversation/offers/offer.ts';
import { offersAt, problemsIn } from '../conversation/offers/offers.ts';
import { saveManifests } from '../conversation/save-manifests.ts';
import type { WizardServices } from '../conversation/services.ts';
import type { Phase } from '../conversation/story/aftermath.ts';
import type { Made } from '../conversation/story/story.ts';
import type { WizardAction, WizardState } from '../conversation/wizard-state.ts';
import type { Answers } from '../pairing/answers/answers.ts';
import type { Plan } from '../pairing/step/step.ts';
import { defined } from '../pairing/words/json.ts';
import type { Problem } from '../pairing/words/problem.ts';
import { commandOf } from '../pairing/words/way.ts';
import type { RunState } from '../runner/run-state.ts';
import { useArea } from '../ui/area.ts';
import { Frame } from '../ui/components/frame.tsx';
import { hasPanes, Panes } from '../ui/components/panes.tsx';
import { Prose } from '../ui/components/prose.tsx';
import { useTheme } from '../ui/theme.ts';
import { useCopying } from './hooks/use-copying.ts';
import { type Question, sureToStop, useQuestion } from './hooks/use-question.ts';
import { useRun } from './hooks/use-run.ts';
import { runKeys, sureKeys } from './keys/keys.ts';
import { keyed, keyWords, offerBindings } from './keys/keys-at.ts';
import { type Copied, type Ended, isOfReader, type RunHere } from './keys/parts.ts';
import { ProblemsScreen } from './screens/problems-screen.tsx';
import { DoneScreen } from './screens/run/done-screen.tsx';
import { FailedScreen } from './screens/run/failed-screen.tsx';
import { RunHelp, standingOf } from './screens/run/run-help.tsx';
import { RunScreen } from './screens/run/run-screen.tsx';
import { runTitle } from './titles.ts';

type RunProps = Readonly<{
	services: WizardServices;
	state: WizardState;
	answers: Answers;
	/** The manifest of a migration through the pair. */
	migration: readonly string[];
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
	const { services, state, made, onLeave } = props;
	const { run, phase, answers, isStopping, stop, undo } = useRun(props);
	const ended: Ended = { phase, run, errors: errorsOf(run, phase), warnings: warningsOf(run) };
	const problems = [...ended.errors, ...ended.warnings];
	const [overlay, setOverlay] = useState<Overlay>(noOverlay);
	const { question, ask } = useQuestion(phase);
	const { notice, copy } = useCopying();
	const area = useArea();
	const isMenu = phase === 'ended' && ended.errors.length > 0 && area.rows >= fewestForMenu;
	const below = isMenu ? 'menu' : 'run';
	const screen = question === undefined ? screenOver(below, overlay, problems) : below;
	const offers = offersAt(state);
	const shown = keyed(offers.filter(screen === 'problems' ? isOfReader : ({ id }) => id !== 'save'));
	const take = takeWith(props, { ask, undo });
	const here: RunHere = {
		...ended,
		problems,
		offers: offerBindings(shown, take),
		stop: isStopping ? undefined : () => ask(sureToStop(phase, run), stop),
		leave: onLeave,
		read: () => setOverlay({ kind: 'problems', notices: [] }),
		help: () => setOverlay({ kind: 'help' }),
		close: () => setOverlay(noOverlay),
		copy,
		isWide: hasPanes(area),
		copied: copiedOf(ended, props.migration),
		saveManifests: () =>
			void saveManifests(problems, services).then(notices => setOverlay({ kind: 'problems', notices })),
	};
	const words = keyWords(shown, state.draft);
	const asked = question?.text;
	return (
		<Frame
			product="pxpair"
			title={runTitle(phase, run, made.length)}
			progress={progressOf(run)}
			isPractice={props.isPractice}
			isTall
			names={defined({ source: state.draft.source, destination: state.draft.destination })}
			notice={notice}
			bindings={question ? sureKeys(question) : runKeys[screen](here)}
		>
			{screen === 'problems' ? (
				<ProblemsScreen
					{...ended}
					notices={overlay.kind === 'problems' ? overlay.notices : []}
					words={words}
					onCopy={copy}
				/>
			) : (
				<Panes>
					{screen === 'help' && (
						<RunHelp standing={standingOf(phase, isDone(ended))} bindings={runKeys[below](here)} />
					)}
					{screen === 'menu' && (
						<FailedScreen
							{...{ run, words }}
							question={asked}
							draft={state.draft}
							errors={ended.errors}
							made={made.map(({ what }) => what)}
							offers={offers.filter(({ id }) => id !== 'save')}
							keys={shown}
							onTake={take}
						/>
					)}
					{screen === 'run' && (
						<Outcome {...props} {...ended} {...{ answers, isStopping, words }} question={asked} />
					)}
				</Panes>
			)}
		</Frame>
	);
}

type Overlay = Readonly<
	{ kind: 'none' } | { kind: 'help' } | { kind: 'problems'; notices: readonly string[] }
>;
const noOverlay: Overlay = { kind: 'none' };

function screenOver(below: 'menu' | 'run', { kind }: Overlay, problems: readonly Problem[]) {
	return kind === 'none' || (kind === 'problems' && problems.length === 0) ? below : kind;
}

const takeWith =
	(
		{ dispatch, onProve, onLeave }: RunProps,
		{ ask, undo }: Readonly<{ ask: (question: Question, act: () => void) => void; undo: () => void }>,
	) =>
	({ id, action, confirm }: Offer): void => {
		const act = () => {
			if (isConversation(action)) dispatch(action);
			else if (action.type === 'undo-made') undo();
			else if (action.type === 'prove') onProve();
			else if (action.type === 'leave') onLeave();
		};
		if (confirm === undefined) act();
		else ask({ text: `${confirm} [y/N]`, yes: id === 'undo' ? 'undo' : 'replace', no: 'keep' }, act);
	};

/** What `c` copies: the command that helps, or what comes after a pair. */
function copiedOf({ run, phase, errors }: Ended, migration: readonly string[]): Copied | undefined {
	if (isDone({ run, phase })) {
		return { does: 'copy manifest', text: `${migration.join('\n')}\n` };
	}
	const command = commandOf(errors[0]?.remedies ?? []);
	return command === undefined ? undefined : { does: 'copy command', text: command };
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
			isUndo={phase === 'undone'}
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
