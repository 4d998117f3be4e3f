import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { useArea } from '../area.ts';
import { type Glyphs, spellKeys } from '../glyphs.ts';
import type { Binding } from '../keys/bindings.ts';
import { displayWidth } from '../text/display-width.ts';
import { fold } from '../text/fold.ts';
import { useTheme } from '../theme.ts';

/** Hints on the keys that work now, on as many lines as they take. */
export function Footer({ bindings }: { bindings: readonly Binding[] }): ReactNode {
	const { glyphs, styles } = useTheme();
	const area = useArea();
	return (
		<Box flexDirection="column" flexShrink={0}>
			{foldBindings(bindings, area.columns, glyphs).map(line => (
				<Box key={line.map(binding => binding.key).join()} columnGap={2}>
					{line.map(binding => (
						<Text key={binding.key}>
							<Text {...styles.accent}>{spellKeys(binding.key, glyphs)}</Text>{' '}
							<Text {...styles.muted}>{binding.does}</Text>
						</Text>
					))}
				</Box>
			))}
		</Box>
	);
}

export const foldBindings = (bindings: readonly Binding[], columns: number, glyphs: Glyphs): Binding[][] =>
	fold(
		bindings.filter(({ isQuiet }) => !isQuiet),
		columns,
		({ key, does }) => displayWidth(`${spellKeys(key, glyphs)} ${does}`),
	);
