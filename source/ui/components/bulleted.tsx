import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { useTheme } from '../theme.ts';

/** One entry of a list: its further lines stand below the first, not below the bullet. */
export function Bulleted({ children }: { children: ReactNode }): ReactNode {
	const { glyphs } = useTheme();
	return (
		<Box columnGap={1}>
			<Box flexShrink={0}>
				<Text>{glyphs.bullet}</Text>
			</Box>
			{children}
		</Box>
	);
}
