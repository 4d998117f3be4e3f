import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { type Meaning, useTheme } from '../theme.ts';

/** A box with a heading: things that belong together, such as what was found on one side. */
export function Panel(props: {
	title: string;
	meaning?: Meaning;
	columns?: number;
	children?: ReactNode;
}): ReactNode {
	const { glyphs, styles } = useTheme();
	const { color } = styles[props.meaning ?? 'muted'];
	return (
		<Box
			flexDirection="column"
			flexShrink={0}
			borderStyle={glyphs.border}
			{...(color === undefined ? {} : { borderColor: color })}
			{...(props.columns === undefined ? {} : { width: props.columns })}
			paddingX={1}
		>
			<Text {...styles[props.meaning ?? 'accent']}>{props.title}</Text>
			{props.children}
		</Box>
	);
}
