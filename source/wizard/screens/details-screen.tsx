import { type ReactNode, useMemo } from 'react';
import type { Details } from '../../conversation/found/details.ts';
import { useTheme } from '../../ui/theme.ts';
import { type Line, ScrolledLines } from './scrolled-lines.tsx';

/** Everything that was found, whole, one cluster after the other. */
export function DetailsScreen({ details }: Readonly<{ details: readonly Details[] }>): ReactNode {
	const { glyphs } = useTheme();
	const lines = useMemo(
		() =>
			details.flatMap(({ on, title, lines: texts }, index): readonly Line[] => [
				...(index > 0 ? [{ text: '' }] : []),
				{ text: title, meaning: on === 'both' ? undefined : on },
				...texts.map(text => ({ text: `${glyphs.bullet} ${text}` })),
			]),
		[details, glyphs],
	);
	return <ScrolledLines lines={lines} />;
}
