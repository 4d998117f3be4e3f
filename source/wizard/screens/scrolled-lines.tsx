import { Box, Text } from 'ink';
import { type ReactNode, useMemo } from 'react';
import { useArea } from '../../ui/area.ts';
import { spellSigns } from '../../ui/glyphs.ts';
import { breakLine, truncate } from '../../ui/text/display-width.ts';
import { type Meaning, useTheme } from '../../ui/theme.ts';
import { useScroll } from '../../ui/use-scroll.ts';

export type Line = Readonly<{ text: string; meaning?: Meaning | undefined }>;

/**
 * Lines as far as there is room, the rest by scrolling; what is to be copied is not broken where it fits.
 * @param isPaged the arrows are for a list beside it
 */
export function ScrolledLines(props: Readonly<{ lines: readonly Line[]; isPaged?: boolean }>): ReactNode {
	const { lines, isPaged = false } = props;
	const { styles, glyphs } = useTheme();
	const area = useArea();
	const shown = useMemo(
		() =>
			lines
				.flatMap(line =>
					breakLine(spellSigns(line.text, glyphs), area.columns).map(text => ({ ...line, text })),
				)
				.map((line, index) => ({ ...line, key: String(index) })),
		[lines, area.columns, glyphs],
	);
	const rows = Math.max(2, area.rows - 1);
	const { top, isScrolled, where } = useScroll(shown.length, rows, isPaged);
	return (
		<Box flexDirection="column">
			{shown.slice(top, top + rows).map(({ key, text, meaning }) => (
				<Text key={key} {...(meaning ? styles[meaning] : {})}>
					{text === '' ? ' ' : text}
				</Text>
			))}
			{isScrolled && (
				<Text {...styles.muted}>
					{truncate(isPaged ? `${where}: PgDn` : where, area.columns, glyphs.ellipsis)}
				</Text>
			)}
		</Box>
	);
}
