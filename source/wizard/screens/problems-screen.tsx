import { Box, Text } from 'ink';
import { type ReactNode, useMemo } from 'react';
import { moreLine, type Problem } from '../../pairing/words/problem.ts';
import { remedyLines, type WayWords } from '../../pairing/words/way.ts';
import { useArea } from '../../ui/area.ts';
import { type Glyphs, spellSigns } from '../../ui/glyphs.ts';
import { breakLine, truncate } from '../../ui/text/display-width.ts';
import { type Meaning, useTheme } from '../../ui/theme.ts';
import { useScroll } from '../../ui/use-scroll.ts';

type ProblemsProps = Readonly<{
	errors: readonly Problem[];
	warnings: readonly Problem[];
	/** What became of saving their manifests. */
	notices: readonly string[];
	words: WayWords;
}>;

type Line = Readonly<{ text: string; meaning?: Meaning }>;

/** All problems with their evidence and the ways out. Scrolls; what is to be copied is not broken where it fits. */
export function ProblemsScreen(props: ProblemsProps): ReactNode {
	const { errors, warnings, notices, words } = props;
	const { styles, glyphs } = useTheme();
	const area = useArea();
	const lines = useMemo(
		() =>
			[
				...notices.map((text): Line => ({ text, meaning: 'ok' })),
				...errors.flatMap((problem, index) => linesOf(problem, 'error', index > 0, { glyphs, words })),
				...warnings.flatMap((problem, index) =>
					linesOf(problem, 'warning', errors.length + index > 0, { glyphs, words }),
				),
			]
				.flatMap(line =>
					breakLine(spellSigns(line.text, glyphs), area.columns).map(text => ({ ...line, text })),
				)
				.map((line, index) => ({ ...line, key: String(index) })),
		[errors, warnings, notices, area.columns, glyphs, words],
	);
	const rows = Math.max(2, area.rows - 1);
	const { top, isScrolled, where } = useScroll(lines.length, rows);
	return (
		<Box flexDirection="column">
			{lines.slice(top, top + rows).map(({ key, text, meaning }) => (
				<Text key={key} {...(meaning ? styles[meaning] : {})}>
					{text === '' ? ' ' : text}
				</Text>
			))}
			{isScrolled && <Text {...styles.muted}>{truncate(where, area.columns, glyphs.ellipsis)}</Text>}
		</Box>
	);
}

function linesOf(
	problem: Problem,
	level: 'error' | 'warning',
	isFurther: boolean,
	{ glyphs, words }: Readonly<{ glyphs: Glyphs; words: WayWords }>,
): readonly Line[] {
	const { title, side, evidence = '', remedies, docs, attachment } = problem;
	const where = side !== undefined && !title.includes(side) ? ` (${side})` : '';
	return [
		...(isFurther ? [{ text: '' }] : []),
		{ text: `${glyphs[level]} ${level === 'warning' ? 'Warning: ' : ''}${title}${where}`, meaning: level },
		...evidence
			.split('\n')
			.filter(Boolean)
			.map((text): Line => ({ text, meaning: 'muted' })),
		...remedies.flatMap(remedy =>
			remedyLines(remedy, words).map((text, index) => ({
				text: index === 0 ? `${glyphs.bullet} ${text}` : `  ${text}`,
			})),
		),
		...(docs ? [{ text: docs }] : []),
		{ text: moreLine(problem), meaning: 'muted' },
		...(attachment
			? [
					{ text: '' },
					{ text: `${attachment.title} (y saves it as a file):` },
					...attachment.text
						.trimEnd()
						.split('\n')
						.map(text => ({ text })),
				]
			: []),
	];
}
