import { Text, Transform } from 'ink';
import { Children, type ReactNode } from 'react';
import { spellSigns } from '../glyphs.ts';
import { type TextStyle, useTheme } from '../theme.ts';

/** Sentences. Where a line is just full, Ink puts the blank that follows at the head of the next one; here it goes. */
export function Prose({ children, ...style }: TextStyle & { children: ReactNode }): ReactNode {
	const { glyphs } = useTheme();
	return (
		<Transform transform={(line, index) => (index === 0 ? line : line.replace(blankAtHead, '$1'))}>
			<Text {...style}>
				{Children.map(children, child => (typeof child === 'string' ? spellSigns(child, glyphs) : child))}
			</Text>
		</Transform>
	);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: styles are escape sequences
const blankAtHead = /^((?:\u001B\[[\d;]*m)*) /;
