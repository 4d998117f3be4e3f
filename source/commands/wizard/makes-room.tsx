import { useApp, useInput } from 'ink';
import { type ReactNode, useEffect } from 'react';
import type { LentTerminal } from '../inputs/lend-terminal.ts';

/** The frame leaves the terminal for a program that asks something, or for the shell at Ctrl-Z, and comes back after it. */
export function MakesRoom({
	terminal,
	suspend,
	children,
}: {
	terminal: LentTerminal | undefined;
	/** Stops the process until its shell goes on with it. */
	suspend: (() => void) | undefined;
	children: ReactNode;
}): ReactNode {
	const { suspendTerminal } = useApp();
	useEffect(() => terminal?.drawn('screen', suspendTerminal), [terminal, suspendTerminal]);
	useInput((input, key) => {
		if (suspend && key.ctrl && input === 'z') {
			// Who has the terminal already keeps it.
			suspendTerminal(async () => suspend()).catch(() => {});
		}
	});
	return children;
}
