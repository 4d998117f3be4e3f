import { toTry } from '../conversation/proof.ts';
import { isSameTried, type Tried, triedOf } from '../conversation/trial.ts';
import { completeAnswers } from '../pairing/answers/draft.ts';
import { every, withSignsOfLife } from '../plain/signs-of-life.ts';
import type { Dialogue } from './dialogue.ts';

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

/** Seconds between two words of progress. */
const pause = 5;

/** What exists of the planned names is known before it is reviewed. */
export async function lookAhead({ say, services, keyboard, state, dispatch }: Dialogue): Promise<void> {
	const { draft, ahead } = state();
	if (ahead?.of === draft) {
		return;
	}
	say('Checking names and the key (read-only), for up to 25 seconds.');
	const stop = new AbortController();
	const looking = services.look(
		completeAnswers(draft),
		{
			facts: () => {},
			findings: (findings, isWhole) => {
				if (isWhole) dispatch({ type: 'looked-ahead', of: draft, findings, isWhole });
			},
		},
		stop.signal,
	);
	const tell = (seconds: number) => say(`Still checking: ${seconds} of 25 seconds.`);
	try {
		await withSignsOfLife(services.clock, every(pause), tell, keyboard.during(looking));
	} finally {
		stop.abort();
	}
}
