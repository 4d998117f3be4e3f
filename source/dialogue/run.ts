import { adminNamespaceIn } from '../conversation/found/found.ts';
import { isConversation, type Offer, type OfferId } from '../conversation/offers/offer.ts';
import { offersAt, problemsIn } from '../conversation/offers/offers.ts';
import type { Phase } from '../conversation/story/aftermath.ts';
import { attempt, takeBackAll } from '../conversation/story/attempt.ts';
import { toUndo } from '../conversation/story/story.ts';
import type { WizardState } from '../conversation/wizard-state.ts';
import { completeAnswers } from '../pairing/answers/draft.ts';
import { firstMigration } from '../pairing/cluster-pair/first-migration.ts';
import type { Plan } from '../pairing/step/step.ts';
import type { WayWords } from '../pairing/words/way.ts';
import { lineObserver } from '../plain/lines.ts';
import { resultLine, undoneLine } from '../plain/words.ts';
import type { RunEvent } from '../runner/run-event.ts';
import { type RunState, runStart } from '../runner/run-state.ts';
import { undoneCounts } from '../runner/undone-text.ts';
import type { Dialogue } from './dialogue.ts';
import { Left } from './keyboard.ts';
import { chooseOffer, entryWords, saveAttachments } from './offer.ts';
import { stoppable } from './stop.ts';

/** The third act: the run, what became of it, and the ways on from there. */
export async function run(dialogue: Dialogue): Promise<void> {
	const { say, state, made } = dialogue;
	const plan = dialogue.plan();
	const { draft, found } = state();
	const { pair } = completeAnswers(draft);
	const migration = firstMigration(pair, adminNamespaceIn(found));
	const remember = (ran: RunState, phase: Phase, isToBeProved = false) =>
		dialogue.remember({
			...{ kind: 'ran', plan, run: ran, phase, draft, migration, isToBeProved },
			standing: made().length,
		});
	const undo = async (): Promise<void> => {
		remember(await takeBack(dialogue), 'undone');
		leaveIfAsked(dialogue);
		await goOnAfter(dialogue, { initial: 'leave', back: { type: 'list-answers' }, undo });
	};
	['', `${plan.title}. Ctrl-C asks whether to stop.`].forEach(say);
	const ended = await carryOut(dialogue, plan);
	remember(ended, 'ended');
	leaveIfAsked(dialogue);
	const prove = () => remember(ended, 'ended', true);
	const isDone = ended.result?.kind === 'done';
	if (isDone) {
		say(
			`Next: a Migration that names ${pair.name} as its clusterPair. A manifest to copy is printed when you quit.`,
		);
	}
	madeLines(dialogue).forEach(say);
	await goOnAfter(
		dialogue,
		isDone ? { initial: 'leave', undo, prove } : { back: { type: 'list-answers' }, undo },
	);
}

type Ways = Readonly<{
	initial?: OfferId;
	/** What it means to go back; where it means nothing, what to do is asked again. */
	back?: Offer['action'];
	undo?: () => Promise<void>;
	prove?: () => void;
}>;

/** After a run or an undo: one of what can be done there. */
export async function goOnAfter(dialogue: Dialogue, { initial, back, undo, prove }: Ways): Promise<void> {
	const offers = offersAt(dialogue.state());
	for (;;) {
		const action = (await chooseOffer(dialogue, offers, { initial }))?.action ?? back;
		if (action && isConversation(action)) {
			return dialogue.dispatch(action);
		}
		switch (action?.type) {
			case undefined:
				break;
			case 'save-attachments':
				await saveAttachments(dialogue, problemsIn(runOf(dialogue.state())));
				break;
			case 'undo-made':
				return undo?.();
			case 'prove':
				prove?.();
				throw new Left();
			default:
				throw new Left();
		}
	}
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
