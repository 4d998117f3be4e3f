import { Box, Text, useInput } from 'ink';
import { type ReactNode, useState } from 'react';
import { useArea } from '../../ui/area.ts';
import { Panes } from '../../ui/components/panes.tsx';
import { spellSigns } from '../../ui/glyphs.ts';
import { firstVisible } from '../../ui/list-state.ts';
import { truncateMiddle } from '../../ui/text/display-width.ts';
import { type Meaning, useTheme } from '../../ui/theme.ts';
import { type Line, ScrolledLines } from './scrolled-lines.tsx';

/** A line of the list, and what is read beside it. */
export type Entry = Readonly<{
	id: string;
	sign: string;
	title: string;
	meaning?: Meaning | undefined;
	details: readonly Line[];
	/** What `c` copies. */
	copies?: string | undefined;
}>;

/** The list keeps its place; what there is to read of the entry under the cursor is beside it. */
export function ListBeside(
	props: Readonly<{ entries: readonly Entry[]; onCopy: (text: string) => void }>,
): ReactNode {
	const { entries, onCopy } = props;
	const { glyphs, styles } = useTheme();
	const area = useArea();
	const [wanted, setIndex] = useState(0);
	const index = Math.min(wanted, entries.length - 1);
	const entry = entries[index];
	useInput((input, key) => {
		if (key.upArrow) setIndex(Math.max(0, index - 1));
		else if (key.downArrow) setIndex(Math.min(entries.length - 1, index + 1));
		else if (input === 'c' && entry?.copies !== undefined) onCopy(entry.copies);
	});
	const columns = Math.min(76, Math.floor(area.columns * 0.46));
	const first = firstVisible(entries.length, index, area.rows);
	const list = entries.slice(first, first + area.rows).map(({ id, sign, title, meaning }, offset) => {
		const isHere = first + offset === index;
		const room = columns - sign.length - 3;
		return (
			<Box key={id}>
				<Text {...styles.accent}>{isHere ? glyphs.pointer : ' '} </Text>
				<Text {...(meaning ? styles[meaning] : {})} bold={isHere}>
					{sign} {truncateMiddle(spellSigns(title, glyphs), room, glyphs.ellipsis)}
				</Text>
			</Box>
		);
	});
	return (
		<Panes left={list} leftColumns={columns}>
			{entry && <ScrolledLines key={entry.id} lines={entry.details} isPaged />}
		</Panes>
	);
}
