import { Text } from 'ink';
import type { ReactNode } from 'react';
import { truncate } from '../text/display-width.ts';
import { showPlain, textWindow } from '../text/text-window.ts';
import type { TextFieldState } from '../text-field-state.ts';
import { useTheme } from '../theme.ts';

/** The text of a field on one line of exactly so many columns, scrolled to its cursor. */
export function TextLine(props: {
	field: TextFieldState;
	columns: number;
	isMasked?: boolean;
	hasCursor?: boolean;
	placeholder?: string;
}): ReactNode {
	const { glyphs, hasStyles, styles } = useTheme();
	const text = props.field.text.reveal();
	const hasCursor = props.hasCursor ?? true;
	if (text === '') return <EmptyLine {...props} hasCursor={hasCursor} />;
	const show = props.isMasked ? () => glyphs.dot : showPlain(glyphs.unprintable);
	const caret = hasCursor && !hasStyles ? glyphs.caret : '';
	const part = textWindow(text, props.field.cursor, props.columns - caret.length, show);
	return (
		<Text wrap="truncate">
			{part.isCutLeft && <Text {...styles.muted}>{glyphs.cutLeft}</Text>}
			{part.before}
			{caret}
			{hasCursor && hasStyles ? <Text {...styles.cursor}>{part.at || ' '}</Text> : part.at}
			{part.after}
			{part.isCutRight && <Text {...styles.muted}>{glyphs.cutRight}</Text>}
		</Text>
	);
}

function EmptyLine(props: { placeholder?: string; hasCursor: boolean; columns: number }): ReactNode {
	const { glyphs, hasStyles, styles } = useTheme();
	const { placeholder = '', columns } = props;
	return (
		<Text wrap="truncate">
			{props.hasCursor && (hasStyles ? <Text {...styles.cursor}> </Text> : glyphs.caret)}
			{placeholder !== '' && (
				<Text {...styles.muted}> {truncate(placeholder, columns - 2, glyphs.ellipsis)}</Text>
			)}
		</Text>
	);
}
