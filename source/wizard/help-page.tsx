import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { useArea } from '../ui/area.ts';
import { Bulleted } from '../ui/components/bulleted.tsx';
import { Prose } from '../ui/components/prose.tsx';
import { spellKeys, spellSigns } from '../ui/glyphs.ts';
import type { Binding } from '../ui/keys/bindings.ts';
import { breakLine, truncate } from '../ui/text/display-width.ts';
import { useTheme } from '../ui/theme.ts';
import { useScroll } from '../ui/use-scroll.ts';

export type HelpPageProps = Readonly<{
	title: string;
	lines: readonly string[];
	/** What works where the help was asked for. */
	bindings: readonly Binding[];
}>;

/** What a screen is about, then all its keys; scrolls where the window is too small for both. */
export function HelpPage({ title, lines, bindings }: HelpPageProps): ReactNode {
	const { styles, glyphs } = useTheme();
	const area = useArea();
	const keys = `Keys: ${keysOf(bindings)
		.map(({ key, does }) => `${spellKeys(key, glyphs)} ${does}`)
		.join(', ')}`;
	const entries = [...lines, keys];
	// The lines below the first come indented.
	const rows = entries.flatMap((entry, at) =>
		breakLine(spellSigns(entry, glyphs), area.columns - 2).map((text, index) => ({
			key: `${at} ${index}`,
			text: index === 0 ? `${glyphs.bullet} ${text}` : text,
		})),
	);
	const room = area.rows - 2;
	const { top, where } = useScroll(rows.length, room);
	const fits = rows.length + 1 <= area.rows;
	const isRoomy = rows.length + 1 + entries.length <= area.rows;
	return (
		<Box flexDirection="column" rowGap={isRoomy ? 1 : 0}>
			<Text {...styles.accent}>{truncate(`About: ${title}`, area.columns, glyphs.ellipsis)}</Text>
			{fits
				? entries.map(entry => (
						<Bulleted key={entry}>
							<Prose>{entry}</Prose>
						</Bulleted>
					))
				: rows.slice(top, top + room).map(({ key, text }) => <Text key={key}>{text}</Text>)}
			{!fits && (
				<Text {...styles.muted}>
					{truncate(`${where}: ${spellKeys('↑↓', glyphs)} scroll`, area.columns, glyphs.ellipsis)}
				</Text>
			)}
		</Box>
	);
}

/** One key for each thing that can be done: where the footer shows one, that. */
const keysOf = (bindings: readonly Binding[]): readonly Binding[] =>
	bindings.filter(binding => {
		const same = bindings.filter(({ does }) => does === binding.does);
		return binding === (same.find(({ isQuiet }) => !isQuiet) ?? same[0]);
	});
