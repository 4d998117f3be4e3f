import { useApp, usePaste } from 'ink';
import { type ReactNode, useCallback, useMemo, useReducer, useRef } from 'react';
import { beginningAt, beginsWith } from './conversation/beginnings.ts';
import { adminNamespaceIn, wholeFacts } from './conversation/found/found.ts';
import type { WizardServices } from './conversation/services.ts';
import type { Aftermath, Phase } from './conversation/story/aftermath.ts';
import { madeOf } from './conversation/story/story.ts';
import { wizardReducer, wizardStart } from './conversation/wizard-reducer.ts';
import type { WizardState } from './conversation/wizard-state.ts';
import { completeAnswers, type Draft } from './pairing/answers/draft.ts';
import { firstMigration } from './pairing/cluster-pair/first-migration.ts';
import type { planPairing } from './pairing/plan.ts';
import type { previewText } from './pairing/step/preview.ts';
import type { RunState } from './runner/run-state.ts';
import { WindowArea } from './ui/area.ts';
import { SignalsContext, silent, type TerminalSignals } from './ui/terminal-signals.ts';
import { type Theme, ThemeProvider } from './ui/theme.ts';
import { BeginPlace } from './wizard/begin-place.tsx';
import { useLook, useLookAhead, useProof } from './wizard/hooks/use-look.ts';
import { useStop } from './wizard/hooks/use-stop.ts';
import { QuestionPlace } from './wizard/question-place.tsx';
import { RunPlace } from './wizard/run-place.tsx';
import { UndoPlace } from './wizard/undo-place.tsx';

export type AppProps = Readonly<{
	services: WizardServices;
	theme: Theme;
	/** What the terminal is told besides; nothing, where absent. */
	signals?: TerminalSignals;
	isPractice: boolean;
	draft?: Partial<Draft>;
	/** The draft is of answers that were given, so only what is missing is asked for. */
	isGiven?: boolean;
	/** First called once there is something to review: with them come the steps and YAML, which no question needs. */
	makePlan: typeof planPairing;
	printPreview: typeof previewText;
	/** How long to wait for Ready; the usual time when absent. */
	patienceSeconds?: number;
	/** Fires when the process is asked to end from outside. */
	stopSignal: AbortSignal;
	onEnd: (aftermath: Aftermath) => void;
}>;

export function App(props: AppProps): ReactNode {
	// Keeps the terminal raw from one screen to the next: what is typed between two must not be echoed.
	usePaste(() => {});
	return (
		<WindowArea>
			<SignalsContext value={props.signals ?? silent}>
				<ThemeProvider theme={props.theme}>
					<Conversation {...props} />
				</ThemeProvider>
			</SignalsContext>
		</WindowArea>
	);
}

/** Wizard state to screen. */
function Conversation(props: AppProps): ReactNode {
	const { services, makePlan, stopSignal, patienceSeconds, isPractice } = props;
	const { unfinished } = services;
	const [state, dispatch] = useReducer(wizardReducer, props, ({ draft = {}, isGiven = false }) =>
		wizardStart({ draft, isGiven, ...beginsWith(services) }),
	);
	const { place, draft } = state;
	const answers = useMemo(() => completeAnswers(draft), [draft]);
	const facts = useMemo(() => wholeFacts(state), [state]);
	const plan = useMemo(
		() => once(() => makePlan(answers, facts, patienceSeconds)),
		[makePlan, answers, facts, patienceSeconds],
	);
	const adminNamespace = adminNamespaceIn(state.found);
	const migration = useMemo(() => firstMigration(answers.pair, adminNamespace), [answers, adminNamespace]);
	const { made, leave, prove, remember } = useWayOut(props, state);
	const ran = useCallback(
		(run: RunState, phase: Phase) =>
			remember(
				standing => ({
					kind: 'ran',
					plan: plan(),
					run,
					phase,
					draft,
					migration,
					standing,
					isToBeProved: false,
				}),
				phase === 'ended' || phase === 'undone',
			),
		[plan, draft, migration, remember],
	);
	const tookBack = useCallback(
		(run: RunState, isOver: boolean) =>
			remember(standing => ({ kind: 'took-back', title: unfinished?.title ?? '', run, standing }), isOver),
		[unfinished, remember],
	);
	useLook(services, state, dispatch);
	useProof(services, state, dispatch);
	useLookAhead(services, state, dispatch);
	useStop(stopSignal, place.kind === 'run' || place.kind === 'undo' ? undefined : leave);

	const common = { services, isPractice, dispatch, stopSignal, onLeave: leave };
	if (place.kind === 'run') {
		return (
			<RunPlace
				key={place.attempt}
				{...common}
				{...{ state, answers, migration, made }}
				onProve={prove}
				plan={plan()}
				onProgress={ran}
			/>
		);
	}
	if (place.kind === 'undo' && unfinished) {
		return <UndoPlace {...common} {...{ unfinished, made, state }} onProgress={tookBack} />;
	}
	const beginning = beginningAt(place, services, dispatch);
	if (beginning) {
		return <BeginPlace {...common} beginning={beginning} />;
	}
	return (
		<QuestionPlace
			{...common}
			{...{ state, plan, facts }}
			printPreview={props.printPreview}
			standing={made.length}
		/>
	);
}

/** The one way out, and what there is to tell by then. */
function useWayOut({ stopSignal, onEnd }: AppProps, { story, draft }: WizardState) {
	const { exit } = useApp();
	const made = useMemo(() => madeOf(story), [story]);
	const aftermath = useRef<Aftermath>({ kind: 'left-before-run' });
	const leave = useCallback(() => {
		const { current } = aftermath;
		onEnd(current.kind === 'left-before-run' ? { ...current, draft } : current);
		exit();
	}, [onEnd, exit, draft]);
	const prove = useCallback(() => {
		const { current } = aftermath;
		aftermath.current = current.kind === 'ran' ? { ...current, isToBeProved: true } : current;
		leave();
	}, [leave]);
	const remember = useCallback(
		(tell: (standing: number) => Aftermath, isOver: boolean) => {
			aftermath.current = tell(made.length);
			if (stopSignal.aborted && isOver) leave();
		},
		[made, stopSignal, leave],
	);
	return { made, leave, prove, remember };
}

function once<T>(make: () => T): () => T {
	let made: readonly [T] | undefined;
	return () => {
		made ??= [make()];
		return made[0];
	};
}
