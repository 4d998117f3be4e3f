import { Text, Transform } from 'ink';
import type { ReactNode } from 'react';
import type { TextStyle } from '../theme.ts';

/** Sentences. Where a line is just full, Ink puts the blank that follows at the head of the next one; here it goes. */
export function Prose({ children, ...style }: TextStyle & { children: ReactNode }): ReactNode {
	return (
		<Transform transform={(line, index) => (index === 0 ? line : line.replace(blankAtHead, '$1'))}>
			<Text {...style}>{children}</Text>
		</Transform>
	);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: styles are escape sequences
const blankAtHead = /^((?:\u001B\[[\d;]*m)*) /;
