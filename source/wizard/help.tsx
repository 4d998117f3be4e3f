import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { helpLines } from '../conversation/questions/help-texts.ts';
import type { QuestionId } from '../conversation/questions/question-ids.ts';
import { shortNames } from '../conversation/questions/questions.ts';
import { useArea } from '../ui/area.ts';
import { Bulleted } from '../ui/components/bulleted.tsx';
import { Prose } from '../ui/components/prose.tsx';
import { spellKeys } from '../ui/glyphs.ts';
import type { Binding } from '../ui/keys/bindings.ts';
import { useTheme } from '../ui/theme.ts';

/** What the words in a list of contexts mean. */
const onReaches = '"answers" means that the server of that context was reached, without logging in.';

/** What this question is about, and the keys that work there. */
export function Help({ id, bindings }: { id: QuestionId; bindings: readonly Binding[] }): ReactNode {
	const { styles, glyphs } = useTheme();
	const area = useArea();
	const isRoomy = area.rows >= 12;
	const keys = bindings
		.filter(({ isQuiet }) => !isQuiet)
		.map(({ key, does }) => `${spellKeys(key, glyphs)} ${does}`);
	const lines = [
		...helpLines(id),
		...(id === 'source' ? [onReaches] : []),
		...(isRoomy ? [`Keys: ${keys.join(', ')}`] : []),
	];
	return (
		<Box flexDirection="column" rowGap={isRoomy ? 1 : 0}>
			<Text {...styles.accent}>About: {shortNames[id]}</Text>
			{lines.map(line => (
				<Bulleted key={line}>
					<Prose>{line}</Prose>
				</Bulleted>
			))}
		</Box>
	);
}
