import { useInput } from 'ink';
import { useState } from 'react';
import type { Phase } from '../conversation/story/aftermath.ts';

type Asked = Readonly<{ text: string; act: () => void; phase: Phase }>;

/** Asked before what can't be undone: y does it, any other key does not. The question goes with the phase it was asked in. */
export function useQuestion(phase: Phase) {
	const [asked, setAsked] = useState<Asked>();
	const question = asked?.phase === phase ? asked : undefined;
	useInput(
		(input, key) => {
			setAsked(undefined);
			// Who presses Ctrl-C again means to stop.
			if (input === 'y' || (phase === 'running' && key.ctrl && input === 'c')) question?.act();
		},
		{ isActive: question !== undefined },
	);
	return { question: question?.text, ask: (text: string, act: () => void) => setAsked({ text, act, phase }) };
}
