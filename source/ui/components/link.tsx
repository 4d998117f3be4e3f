import { Text, Transform } from 'ink';
import type { ReactNode } from 'react';
import { linked } from '../shows-links.ts';
import { useTheme } from '../theme.ts';

/** A URL, whole, so that it can be copied; each line of it is a link where the terminal has links. */
export function Link({ url }: Readonly<{ url: string }>): ReactNode {
	const { hasLinks } = useTheme();
	const text = <Text wrap="hard">{url}</Text>;
	return hasLinks ? <Transform transform={line => linked(url, line)}>{text}</Transform> : text;
}
