import { useInput } from 'ink';
import { useState } from 'react';
import type { Phase } from '../../conversation/story/aftermath.ts';

/** `yes` and `no` are what the keys come to, as the footer says them. */
export type Question = Readonly<{ text: string; yes: string; no: string }>;

type Asked = Readonly<{ question: Question; act: () => void; phase: Phase }>;

/** Asked before what can't be undone: y does it, any other key does not. The question goes with the phase it was asked in. */
export function useQuestion(phase: Phase) {
	const [last, setAsked] = useState<Asked>();
	const asked = last?.phase === phase ? last : undefined;
	useInput(
		(input, key) => {
			setAsked(undefined);
			// Who presses Ctrl-C again means to stop.
			if (input === 'y' || (phase === 'running' && key.ctrl && input === 'c')) asked?.act();
		},
		{ isActive: asked !== undefined },
	);
	return {
		question: asked?.question,
		ask: (question: Question, act: () => void) => setAsked({ question, act, phase }),
	};
}
