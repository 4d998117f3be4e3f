import { adminNamespaceIn } from '../conversation/found/found.ts';
import { isConversation } from '../conversation/offers/offer.ts';
import { offersAt, problemsIn } from '../conversation/offers/offers.ts';
import { attempt, takeBackAll } from '../conversation/story/attempt.ts';
import { toUndo } from '../conversation/story/story.ts';
import type { WizardState } from '../conversation/wizard-state.ts';
import { completeAnswers } from '../pairing/answers/draft.ts';
import { firstMigration } from '../pairing/cluster-pair/first-migration.ts';
import type { Plan } from '../pairing/step/step.ts';
import type { WayWords } from '../pairing/words/way.ts';
import { lineObserver } from '../plain/lines.ts';
import { resultLine, undoneLine } from '../plain/words.ts';
import type { RunEvent, RunResult } from '../runner/run-event.ts';
import { type RunState, runStart } from '../runner/run-state.ts';
import { undoneCounts } from '../runner/undone-text.ts';
import type { Dialogue } from './dialogue.ts';
import { Left } from './keyboard.ts';
import { chooseOffer, entryWords, saveAttachments } from './offer.ts';
import { stoppable } from './stop.ts';

/** The third act: the run, what became of it, and the ways on from there. */
export async function run(dialogue: Dialogue): Promise<void> {
	const { say, state, made, remember } = dialogue;
	const plan = dialogue.plan();
	const { draft } = state();
	const migration = migrationOf(dialogue);
	['', `${plan.title}. Ctrl-C asks whether to stop.`].forEach(say);
	const ended = await carryOut(dialogue, plan);
	const ran = {
		kind: 'ran',
		plan,
		run: ended,
		phase: 'ended',
		draft,
		migration,
		standing: made().length,
	} as const;
	remember({ ...ran, isToBeProved: false });
	leaveIfAsked(dialogue);
	if (ended.result?.kind === 'done') {
		say(
			`Next: a Migration that names ${completeAnswers(draft).pair.name} as its clusterPair. A manifest to copy is printed when you quit.`,
		);
	}
	const way = await wayOn(dialogue, ended.result);
	if (way === 'prove') {
		remember({ ...ran, isToBeProved: true });
		throw new Left();
	}
	if (way !== 'undo') {
		return;
	}
	await undoAll(dialogue, plan);
}

const migrationOf = ({ state }: Dialogue): readonly string[] => {
	const { draft, found } = state();
	return firstMigration(completeAnswers(draft).pair, adminNamespaceIn(found));
};

async function undoAll(dialogue: Dialogue, plan: Plan): Promise<void> {
	const { draft } = dialogue.state();
	const undone = await takeBack(dialogue);
	dialogue.remember({
		kind: 'ran',
		plan,
		run: undone,
		phase: 'undone',
		draft,
		migration: migrationOf(dialogue),
		standing: dialogue.made().length,
		isToBeProved: false,
	});
	leaveIfAsked(dialogue);
	await afterUndo(dialogue, plan);
}

async function carryOut(dialogue: Dialogue, plan: Plan): Promise<RunState> {
	const { services, say, state, dispatch, made } = dialogue;
	const { draft } = state();
	// What is said of a failure names the entries that come below it.
	const words: WayWords = way => entryWords(offersAt(state()), draft)(way);
	const attemptIt = (signal: AbortSignal) =>
		new Promise<void>(resolve => {
			const tell = lineObserver(plan, say, {
				isSpoken: true,
				words,
				endOf: result => resultLine({ ...result, changes: made().length }),
			});
			const observe = (event: RunEvent) => {
				dispatch({ type: 'told', event });
				tell(event);
				if (event.type === 'run-finished') resolve();
			};
			const answers = completeAnswers(draft);
			dispatch({ type: 'began', answers, plan });
			attempt({ services, answers, plan }, observe, signal);
		});
	await stoppable(dialogue, attemptIt);
	return runOf(state());
}

const runOf = ({ live }: WizardState): RunState => live?.run ?? runStart([]);

async function wayOn(dialogue: Dialogue, result: RunResult | undefined): Promise<'undo' | 'prove' | 'on'> {
	const { dispatch, say } = dialogue;
	const isDone = result?.kind === 'done';
	madeLines(dialogue).forEach(say);
	const offers = offersAt(dialogue.state());
	for (;;) {
		const offer = await chooseOffer(dialogue, offers, { initial: isDone ? 'leave' : undefined });
		const action = offer === undefined && !isDone ? ({ type: 'list-answers' } as const) : offer?.action;
		if (action === undefined) {
			continue;
		}
		if (isConversation(action)) {
			dispatch(action);
			return 'on';
		}
		switch (action.type) {
			case 'leave':
				throw new Left();
			case 'undo-made':
				return 'undo';
			case 'prove':
				return 'prove';
			case 'save-attachments':
				await saveAttachments(dialogue, problemsIn(runOf(dialogue.state())));
		}
	}
}

const madeLines = ({ made }: Dialogue): readonly string[] =>
	made().length === 0 ? [] : ['Created:', ...made().map(({ what }) => `  ${what}`)];

/** Of all attempts, in reverse. */
export async function takeBack(dialogue: Dialogue): Promise<RunState> {
	const { services, say, made, state, dispatch } = dialogue;
	const all = made();
	const steps = toUndo(all);
	dispatch({ type: 'undo-began' });
	const plan: Plan = { title: 'Undo', stages: steps.map(step => [step]), remarks: [] };
	const tell = lineObserver(plan, say, {
		isSpoken: true,
		words: () => undefined,
		endOf: () => undoneLine(undoneCounts(runOf(state()), made().length)),
	});
	say('Undoing. Ctrl-C asks whether to stop.');
	await stoppable(dialogue, signal =>
		takeBackAll(
			services,
			all,
			(event, of) => {
				dispatch({ type: 'told', event, ...(of && { of }) });
				tell(event);
			},
			signal,
		),
	);
	return runOf(state());
}

/** Anyone who asked the process to end is asked nothing more. */
export function leaveIfAsked({ stopSignal }: Dialogue): void {
	if (stopSignal.aborted) {
		throw new Left();
	}
}

async function afterUndo(dialogue: Dialogue, plan: Plan): Promise<void> {
	const offer = await chooseOffer(dialogue, offersAt(dialogue.state()), { initial: 'leave' });
	const action = offer?.action ?? { type: 'list-answers' };
	if (isConversation(action)) {
		return dialogue.dispatch(action);
	}
	if (action.type === 'undo-made') {
		return undoAll(dialogue, plan);
	}
	throw new Left();
}
