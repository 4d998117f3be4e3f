import { beginsWith } from '../conversation/beginnings.ts';
import { wholeFacts } from '../conversation/found/found.ts';
import { prover } from '../conversation/found/proof.ts';
import type { Aftermath } from '../conversation/story/aftermath.ts';
import { madeOf } from '../conversation/story/story.ts';
import { wizardReducer, wizardStart } from '../conversation/wizard-reducer.ts';
import { completeAnswers } from '../pairing/answers/draft.ts';
import { begin } from './begin.ts';
import { type Beginning, type Dialogue, howTo } from './dialogue.ts';
import { Left } from './keyboard.ts';
import { askQuestion, chooseAnswer } from './question.ts';
import { run } from './run.ts';
import { undoEarlier } from './undo.ts';

/** The same conversation as on the screens, in lines that are only ever added. @returns what there is to tell afterwards */
export async function hold(beginning: Beginning): Promise<Aftermath> {
	const { services, draft, isGiven, banner, say, makePlan, patienceSeconds } = beginning;
	let state = wizardStart({ draft, isGiven, ...beginsWith(services) });
	let aftermath: Aftermath | undefined;
	const dialogue: Dialogue = {
		...beginning,
		made: () => madeOf(state.story),
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
		'pxpair pairs two Kubernetes clusters, one question at a time. Nothing is changed until you confirm.',
		...howTo,
	].forEach(say);
	try {
		const prove = prover(services, dialogue.dispatch);
		for (;;) {
			void prove(state);
			await goOn(dialogue);
		}
	} catch (error) {
		if (!(error instanceof Left)) {
			throw error;
		}
		return aftermath ?? { kind: 'left-before-run', draft: state.draft };
	}
}

async function goOn(dialogue: Dialogue): Promise<void> {
	const { place } = dialogue.state();
	switch (place.kind) {
		case 'begin':
		case 'kept':
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
