import { useEffect, useRef, useState } from 'react';
import { answersToLookWith } from '../../conversation/found/found.ts';
import { prover } from '../../conversation/found/proof.ts';
import type { Told, WizardServices } from '../../conversation/services.ts';
import type { WizardAction, WizardState } from '../../conversation/wizard-state.ts';
import type { Answers } from '../../pairing/answers/answers.ts';
import { completeAnswers } from '../../pairing/answers/draft.ts';

type Dispatch = (action: WizardAction) => void;

/** Looks at the clusters whenever the question comes up and no one has looked yet. */
export function useLook(services: WizardServices, state: WizardState, dispatch: Dispatch): void {
	const { draft, looks, place } = state;
	useLooking(services, place.kind === 'question' && place.id === 'found', {
		of: looks,
		answers: () => answersToLookWith(draft),
		told: {
			facts: (side, found) => dispatch({ type: 'found', side, found }),
			findings: (findings, isWhole) => dispatch({ type: 'checked', findings, isWhole }),
		},
	});
}

/** Looks at what exists of the planned names, once all answers are there to be reviewed. */
export function useLookAhead(services: WizardServices, state: WizardState, dispatch: Dispatch): void {
	const { draft, place } = state;
	useLooking(services, place.kind === 'question' && place.id === 'review', {
		of: draft,
		answers: () => completeAnswers(draft),
		told: {
			facts: () => {},
			findings: (findings, isWhole) => isWhole && dispatch({ type: 'looked-ahead', of: draft, findings }),
		},
	});
}

/** @param of another one is another look */
function useLooking(
	services: WizardServices,
	isAsked: boolean,
	{ of, answers, told }: Readonly<{ of: unknown; answers: () => Answers; told: Told }>,
): void {
	const current = useRef<{ of: unknown; stop: AbortController }>(undefined);
	const raise = useRaise();
	useEffect(() => {
		if (!isAsked || current.current?.of === of) {
			return;
		}
		current.current?.stop.abort();
		const look = { of, stop: new AbortController() };
		current.current = look;
		// What comes late from an earlier look is about other clusters.
		const isCurrent = () => current.current === look;
		const toldNow: Told = {
			facts: (...given) => isCurrent() && told.facts(...given),
			findings: (...given) => isCurrent() && told.findings(...given),
		};
		services.look(answers(), toldNow, look.stop.signal).catch(raise);
	});
}

/** Tries the key in the background. */
export function useProof(services: WizardServices, state: WizardState, dispatch: Dispatch): void {
	const [prove] = useState(() => prover(services, dispatch));
	const raise = useRaise();
	useEffect(() => void prove(state).catch(raise));
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
