import { useApp, useInput } from 'ink';
import { type ReactNode, useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { Aftermath, Phase } from './conversation/aftermath.ts';
import { answersToLookWith, blockers, warnings, wholeFacts } from './conversation/found.ts';
import { shortNames } from './conversation/questions.ts';
import type { Made, WizardServices } from './conversation/services.ts';
import { progressOf, type WizardState, wizardReducer, wizardStart } from './conversation/wizard-state.ts';
import { completeAnswers, type Draft } from './pairing/answers/draft.ts';
import type { planPairing } from './pairing/plan.ts';
import type { previewText } from './pairing/step/preview.ts';
import type { RunState } from './runner/run-state.ts';
import { WindowArea } from './ui/area.ts';
import { Frame } from './ui/components/frame.tsx';
import { type Theme, ThemeProvider } from './ui/theme.ts';
import { BelowPairLine } from './wizard/below-pair-line.tsx';
import { bindingsAt } from './wizard/bindings.ts';
import { QuestionPlace } from './wizard/question-place.tsx';
import { RunPlace } from './wizard/run-place.tsx';
import { BeginScreen } from './wizard/screens/begin-screen.tsx';
import { UndoPlace } from './wizard/undo-place.tsx';

export type AppProps = Readonly<{
	services: WizardServices;
	theme: Theme;
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

/** Wizard state to screen, and the one way out. */
export function App(props: AppProps): ReactNode {
	const { services, makePlan, stopSignal, onEnd, patienceSeconds } = props;
	const { unfinished } = services;
	const [state, dispatch] = useReducer(wizardReducer, props, ({ draft = {}, isGiven = false }) =>
		wizardStart({ draft, isGiven, isUnfinished: unfinished !== undefined }),
	);
	const { exit } = useApp();
	const made = useRef<Made[]>([]);
	const aftermath = useRef<Aftermath>({ kind: 'left-before-run' });
	const answers = useMemo(() => completeAnswers(state.draft), [state.draft]);
	const facts = useMemo(() => wholeFacts(state), [state]);
	const plan = useMemo(
		() => once(() => makePlan(answers, facts, patienceSeconds)),
		[makePlan, answers, facts, patienceSeconds],
	);
	const isWorking = state.place.kind === 'run' || state.place.kind === 'undo';

	const leave = useCallback(() => {
		onEnd(aftermath.current);
		exit();
	}, [onEnd, exit]);
	const remember = useCallback(
		(run: RunState, phase: Phase) => {
			const standing = made.current.length;
			aftermath.current = { kind: 'ran', plan: plan(), run, phase, draft: state.draft, standing };
			if (stopSignal.aborted && (phase === 'ended' || phase === 'undone')) leave();
		},
		[plan, state.draft, stopSignal, leave],
	);

	const takenBack = useCallback(
		(run: RunState, isOver: boolean) => {
			const standing = made.current.length;
			aftermath.current = { kind: 'took-back', title: unfinished?.title ?? '', run, standing };
			if (stopSignal.aborted && isOver) leave();
		},
		[unfinished, stopSignal, leave],
	);
	const takeUp = () => {
		made.current = [...(unfinished?.made ?? [])];
	};

	useLook(services, state, dispatch);
	useStop(stopSignal, isWorking ? undefined : leave);
	useInput((input, key) => {
		if (key.ctrl && input === 'c' && !isWorking) leave();
	});

	return (
		<WindowArea>
			<ThemeProvider theme={props.theme}>
				{state.place.kind === 'run' ? (
					<RunPlace
						key={state.place.attempt}
						services={services}
						draft={state.draft}
						answers={answers}
						plan={plan()}
						made={made.current}
						isPractice={props.isPractice}
						stopSignal={stopSignal}
						dispatch={dispatch}
						onLeave={leave}
						onProgress={remember}
					/>
				) : state.place.kind === 'undo' && unfinished ? (
					<UndoPlace
						services={services}
						unfinished={unfinished}
						made={made.current}
						stopSignal={stopSignal}
						onBack={() => dispatch({ type: 'back' })}
						onAnew={() => dispatch({ type: 'start-anew' })}
						onLeave={leave}
						onProgress={takenBack}
					/>
				) : (
					<Frame
						product="pxpair"
						title={titleOf(state)}
						progress={progressOf(state)}
						isPractice={props.isPractice}
						isTall
						bindings={bindingsAt(state)}
					>
						{state.place.kind === 'begin' && unfinished ? (
							<BeginScreen
								unfinished={unfinished}
								onGoOn={() => {
									takeUp();
									unfinished.takeUp();
									dispatch({ type: 'go-on', draft: unfinished.draft });
								}}
								onUndo={() => {
									takeUp();
									dispatch({ type: 'undo-first' });
								}}
								onAnew={() => {
									made.current = [];
									dispatch({ type: 'start-anew' });
								}}
								onLeave={leave}
							/>
						) : (
							<BelowPairLine names={namesOf(state.draft)}>
								<QuestionPlace
									state={state}
									dispatch={dispatch}
									services={services}
									plan={plan}
									printPreview={props.printPreview}
									facts={facts}
									standing={made.current.length}
									onLeave={leave}
								/>
							</BelowPairLine>
						)}
					</Frame>
				)}
			</ThemeProvider>
		</WindowArea>
	);
}

/** Looks at the clusters whenever the question comes up and nobody has looked yet. */
function useLook(
	services: WizardServices,
	{ draft, looks, place }: WizardState,
	dispatch: Parameters<typeof QuestionPlace>[0]['dispatch'],
): void {
	const current = useRef({ looks: -1, stop: new AbortController() });
	const [, setMistake] = useState<undefined>();
	const isAsked = place.kind === 'question' && place.id === 'found';
	useEffect(() => {
		if (!isAsked || current.current.looks === looks) {
			return;
		}
		current.current.stop.abort();
		const look = { looks, stop: new AbortController() };
		current.current = look;
		// What comes late from an earlier look is about other clusters.
		const isCurrent = () => current.current === look;
		services
			.look(
				answersToLookWith(draft),
				{
					facts: (side, found) => isCurrent() && dispatch({ type: 'found', side, found }),
					findings: (findings, isWhole) => isCurrent() && dispatch({ type: 'checked', findings, isWhole }),
				},
				look.stop.signal,
			)
			.catch((error: unknown) =>
				// Not a cluster's doing but ours: thrown where it ends the program.
				setMistake(() => {
					throw error;
				}),
			);
	}, [services, draft, looks, isAsked, dispatch]);
}

function useStop(signal: AbortSignal, leave: (() => void) | undefined): void {
	useEffect(() => {
		if (!leave) {
			return;
		}
		signal.addEventListener('abort', leave);
		return () => signal.removeEventListener('abort', leave);
	}, [signal, leave]);
}

function once<T>(make: () => T): () => T {
	let made: readonly [T] | undefined;
	return () => {
		made ??= [make()];
		return made[0];
	};
}

const namesOf = ({ source, destination }: Draft) => ({
	...(source !== undefined && { source }),
	...(destination !== undefined && { destination }),
});

function titleOf({ place, overlay, found, draft }: WizardState): string {
	switch (place.kind) {
		case 'begin':
			return 'A run that was not finished';
		case 'question':
			return overlay === 'problems'
				? problemsTitle(blockers(found, draft).length, warnings(found).length)
				: shortNames[place.id];
		default:
			return 'Your answers';
	}
}

const problemsTitle = (errors: number, warned: number): string =>
	[counted(errors, 'error'), counted(warned, 'warning')].filter(text => text !== '').join(', ');

const counted = (count: number, what: string): string =>
	count === 0 ? '' : `${count} ${what}${count === 1 ? '' : 's'}`;
