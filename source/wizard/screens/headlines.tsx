import { Text } from 'ink';
import type { ReactNode } from 'react';
import { eachCause, type Problem } from '../../pairing/words/problem.ts';
import { useArea } from '../../ui/area.ts';
import { spellSigns } from '../../ui/glyphs.ts';
import { displayWidth, truncate } from '../../ui/text/display-width.ts';
import { useTheme } from '../../ui/theme.ts';

/** A line for each, as far as there is room. */
export function Headlines(props: {
	errors: readonly Problem[];
	warnings: readonly Problem[];
	limit: number;
}): ReactNode {
	const { styles, glyphs } = useTheme();
	const area = useArea();
	const all = [
		...eachCause(props.errors).map(({ title }) => ({ title, level: 'error' as const })),
		...eachCause(props.warnings).map(({ title }) => ({
			title: `Warning: ${title}`,
			level: 'warning' as const,
		})),
	];
	const shown = all.slice(0, props.limit);
	const left = all.length - shown.length;
	return shown.map(({ title, level }, index) => {
		const more = index === shown.length - 1 && left > 0 ? `, and ${left} more` : '';
		const room = area.columns - 2 - displayWidth(more);
		return (
			<Text key={title} wrap="truncate">
				<Text {...styles[level]}>{glyphs[level]}</Text>{' '}
				{truncate(spellSigns(title, glyphs), room, glyphs.ellipsis) + more}
			</Text>
		);
	});
}
