import { attempt, takeBackAll, toUndo } from '../conversation/attempt.ts';
import { completeAnswers } from '../pairing/answers/draft.ts';
import type { Plan } from '../pairing/step/step.ts';
import type { Choice, Problem } from '../pairing/words/problem.ts';
import { lineObserver } from '../plain/lines.ts';
import { resultLine, undoneLine } from '../plain/words.ts';
import type { RunEvent, RunResult } from '../runner/run-event.ts';
import { type RunState, runReducer, runStart, runStartOf } from '../runner/run-state.ts';
import { choose, confirm } from './choose.ts';
import type { Dialogue } from './dialogue.ts';
import { answersTo, inWords, saveItem, takeAnswer } from './found.ts';
import { isLeaving, Left } from './keyboard.ts';

/** The third act: the run, what became of it, and the ways on from there. */
export async function run(dialogue: Dialogue): Promise<void> {
	const { say, state, made, remember } = dialogue;
	const plan = dialogue.plan();
	const { draft } = state();
	['', `${plan.title}. Ctrl-C asks whether to stop.`].forEach(say);
	const ended = await carryOut(dialogue, plan);
	remember({ kind: 'ran', plan, run: ended, phase: 'ended', draft, standing: made.length });
	leaveIfAsked(dialogue);
	if (ended.result?.kind === 'done') {
		say(
			`Next: a Migration that names ${completeAnswers(draft).pair.name} as its clusterPair. A manifest to copy is printed when you leave.`,
		);
	}
	const way = await wayOn(dialogue, ended.result);
	if (way !== 'undo') {
		return;
	}
	const undone = await takeBack(dialogue);
	remember({ kind: 'ran', plan, run: undone, phase: 'undone', draft, standing: made.length });
	leaveIfAsked(dialogue);
	await afterUndo(dialogue);
}

async function carryOut(
	{ services, say, keyboard, state, made, stopSignal }: Dialogue,
	plan: Plan,
): Promise<RunState> {
	const stop = new AbortController();
	const stopNow = () => {
		say('Stopping; a change under way is seen through.');
		stop.abort();
	};
	let isAsked = false;
	const unwatch = keyboard.watch(key => {
		if (stop.signal.aborted) {
			return;
		}
		if (isLeaving(key) && !isAsked) {
			isAsked = true;
			say('Stop? y, or Ctrl-C again, stops after the change under way; any other key goes on.');
		} else if (isAsked) {
			isAsked = false;
			if (key === 'y' || isLeaving(key)) stopNow();
			else say('Going on.');
		}
	});
	stopSignal.addEventListener('abort', stopNow);
	let ended = runStartOf(plan);
	await new Promise<void>(resolve => {
		const tell = lineObserver(plan, say, {
			isSpoken: true,
			endOf: result => resultLine({ ...result, changes: made.length }),
		});
		const observe = (event: RunEvent) => {
			ended = runReducer(ended, event);
			tell(spokenEvent(event));
			if (event.type === 'run-finished') resolve();
		};
		attempt({ services, answers: completeAnswers(state().draft), plan, made }, observe, stop.signal);
	});
	stopSignal.removeEventListener('abort', stopNow);
	unwatch();
	return ended;
}

/** Ways out as they are offered here. */
function spokenEvent(event: RunEvent): RunEvent {
	return event.type === 'step-finished' && event.outcome.kind === 'failed'
		? { ...event, outcome: { ...event.outcome, problem: withOthers(event.outcome.problem) } }
		: event;
}

const withOthers = (problem: Problem): Problem => ({
	...inWords(problem),
	...(problem.others && { others: problem.others.map(inWords) }),
});

async function wayOn(dialogue: Dialogue, result: RunResult | undefined): Promise<'undo' | 'on'> {
	const { say, dispatch, services, keyboard, made } = dialogue;
	const isDone = result?.kind === 'done';
	const errors = result?.kind === 'failed' ? [result.problem, ...(result.problem.others ?? [])] : [];
	const choices = errors.flatMap(problem => problem.choices ?? []);
	const choiceOf = (id: Choice['id']) => choices.find(choice => choice.id === id);
	madeLines(dialogue, isDone).forEach(say);
	for (;;) {
		const answer = await choose(dialogue, {
			items: [
				...(isDone ? [{ id: 'leave', label: 'Leave' } as const] : []),
				...answersTo(errors),
				...(choiceOf('keep') ? [{ id: 'keep', label: 'Keep what is there' } as const] : []),
				...(choiceOf('replace') ? [{ id: 'replace', label: 'Replace what is there' } as const] : []),
				...(isDone
					? []
					: ([
							{ id: 'retry', label: 'Try again' },
							{ id: 'change', label: 'Change an answer' },
						] as const)),
				...(made.length > 0 ? [{ id: 'undo', label: 'Take back what was made' } as const] : []),
				...saveItem(errors),
				...(isDone ? [] : [{ id: 'leave', label: 'Leave' } as const]),
			],
			initial: isDone ? 'leave' : undefined,
		});
		switch (answer) {
			case 'leave':
				throw new Left();
			case undefined:
			case 'change':
				if (isDone) break;
				dispatch({ type: 'list-answers' });
				return 'on';
			case 'retry':
				dispatch({ type: 'run' });
				return 'on';
			case 'keep':
			case 'replace': {
				const choice = choiceOf(answer);
				if (choice && (answer === 'keep' || (await confirm(dialogue, replaceQuestion)))) {
					dispatch({ type: 'decided', choice });
					return 'on';
				}
				break;
			}
			case 'undo':
				if (await confirm(dialogue, undoQuestion(made.length))) return 'undo';
				break;
			case 'save':
				for (const problem of errors.filter(({ attachment }) => attachment)) {
					say(await keyboard.during(services.saveAttachment(problem)));
				}
				break;
			default:
				takeAnswer(dialogue, answer, errors);
				return 'on';
		}
	}
}

const madeLines = ({ made }: Dialogue, isDone: boolean): readonly string[] =>
	made.length === 0
		? []
		: [isDone ? 'Made:' : 'Made, and still there:', ...made.map(({ what }) => `  ${what}`)];

const replaceQuestion = 'Delete what is there, and make it anew? It cannot be brought back.';

const undoQuestion = (count: number): string =>
	`Take back all that was made (${count})? What it replaced does not come back.`;

/** Of all attempts, in reverse. It is not stopped half way. */
export async function takeBack({ services, say, keyboard, made }: Dialogue): Promise<RunState> {
	const steps = toUndo(made);
	let ended = runStart(steps);
	const plan: Plan = { title: 'Take back', stages: steps.map(step => [step]), remarks: [] };
	const tell = lineObserver(plan, say, {
		isSpoken: true,
		endOf: result => undoneLine({ ...result, changes: steps.length - made.length }, made.length),
	});
	const unwatch = keyboard.watch(() => {});
	await takeBackAll(services, made, event => {
		ended = runReducer(ended, event);
		tell(spokenEvent(event));
	});
	unwatch();
	return ended;
}

/** Whoever asked the process to end is asked nothing more. */
export function leaveIfAsked({ stopSignal }: Dialogue): void {
	if (stopSignal.aborted) {
		throw new Left();
	}
}

async function afterUndo(dialogue: Dialogue): Promise<void> {
	const answer = await choose(dialogue, {
		items: [
			{ id: 'leave', label: 'Leave' },
			{ id: 'change', label: 'Change an answer' },
		] as const,
		initial: 'leave',
	});
	if (answer === 'leave') {
		throw new Left();
	}
	dialogue.dispatch({ type: 'list-answers' });
}
