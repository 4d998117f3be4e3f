import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { type Beginning, existingLine } from '../conversation/beginnings.ts';
import { useArea } from '../ui/area.ts';
import { Choice } from '../ui/components/choice.tsx';
import { Frame } from '../ui/components/frame.tsx';
import { Prose } from '../ui/components/prose.tsx';
import { actOf } from '../ui/keys/bindings.ts';
import { truncate } from '../ui/text/display-width.ts';
import { useTheme } from '../ui/theme.ts';
import { HelpPage } from './help-page.tsx';
import { useHelp } from './hooks/use-help.ts';
import { beginKeys } from './keys/keys.ts';

/** Before the first question: what should become of what an earlier conversation left. */
export function BeginPlace(props: {
	beginning: Beginning;
	isPractice: boolean;
	onLeave: () => void;
}): ReactNode {
	const { beginning, isPractice, onLeave } = props;
	const { title, help } = beginning;
	const { isHelping, known, bindings } = useHelp(beginKeys(onLeave), true);
	return (
		<Frame product="pxpair" title={title} isPractice={isPractice} isTall bindings={bindings}>
			{isHelping ? (
				<HelpPage title={title} lines={help} bindings={known} />
			) : (
				<BeginScreen beginning={beginning} onLeave={onLeave} onHelp={actOf(known, '?')} />
			)}
		</Frame>
	);
}

export function BeginScreen(props: {
	beginning: Beginning;
	onLeave: () => void;
	onHelp: (() => void) | undefined;
}): ReactNode {
	const { styles, glyphs } = useTheme();
	const area = useArea();
	const { question, lines, made, options } = props.beginning;
	const isRoomy = area.rows >= 14;
	// In a small window the choice must not be pushed out of it.
	const shown = isRoomy ? made?.slice(0, Math.max(1, area.rows - (area.columns < 60 ? 18 : 14))) : undefined;
	const hidden = (made?.length ?? 0) - (shown?.length ?? 0);
	return (
		<Box flexDirection="column" rowGap={isRoomy ? 1 : 0}>
			{(isRoomy || !made) && <Prose {...styles.accent}>{question}</Prose>}
			<Box flexDirection="column">
				{(isRoomy ? lines : lines.slice(0, 3)).map(line => (
					<Prose key={line} {...styles.muted}>
						{isRoomy ? line : truncate(line, area.columns, glyphs.ellipsis)}
					</Prose>
				))}
				{made && <Prose>{existingLine(made, shown?.length ? ':' : '.')}</Prose>}
				{shown?.map(what => (
					<Text key={what}>
						{glyphs.bullet} {truncate(what, area.columns - 2, glyphs.ellipsis)}
					</Text>
				))}
				{isRoomy && hidden > 0 && <Text>{`and ${hidden} more`}</Text>}
			</Box>
			<Choice
				items={options}
				{...(options[0] && { initial: options[0].id })}
				rows={isRoomy ? 6 : 3}
				onSubmit={id => options.find(option => option.id === id)?.act()}
				onCancel={props.onLeave}
				onHelp={props.onHelp}
			/>
		</Box>
	);
}
