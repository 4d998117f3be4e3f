import { Box, Text, Transform } from 'ink';
import type { ReactNode } from 'react';
import { useArea } from '../area.ts';
import { linked } from '../shows-links.ts';
import { useTheme } from '../theme.ts';

/** A URL, whole, so that it can be copied: it may be wider than sentences. Each line of it is a link where the terminal has links. */
export function Link({ url }: Readonly<{ url: string }>): ReactNode {
	const { hasLinks } = useTheme();
	const { columns, reach = columns } = useArea();
	const text = <Text wrap="hard">{url}</Text>;
	return (
		<Box width={reach} flexShrink={0}>
			{hasLinks ? <Transform transform={line => linked(url, line)}>{text}</Transform> : text}
		</Box>
	);
}
