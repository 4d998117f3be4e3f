import { type ReactNode, useMemo } from 'react';
import { moreLine, type Problem } from '../../pairing/words/problem.ts';
import { commandOf, remedyLines, type WayWords } from '../../pairing/words/way.ts';
import { useArea } from '../../ui/area.ts';
import { hasPanes } from '../../ui/components/panes.tsx';
import type { Glyphs } from '../../ui/glyphs.ts';
import { useTheme } from '../../ui/theme.ts';
import { type Entry, ListBeside } from './list-beside.tsx';
import { type Line, ScrolledLines } from './scrolled-lines.tsx';

type ProblemsProps = Readonly<{
	errors: readonly Problem[];
	warnings: readonly Problem[];
	/** What became of saving their manifests. */
	notices: readonly string[];
	words: WayWords;
	/** The command that fixes the problem under the cursor. */
	onCopy: (text: string) => void;
}>;

/** All problems with their evidence and the ways out: a list beside the one under the cursor, or one after the other. */
export function ProblemsScreen({ errors, warnings, notices, words, onCopy }: ProblemsProps): ReactNode {
	const { glyphs } = useTheme();
	const area = useArea();
	const entries = useMemo(
		() => [
			...errors.map((problem, index) => entryOf(problem, 'error', index, { glyphs, words })),
			...warnings.map((problem, index) => entryOf(problem, 'warning', index, { glyphs, words })),
		],
		[errors, warnings, glyphs, words],
	);
	const told = useMemo(() => notices.map((text): Line => ({ text, meaning: 'ok' })), [notices]);
	const lines = useMemo(
		() => [
			...told,
			...entries.flatMap(({ details }, index) => [...(index > 0 ? [{ text: '' }] : []), ...details]),
		],
		[told, entries],
	);
	return hasPanes(area) && entries.length > 1 ? (
		<ListBeside
			entries={entries.map(entry => ({ ...entry, details: [...told, ...entry.details] }))}
			onCopy={onCopy}
		/>
	) : (
		<ScrolledLines lines={lines} />
	);
}

type Look = Readonly<{ glyphs: Glyphs; words: WayWords }>;

const entryOf = (problem: Problem, level: 'error' | 'warning', index: number, look: Look): Entry => ({
	id: `${level} ${index}`,
	sign: look.glyphs[level],
	title: titleOf(problem),
	meaning: level,
	copies: commandOf(problem.remedies),
	details: linesOf(problem, level, look),
});

const titleOf = ({ title, side }: Problem): string =>
	side !== undefined && !title.includes(side) ? `${title} (${side})` : title;

function linesOf(problem: Problem, level: 'error' | 'warning', { glyphs, words }: Look): readonly Line[] {
	const { evidence = '', remedies, docs, attachment } = problem;
	return [
		{
			text: `${glyphs[level]} ${level === 'warning' ? 'Warning: ' : ''}${titleOf(problem)}`,
			meaning: level,
		},
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
