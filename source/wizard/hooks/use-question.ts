import { useInput } from 'ink';
import { useState } from 'react';
import { stopQuestion } from '../../conversation/offers/stop-question.ts';
import type { Phase } from '../../conversation/story/aftermath.ts';
import type { RunState } from '../../runner/run-state.ts';

/** `yes` and `no` are what the keys come to, as the footer says them. */
export type Question = Readonly<{ text: string; yes: string; no: string }>;

type Asked = Readonly<{ question: Question; act: () => void; phase: Phase | 'asked' }>;

/** Asked before what can't be undone: y does it, any other key does not. The question goes with the phase it was asked in. */
export function useQuestion(phase: Phase | 'asked') {
	const [last, setAsked] = useState<Asked>();
	const asked = last?.phase === phase ? last : undefined;
	useInput(
		(input, key) => {
			setAsked(undefined);
			// Who presses Ctrl-C again means to stop.
			const isStop = (phase === 'running' || phase === 'undoing') && key.ctrl && input === 'c';
			if (input === 'y' || isStop) asked?.act();
		},
		{ isActive: asked !== undefined },
	);
	return {
		question: asked?.question,
		ask: (question: Question, act: () => void) => setAsked({ question, act, phase }),
	};
}

/** Asked before what is under way is stopped. */
export const sureToStop = (phase: Phase | undefined, run: RunState): Question => ({
	text: `${stopQuestion(phase, run)} [y/N]`,
	yes: 'stop',
	no: 'continue',
});
