import { useStdin } from 'ink';
import { useLayoutEffect } from 'react';
import { PacedStdin } from './paced-stdin.ts';

/**
 * While an answer is being looked at, what is typed waits for the next question. Needs a `PacedStdin` under Ink;
 * with another input it does nothing.
 */
export function useHeldKeys(isHeld: boolean): void {
	// Layout, not passive: the next key must find the hold in place.
	const { stdin } = useStdin();
	useLayoutEffect(() => (isHeld && stdin instanceof PacedStdin ? stdin.hold() : undefined), [isHeld, stdin]);
}
