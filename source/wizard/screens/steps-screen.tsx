import { Box, Text } from 'ink';
import { type ReactNode, useMemo } from 'react';
import type { PodPlaces, previewText } from '../../pairing/step/preview.ts';
import { type Plan, type Preview, type Step, stepsOf } from '../../pairing/step/step.ts';
import { useArea } from '../../ui/area.ts';
import { spellSigns } from '../../ui/glyphs.ts';
import { breakLine, truncate } from '../../ui/text/display-width.ts';
import { useTheme } from '../../ui/theme.ts';
import { useScroll } from '../../ui/use-scroll.ts';

type Line = Readonly<{ key: string; text: string; side?: 'source' | 'destination' | 'both' }>;

/** Every step with its cluster and what exactly it does. Scrolls. */
export function StepsScreen(props: {
	plan: Plan;
	printPreview: typeof previewText;
	places: PodPlaces;
}): ReactNode {
	const { styles, glyphs } = useTheme();
	const area = useArea();
	const { plan, places, printPreview } = props;
	const lines = useMemo(
		() => linesOf(plan, (preview, on) => printPreview(preview, places, on), area.columns),
		[plan, places, printPreview, area.columns],
	);
	const height = Math.max(2, area.rows - 1);
	const { top, isScrolled, where } = useScroll(lines.length, height);
	const shown = lines.slice(top, top + height);
	return (
		<Box flexDirection="column">
			{shown.map(line => (
				<Text key={line.key} {...(line.side && line.side !== 'both' ? styles[line.side] : {})}>
					{truncate(spellSigns(line.text, glyphs), area.columns, glyphs.ellipsis)}
				</Text>
			))}
			{isScrolled && <Text {...styles.muted}>{where}</Text>}
		</Box>
	);
}

function linesOf(
	plan: Plan,
	print: (preview: Preview, on: Step['on']) => string,
	columns: number,
): readonly Line[] {
	const remarks = plan.remarks.map((text, index) => ({ key: `remark ${index}`, text: `Note: ${text}` }));
	const steps = stepsOf(plan).flatMap((step, index): Line[] => [
		{
			key: step.id,
			text: `${String(index + 1).padStart(2)} ${step.title.plan}${step.on === 'both' ? ' (both)' : ''}${step.change ? '' : ', read-only'}`,
			side: step.on,
		},
		...step.preview
			.flatMap(preview => print(preview, step.on).split('\n'))
			.map((text, line) => ({ key: `${step.id} ${line}`, text: `     ${text}` })),
	]);
	return [...remarks, ...steps].flatMap(line =>
		breakLine(line.text, columns).map((text, part) => ({ ...line, key: `${line.key} ${part}`, text })),
	);
}
