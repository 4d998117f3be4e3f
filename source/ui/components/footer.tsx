import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { useArea } from '../area.ts';
import { type Glyphs, spellKeys } from '../glyphs.ts';
import { displayWidth } from '../text/display-width.ts';
import { fold } from '../text/fold.ts';
import { useTheme } from '../theme.ts';

/** A key and what it does here, the most needed first. */
export type Binding = Readonly<{ keys: string; does: string }>;

/** Hints on the keys that work now, on as many lines as they take. */
export function Footer({ bindings, columns }: { bindings: readonly Binding[]; columns?: number }): ReactNode {
	const { glyphs, styles } = useTheme();
	const area = useArea();
	return (
		<Box flexDirection="column" flexShrink={0}>
			{foldBindings(bindings, columns ?? area.columns, glyphs).map(line => (
				<Box key={line.map(binding => binding.keys).join()} columnGap={2}>
					{line.map(binding => (
						<Text key={binding.keys}>
							<Text {...styles.accent}>{spellKeys(binding.keys, glyphs)}</Text>{' '}
							<Text {...styles.muted}>{binding.does}</Text>
						</Text>
					))}
				</Box>
			))}
		</Box>
	);
}

export const foldBindings = (bindings: readonly Binding[], columns: number, glyphs: Glyphs): Binding[][] =>
	fold(bindings, columns, ({ keys, does }) => displayWidth(`${spellKeys(keys, glyphs)} ${does}`));
