import type { WizardServices } from '../conversation/services.ts';
import type { Aftermath } from '../conversation/story/aftermath.ts';
import type { Made } from '../conversation/story/story.ts';
import type { WizardAction, WizardState } from '../conversation/wizard-state.ts';
import type { Draft } from '../pairing/answers/draft.ts';
import type { planPairing } from '../pairing/plan.ts';
import type { Plan } from '../pairing/step/step.ts';
import type { Keyboard } from './keyboard.ts';

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
		/** What was made and still exists, by all attempts together. */
		made(): readonly Made[];
		remember(aftermath: Aftermath): void;
	}>;

export const howTo = [
	'At each question: a question mark explains it, a less-than sign goes back to the one before, Ctrl-C twice quits.',
];
