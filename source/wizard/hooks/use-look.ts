import { useEffect, useRef } from 'react';
import { answersToLookWith } from '../../conversation/found/found.ts';
import type { WizardServices } from '../../conversation/services.ts';
import type { WizardAction, WizardState } from '../../conversation/wizard-state.ts';
import { useRaise } from './use-proof.ts';

/** Looks at the clusters whenever the question comes up and no one has looked yet. */
export function useLook(
	services: WizardServices,
	{ draft, looks, place }: WizardState,
	dispatch: (action: WizardAction) => void,
): void {
	const current = useRef({ looks: -1, stop: new AbortController() });
	const raise = useRaise();
	const isAsked = place.kind === 'question' && place.id === 'found';
	useEffect(() => {
		if (!isAsked || current.current.looks === looks) {
			return;
		}
		current.current.stop.abort();
		const look = { looks, stop: new AbortController() };
		current.current = look;
		// What comes late from an earlier look is about other clusters.
		const isCurrent = () => current.current === look;
		services
			.look(
				answersToLookWith(draft),
				{
					facts: (side, found) => isCurrent() && dispatch({ type: 'found', side, found }),
					findings: (findings, isWhole) => isCurrent() && dispatch({ type: 'checked', findings, isWhole }),
				},
				look.stop.signal,
			)
			.catch(raise);
	}, [services, draft, looks, isAsked, dispatch, raise]);
}
