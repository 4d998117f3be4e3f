import { useApp, useInput } from 'ink';
import { type ReactNode, useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { type ClusterFacts, noFacts } from './pairing/cluster.ts';
import { completeAnswers, type Draft } from './pairing/draft.ts';
import type { Pair } from './pairing/pair.ts';
import type { planPairing } from './pairing/plan.ts';
import type { Plan } from './pairing/step.ts';
import type { RunState } from './runner/run-state.ts';
import { WindowArea } from './ui/area.ts';
import { Frame } from './ui/components/frame.tsx';
import { type Theme, ThemeProvider } from './ui/theme.ts';
import { BelowPairLine } from './wizard/below-pair-line.tsx';
import { bindingsAt } from './wizard/bindings.ts';
import { QuestionPlace } from './wizard/question-place.tsx';
import { questionsOf, shortNames } from './wizard/questions.ts';
import { RunPlace } from './wizard/run-place.tsx';
import type { WizardServices } from './wizard/services.ts';
import type { Made, Phase } from './wizard/use-run.ts';
import { type WizardState, wizardReducer, wizardStart } from './wizard/wizard-state.ts';

/** What there is to tell once the screen is gone. */
export type Aftermath =
	| Readonly<{ kind: 'left-before-run' }>
	| Readonly<{
			kind: 'ran';
			plan: Plan;
			run: RunState;
			phase: Phase;
			draft: Draft;
			/** What was made and still stands, by all attempts together. */
			standing: number;
	  }>;

export type AppProps = Readonly<{
	services: WizardServices;
	theme: Theme;
	isPractice: boolean;
	draft?: Partial<Draft>;
	/** First called once there is something to review: with it come the steps, which no question needs. */
	makePlan: typeof planPairing;
	/** How long to wait for Ready; the usual time when absent. */
	patienceSeconds?: number;
	/** Fires when the process is asked to end from outside. */
	stopSignal: AbortSignal;
	onEnd: (aftermath: Aftermath) => void;
}>;

/** Wizard state to screen, and the one way out. */
export function App(props: AppProps): ReactNode {
	const { services, makePlan, stopSignal, onEnd, patienceSeconds } = props;
	const [state, dispatch] = useReducer(wizardReducer, props.draft, wizardStart);
	const { exit } = useApp();
	const made = useRef<Made[]>([]);
	const aftermath = useRef<Aftermath>({ kind: 'left-before-run' });
	const answers = useMemo(() => completeAnswers(state.draft), [state.draft]);
	const facts = useMemo(() => wholeFacts(state), [state]);
	const plan = useMemo(
		() => once(() => makePlan(answers, facts, patienceSeconds)),
		[makePlan, answers, facts, patienceSeconds],
	);
	const isRunning = state.place.kind === 'run';

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

	useLook(services, state, dispatch);
	useStop(stopSignal, isRunning ? undefined : leave);
	useInput((input, key) => {
		if (key.ctrl && input === 'c' && !isRunning) leave();
	});

	return (
		<WindowArea>
			<ThemeProvider theme={props.theme}>
				{state.place.kind === 'run' ? (
					<RunPlace
						key={state.place.attempt}
						services={services}
						answers={answers}
						plan={plan()}
						made={made.current}
						isPractice={props.isPractice}
						stopSignal={stopSignal}
						onRetry={() => dispatch({ type: 'run' })}
						onChange={() => dispatch({ type: 'list-answers' })}
						onDecide={choice => dispatch({ type: 'decided', choice })}
						onLeave={leave}
						onProgress={remember}
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
						<BelowPairLine names={namesOf(state.draft)}>
							<QuestionPlace
								state={state}
								dispatch={dispatch}
								services={services}
								plan={plan}
								facts={facts}
								standing={made.current.length}
								onLeave={leave}
							/>
						</BelowPairLine>
					</Frame>
				)}
			</ThemeProvider>
		</WindowArea>
	);
}

/** Looks at the clusters whenever the question comes up and nobody has looked yet. */
function useLook(
	services: WizardServices,
	{ draft: { source, destination }, looks, place }: WizardState,
	dispatch: Parameters<typeof QuestionPlace>[0]['dispatch'],
): void {
	const looked = useRef(-1);
	const [, setMistake] = useState<undefined>();
	const isAsked = place.kind === 'question' && place.id === 'found';
	useEffect(() => {
		if (!isAsked || source === undefined || destination === undefined || looked.current === looks) {
			return;
		}
		looked.current = looks;
		const tell: Parameters<WizardServices['look']>[1] = (side, found) => {
			// What comes late from an earlier look is about other clusters.
			if (looked.current === looks) dispatch({ type: 'found', side, found });
		};
		services.look({ source, destination }, tell).catch((error: unknown) =>
			// Not a cluster's doing but ours: thrown where it ends the program.
			setMistake(() => {
				throw error;
			}),
		);
	}, [services, source, destination, looks, isAsked, dispatch]);
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

function wholeFacts({ draft, facts }: WizardState): Pair<ClusterFacts> {
	return {
		source: { ...noFacts(draft.source ?? ''), ...facts.source },
		destination: { ...noFacts(draft.destination ?? ''), ...facts.destination },
	};
}

const namesOf = ({ source, destination }: Draft) => ({
	...(source !== undefined && { source }),
	...(destination !== undefined && { destination }),
});

const titleOf = ({ place }: WizardState): string =>
	place.kind === 'question' ? shortNames[place.id] : 'Your answers';

function progressOf({ place, draft }: WizardState): string {
	if (place.kind !== 'question') {
		return '';
	}
	const questions = questionsOf(draft);
	return `${questions.indexOf(place.id) + 1} of ${questions.length}`;
}
