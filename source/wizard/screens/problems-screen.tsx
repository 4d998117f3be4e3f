import { Box, Text } from 'ink';
import { type ReactNode, useMemo, useState } from 'react';
import { spoken } from '../../conversation/spoken.ts';
import type { Problem } from '../../pairing/words/problem.ts';
import { useArea } from '../../ui/area.ts';
import { type Glyphs, spellSigns } from '../../ui/glyphs.ts';
import { breakLine, truncate } from '../../ui/text/display-width.ts';
import { type Meaning, useTheme } from '../../ui/theme.ts';
import { useScroll } from '../../ui/use-scroll.ts';

/** `keys` are those that answer one of the problems, besides the ones that scroll and close. */
type ProblemsProps = Readonly<{
	errors: readonly Problem[];
	warnings: readonly Problem[];
	keys: Readonly<Record<string, () => void>>;
	/** @returns what became of it */
	onSave: (problem: Problem) => Promise<string>;
	onClose: () => void;
}>;

type Line = Readonly<{ text: string; meaning?: Meaning }>;

/** All problems with their evidence and the ways out. Scrolls; what is to be copied is not broken where it fits. */
export function ProblemsScreen({ errors, warnings, keys, onSave, onClose }: ProblemsProps): ReactNode {
	const { styles, glyphs } = useTheme();
	const area = useArea();
	const [notices, setNotices] = useState<readonly string[]>([]);
	const lines = useMemo(
		() =>
			[
				...notices.map((text): Line => ({ text, meaning: 'ok' })),
				...errors.flatMap((problem, index) => linesOf(problem, 'error', index > 0, glyphs)),
				...warnings.flatMap((problem, index) =>
					linesOf(problem, 'warning', errors.length + index > 0, glyphs),
				),
			]
				.flatMap(line =>
					breakLine(spellSigns(line.text, glyphs), area.columns).map(text => ({ ...line, text })),
				)
				.map((line, index) => ({ ...line, key: String(index) })),
		[errors, warnings, notices, area.columns, glyphs],
	);
	const save = async () => {
		const told: string[] = [];
		for (const problem of [...errors, ...warnings].filter(({ attachment }) => attachment)) {
			told.push(await onSave(problem));
		}
		setNotices(told);
	};
	const rows = Math.max(2, area.rows - 1);
	const { top, isScrolled, where } = useScroll(lines.length, rows, (input, key) => {
		if ((key.escape && !key.meta) || key.return || input === 'w' || input === 'q') onClose();
		else if (input === 'y') void save();
		else keys[input]?.();
	});
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
	glyphs: Glyphs,
): readonly Line[] {
	const { title, side, evidence = '', remedies, docs, attachment } = spoken(problem);
	const where = side !== undefined && !title.includes(side) ? ` (${side})` : '';
	return [
		...(isFurther ? [{ text: '' }] : []),
		{ text: `${glyphs[level]} ${level === 'warning' ? 'Warning: ' : ''}${title}${where}`, meaning: level },
		...evidence
			.split('\n')
			.filter(Boolean)
			.map((text): Line => ({ text, meaning: 'muted' })),
		...remedies.map(text => ({ text: `${glyphs.bullet} ${text}` })),
		...(docs ? [{ text: docs }] : []),
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
