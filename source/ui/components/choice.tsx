import { Box, Text, useInput } from 'ink';
import type { ReactNode } from 'react';
import { useArea } from '../area.ts';
import { readListKey } from '../keys/list-keys.ts';
import { indexIn, moveInList } from '../list-state.ts';
import { displayWidth } from '../text/display-width.ts';
import { useTheme } from '../theme.ts';
import { useLiveReducer } from '../use-live-reducer.ts';
import { Prose } from './prose.tsx';
import { SelectList } from './select-list.tsx';

export type ChoiceItem<Id extends string> = Readonly<{ id: Id; label: string; description?: string }>;

/** A question with a few answers. Give it the question's name as `key`. */
export function Choice<Id extends string>(props: {
	items: readonly ChoiceItem<Id>[];
	initial?: Id;
	/** false: something else is being asked, and has the keys. */
	isActive?: boolean;
	/** Less than it takes to describe every item: then the highlighted one alone is described. */
	rows?: number;
	onSubmit: (id: Id) => void;
	onCancel?: (() => void) | undefined;
	onHelp?: (() => void) | undefined;
}): ReactNode {
	const area = useArea();
	const ids = props.items.map(item => item.id);
	const { state, latest, dispatch } = useLiveReducer(replace, (): string | undefined => props.initial);
	useInput(
		(input, key) => {
			const move = readListKey(key);
			if (move !== undefined) dispatch(moveInList(ids, latest(), move, ids.length));
			else if (key.escape && !key.meta) props.onCancel?.();
			else if (input === '?') props.onHelp?.();
			else if (key.return) submit(props.items[indexIn(ids, latest())]);
		},
		{ isActive: props.isActive ?? true },
	);
	const submit = (item: ChoiceItem<Id> | undefined): void => {
		if (item !== undefined) props.onSubmit(item.id);
	};
	const highlighted = indexIn(ids, state);
	const describesAll = rowsFor(props.items, area.columns) <= (props.rows ?? area.rows);
	const rows = props.items.map(({ id, label, description }, index) => ({
		value: id,
		label,
		description: describesAll || index === highlighted ? description : undefined,
	}));
	return <SelectList rows={rows} highlighted={highlighted} rowComponent={ChoiceRow} />;
}

const replace = (_: string | undefined, next: string | undefined): string | undefined => next;

/** A little more than it takes, since words break before the edge. */
const rowsFor = (items: readonly ChoiceItem<string>[], columns: number): number =>
	items.reduce(
		(sum, { description = '' }) => sum + 1 + Math.ceil(displayWidth(description) / (columns * 0.8)),
		0,
	);

type ChoiceRowProps = { isSelected?: boolean; label: string; description?: string | undefined };

function ChoiceRow({ isSelected = false, label, description }: ChoiceRowProps): ReactNode {
	const { styles } = useTheme();
	return (
		<Box flexDirection="column">
			<Text {...(isSelected ? styles.accent : {})}>{label}</Text>
			{description !== undefined && <Prose {...styles.muted}>{description}</Prose>}
		</Box>
	);
}
