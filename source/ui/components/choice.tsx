import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { useArea } from '../area.ts';
import { spellSigns } from '../glyphs.ts';
import { displayWidth, truncateMiddle } from '../text/display-width.ts';
import { useTheme } from '../theme.ts';
import { type ListProps, useList } from '../use-list.ts';
import { Prose } from './prose.tsx';
import { SelectList } from './select-list.tsx';

export type ChoiceItem<Id extends string> = Readonly<{
	id: Id;
	label: string;
	/** Shown behind the label, where there is room. */
	aside?: string;
	description?: string;
}>;

/** A question with a few answers. Give it the question's name as `key`. */
export function Choice<Id extends string>(
	props: ListProps<ChoiceItem<Id>> & {
		/** Less than it takes to describe every item: then the highlighted one alone is described. */
		rows?: number;
	},
): ReactNode {
	const area = useArea();
	const highlighted = useList(props, props.items.length);
	const describesAll = rowsFor(props.items, area.columns) <= (props.rows ?? area.rows);
	const rows = props.items.map(({ id, label, aside, description }, index) => ({
		value: id,
		label,
		aside,
		description: describesAll || index === highlighted ? description : undefined,
	}));
	return <SelectList rows={rows} highlighted={highlighted} rowComponent={ChoiceRow} />;
}

/** A little more than it takes, since words break before the edge. */
const rowsFor = (items: readonly ChoiceItem<string>[], columns: number): number =>
	items.reduce(
		(sum, { description = '' }) => sum + 1 + Math.ceil(displayWidth(description) / (columns * 0.8)),
		0,
	);

/** With less room, what is behind the label would be cut to nothing. */
const leastAside = 12;

type ChoiceRowProps = {
	isSelected?: boolean;
	label: string;
	aside?: string | undefined;
	description?: string | undefined;
};

function ChoiceRow({ isSelected = false, label, aside, description }: ChoiceRowProps): ReactNode {
	const { styles, glyphs } = useTheme();
	const room = useArea().columns - 2 - displayWidth(label) - 2;
	return (
		<Box flexDirection="column">
			<Box>
				<Text {...(isSelected ? styles.accent : {})}>{label}</Text>
				{aside !== undefined && room >= leastAside && (
					<Text
						{...styles.muted}
					>{`  ${truncateMiddle(spellSigns(aside, glyphs), room, glyphs.ellipsis)}`}</Text>
				)}
			</Box>
			{description !== undefined && <Prose {...styles.muted}>{description}</Prose>}
		</Box>
	);
}
