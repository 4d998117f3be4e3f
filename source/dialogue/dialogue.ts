import type { Aftermath } from '../conversation/aftermath.ts';
import { wholeFacts } from '../conversation/found.ts';
import type { Made, WizardServices } from '../conversation/services.ts';
import {
	type WizardAction,
	type WizardState,
	wizardReducer,
	wizardStart,
} from '../conversation/wizard-state.ts';
import { completeAnswers, type Draft } from '../pairing/answers/draft.ts';
import type { planPairing } from '../pairing/plan.ts';
import type { Plan } from '../pairing/step/step.ts';
import { begin } from './begin.ts';
import { type Keyboard, Left } from './keyboard.ts';
import { askQuestion, chooseAnswer } from './question.ts';
import { run } from './run.ts';
import { undoEarlier } from './undo.ts';

export type Beginning = Readonly<{
	services: WizardServices;
	say: (line: string) => void;
	keyboard: Keyboard;
	makePlan: typeof planPairing;
	/** Said first, where it is practice. */
	banner: string | undefined;
	draft: Draft;
	isGiven: boolean;
	patienceSeconds: number | undefined;
	stopSignal: AbortSignal;
}>;

/** What the places of the conversation share. */
export type Dialogue = Beginning &
	Readonly<{
		state(): WizardState;
		dispatch(action: WizardAction): void;
		plan(): Plan;
		/** What was made and still stands, by all attempts together. */
		made: Made[];
		remember(aftermath: Aftermath): void;
	}>;

/** The same conversation as on the screens, in lines that are only ever added. @returns what there is to tell afterwards */
export async function hold(beginning: Beginning): Promise<Aftermath> {
	const { services, draft, isGiven, banner, say, makePlan, patienceSeconds } = beginning;
	let state = wizardStart({ draft, isGiven, isUnfinished: services.unfinished !== undefined });
	let aftermath: Aftermath = { kind: 'left-before-run' };
	const dialogue: Dialogue = {
		...beginning,
		made: [],
		state: () => state,
		dispatch(action) {
			state = wizardReducer(state, action);
		},
		plan: () => makePlan(completeAnswers(state.draft), wholeFacts(state), patienceSeconds),
		remember(now) {
			aftermath = now;
		},
	};
	[
		...(banner ? [banner] : []),
		'pxpair pairs two Kubernetes clusters, question by question. Nothing is changed before you say so.',
		...howTo,
	].forEach(say);
	try {
		for (;;) await goOn(dialogue);
	} catch (error) {
		if (!(error instanceof Left)) {
			throw error;
		}
		return aftermath;
	}
}

export const howTo = [
	'At each question: a question mark explains it, a less-than sign goes back to the one before, Ctrl-C leaves.',
];

async function goOn(dialogue: Dialogue): Promise<void> {
	const { place } = dialogue.state();
	switch (place.kind) {
		case 'begin':
			return begin(dialogue);
		case 'undo':
			return undoEarlier(dialogue);
		case 'question':
			return askQuestion(dialogue, place.id);
		case 'answers':
			return chooseAnswer(dialogue);
		case 'run':
			return run(dialogue);
	}
}
