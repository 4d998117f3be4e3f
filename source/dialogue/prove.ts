import { toTry } from '../conversation/found/proof.ts';
import { isSameTried, type Tried, triedOf } from '../conversation/found/trial.ts';
import { completeAnswers } from '../pairing/answers/draft.ts';
import type { Dialogue } from './dialogue.ts';
import { lookAloud } from './look.ts';

/** Tries the key in the background as soon as it is known, and again when it is another. */
export function prover({ state, dispatch, services }: Dialogue): () => void {
	let current: { of: Tried; stop: AbortController } | undefined;
	return () => {
		const answers = toTry(state());
		const of = answers && triedOf(answers);
		if (!of || (current && isSameTried(current.of, of))) {
			return;
		}
		current?.stop.abort();
		current = { of, stop: new AbortController() };
		dispatch({ type: 'trying', of });
		void services.tryStore(
			answers,
			(side, trial) => dispatch({ type: 'tried', of, side, trial }),
			current.stop.signal,
		);
	};
}

/** What exists of the planned names is known before it is reviewed. */
export async function lookAhead(dialogue: Dialogue): Promise<void> {
	const { draft, ahead } = dialogue.state();
	if (ahead?.of === draft) {
		return;
	}
	await lookAloud(dialogue, 'names and the key', completeAnswers(draft), {
		facts: () => {},
		findings: (findings, isWhole) => {
			if (isWhole) dialogue.dispatch({ type: 'looked-ahead', of: draft, findings, isWhole });
		},
	});
}
