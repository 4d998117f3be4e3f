import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { useTheme } from '../theme.ts';
import { Prose } from './prose.tsx';

export type NoteTone = 'info' | 'ok' | 'warning' | 'error';

/** One remark under what it is about: a sign, and a sentence that says the same. */
export function Note({ tone, children }: { tone: NoteTone; children: ReactNode }): ReactNode {
	const { glyphs, styles } = useTheme();
	const style = tone === 'info' ? styles.muted : styles[tone];
	return (
		<Box columnGap={1}>
			<Box flexShrink={0}>
				<Text {...style}>{glyphs[tone]}</Text>
			</Box>
			<Prose {...(tone === 'error' ? style : {})}>{children}</Prose>
		</Box>
	);
}
