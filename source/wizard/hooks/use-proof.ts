import { useEffect, useRef, useState } from 'react';
import { toTry } from '../../conversation/found/proof.ts';
import { isSameTried, type Tried, triedOf } from '../../conversation/found/trial.ts';
import type { WizardServices } from '../../conversation/services.ts';
import type { WizardAction, WizardState } from '../../conversation/wizard-state.ts';
import { completeAnswers, type Draft } from '../../pairing/answers/draft.ts';

type Dispatch = (action: WizardAction) => void;

/** Tries the key in the background as soon as it is known, and again when it is another. */
export function useProof(services: WizardServices, state: WizardState, dispatch: Dispatch): void {
	const current = useRef<{ of: Tried; stop: AbortController }>(undefined);
	const raise = useRaise();
	const answers = toTry(state);
	useEffect(() => {
		const of = answers && triedOf(answers);
		if (!of || (current.current && isSameTried(current.current.of, of))) {
			return;
		}
		current.current?.stop.abort();
		const stop = new AbortController();
		current.current = { of, stop };
		dispatch({ type: 'trying', of });
		services
			.tryStore(answers, (side, trial) => dispatch({ type: 'tried', of, side, trial }), stop.signal)
			.catch(raise);
	});
}

/** Looks at what exists of the planned names, once all answers are there to be reviewed. */
export function useLookAhead(services: WizardServices, state: WizardState, dispatch: Dispatch): void {
	const { place, draft } = state;
	const current = useRef<{ of: Draft; stop: AbortController }>(undefined);
	const raise = useRaise();
	const isAsked = place.kind === 'question' && place.id === 'review';
	useEffect(() => {
		if (!isAsked || current.current?.of === draft) {
			return;
		}
		current.current?.stop.abort();
		const look = { of: draft, stop: new AbortController() };
		current.current = look;
		services
			.look(
				completeAnswers(draft),
				{
					facts: () => {},
					findings: (findings, isWhole) => {
						if (isWhole && current.current === look)
							dispatch({ type: 'looked-ahead', of: draft, findings, isWhole });
					},
				},
				look.stop.signal,
			)
			.catch(raise);
	}, [services, draft, isAsked, dispatch, raise]);
}

/** Not a cluster's doing but ours: thrown where it ends the program. */
export function useRaise(): (error: unknown) => void {
	const [, setMistake] = useState<undefined>();
	return useRef((error: unknown) =>
		setMistake(() => {
			throw error;
		}),
	).current;
}
