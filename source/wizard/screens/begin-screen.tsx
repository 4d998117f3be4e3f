import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { beginOptions, objectsIn } from '../../conversation/offers/begin-options.ts';
import type { Unfinished } from '../../conversation/services.ts';
import { madeOf } from '../../conversation/story/story.ts';
import { useArea } from '../../ui/area.ts';
import { Choice } from '../../ui/components/choice.tsx';
import { Prose } from '../../ui/components/prose.tsx';
import { truncate } from '../../ui/text/display-width.ts';
import { useTheme } from '../../ui/theme.ts';

/** An earlier run did not come to its end: what it was, what is of it, and the ways on. */
export function BeginScreen(props: {
	unfinished: Unfinished;
	onGoOn: () => void;
	onUndo: () => void;
	onAnew: () => void;
	onLeave: () => void;
	onHelp: (() => void) | undefined;
}): ReactNode {
	const { styles, glyphs } = useTheme();
	const area = useArea();
	const { title, when, ended, story } = props.unfinished;
	const made = madeOf(story);
	const isRoomy = area.rows >= 14;
	// In a small window the choice must not be pushed out of it.
	const shown = isRoomy ? made.slice(0, Math.max(1, area.rows - (area.columns < 60 ? 18 : 14))) : [];
	const short = (text: string) => (isRoomy ? text : truncate(text, area.columns, glyphs.ellipsis));
	const objects = objectsIn(made);
	const actions = { 'go-on': props.onGoOn, undo: props.onUndo, again: props.onAnew };
	const items = beginOptions(made);
	return (
		<Box flexDirection="column" rowGap={isRoomy ? 1 : 0}>
			{isRoomy && <Prose {...styles.accent}>An earlier run is unfinished. What do you want to do?</Prose>}
			<Box flexDirection="column">
				<Prose>{short(title)}</Prose>
				<Prose {...styles.muted}>{short(`${when}: ${ended}`)}</Prose>
				<Prose>
					{made.length === 0
						? 'It created nothing that still exists.'
						: `Still existing: ${objects}${shown.length > 0 ? ':' : '.'}`}
				</Prose>
				{shown.map(({ what }) => (
					<Text key={what}>
						{glyphs.bullet} {truncate(what, area.columns - 2, glyphs.ellipsis)}
					</Text>
				))}
				{isRoomy && shown.length < made.length && <Text>{`and ${made.length - shown.length} more`}</Text>}
			</Box>
			<Choice
				items={items}
				initial="go-on"
				rows={isRoomy ? 6 : 3}
				onSubmit={id => actions[id]()}
				onCancel={props.onLeave}
				onHelp={props.onHelp}
			/>
		</Box>
	);
}
