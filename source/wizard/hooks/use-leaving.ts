import { useInput } from 'ink';
import { useState } from 'react';
import { hasAnswers } from '../../conversation/beginnings.ts';
import type { WizardState } from '../../conversation/wizard-state.ts';

export type Leaving = Readonly<{
	/** That the same key again leaves. */
	notice: string | undefined;
	/** Asks first where there is something to lose. */
	leave: (key: 'Ctrl-C' | 'Esc') => void;
}>;

/** Ctrl-C, or Esc on the first screen, is pressed twice to leave; any other key stays. */
export function useLeaving({ draft }: WizardState, isPractice: boolean, onLeave: () => void): Leaving {
	const [asked, setAsked] = useState<'Ctrl-C' | 'Esc'>();
	useInput((input, key) => {
		if (asked === undefined) return;
		const isSame = asked === 'Esc' ? key.escape : key.ctrl && input === 'c';
		if (!isSame) setAsked(undefined);
	});
	const kept = isPractice ? '' : '; your answers (without secrets) are kept';
	return {
		notice: asked && `Press ${asked} again to quit${hasAnswers(draft) ? kept : ''}`,
		leave: key => {
			if (asked === key || (key === 'Ctrl-C' && !hasAnswers(draft))) onLeave();
			else setAsked(key);
		},
	};
}
