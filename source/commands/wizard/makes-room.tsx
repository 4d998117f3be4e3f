import { useApp } from 'ink';
import { type ReactNode, useEffect } from 'react';
import type { LentTerminal } from '../inputs/lend-terminal.ts';

/** The frame leaves the terminal for a program that asks something, and comes back after it. */
export function MakesRoom({
	terminal,
	children,
}: {
	terminal: LentTerminal | undefined;
	children: ReactNode;
}): ReactNode {
	const { suspendTerminal } = useApp();
	useEffect(() => terminal?.drawn('screen', suspendTerminal), [terminal, suspendTerminal]);
	return children;
}
