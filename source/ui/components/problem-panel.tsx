import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { moreLine, type Problem } from '../../pairing/words/problem.ts';
import { remedyLines, type WayWords } from '../../pairing/words/way.ts';
import { useArea } from '../area.ts';
import { useTheme } from '../theme.ts';
import { Bulleted } from './bulleted.tsx';
import { Link } from './link.tsx';
import { Prose } from './prose.tsx';
import { SideLabel } from './side-label.tsx';

/** What happened and where, how we know, and what to do. No frame around it: text in frames can't be copied. */
export function ProblemPanel({ problem, words }: { problem: Problem; words: WayWords }): ReactNode {
	const { glyphs, styles } = useTheme();
	const area = useArea();
	return (
		<Box flexDirection="column" flexShrink={0}>
			<Prose>
				<Text {...styles.error}>
					{glyphs.error} {problem.title}
				</Text>
				{problem.side !== undefined && !problem.title.includes(problem.side) && (
					<>
						{' ('}
						<SideLabel side={problem.side} />)
					</>
				)}
			</Prose>
			{problem.evidence !== undefined && <Prose {...styles.muted}>{problem.evidence}</Prose>}
			<Box flexDirection="column" marginTop={1}>
				{problem.remedies
					.map(remedy => remedyLines(remedy, words))
					.map(([said, command]) => (
						<Bulleted key={`${said} ${command}`}>
							<Box flexDirection="column">
								<Prose>{said}</Prose>
								{command !== undefined && <Text wrap="hard">{command}</Text>}
							</Box>
						</Bulleted>
					))}
			</Box>
			<Box flexDirection="column" marginTop={area.rows < 14 ? 0 : 1}>
				{problem.docs !== undefined && <Link url={problem.docs} />}
				<Text {...styles.muted}>{moreLine(problem)}</Text>
			</Box>
		</Box>
	);
}
