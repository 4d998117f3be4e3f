import { Box } from 'ink';
import type { ReactNode } from 'react';
import { type DefaultRow, defaultsQuestion } from '../../conversation/defaults.ts';
import { type ProofState, proofWords } from '../../conversation/found/proof.ts';
import type { QuestionId } from '../../conversation/questions/question-ids.ts';
import { useArea } from '../../ui/area.ts';
import { Menu } from '../../ui/components/menu.tsx';
import { Note } from '../../ui/components/note.tsx';
import { Prose } from '../../ui/components/prose.tsx';
import { Waiting } from '../../ui/components/waiting.tsx';
import { spellSigns } from '../../ui/glyphs.ts';
import { useTheme } from '../../ui/theme.ts';

/** Everything that has a good default, on one page. */
export function DefaultsScreen(props: {
	rows: readonly DefaultRow[];
	/** What the store says to the key. */
	proof: ProofState;
	onSubmit: (id: QuestionId | 'use') => void;
	onBack: (() => void) | undefined;
	onHelp: (() => void) | undefined;
}): ReactNode {
	const { styles, glyphs } = useTheme();
	const area = useArea();
	const isRoomy = area.rows >= 12;
	const items = props.rows.map(({ id, label, value, remark }) => ({
		id,
		label,
		columns: [
			spellSigns(remark === 'detected' && area.columns >= 56 ? `${value} (detected)` : value, glyphs),
		],
		...(remark === 'not valid' && { state: { text: remark, tone: 'error' } as const }),
	}));
	const told = proofLine(props.proof, isRoomy);
	return (
		<Box flexDirection="column" rowGap={isRoomy ? 1 : 0}>
			<Prose {...styles.accent}>{defaultsQuestion}</Prose>
			<Menu<QuestionId | 'use'>
				items={[{ id: 'use', label: 'Use these' }, ...items]}
				rows={area.rows - (isRoomy ? 2 : 1) - (told === undefined ? 0 : isRoomy ? 2 : 1)}
				onSubmit={props.onSubmit}
				onCancel={props.onBack}
				onHelp={props.onHelp}
			/>
			{told}
		</Box>
	);
}

/** One line, below the list, so that it moves nothing when the answer comes. */
function proofLine(proof: ProofState, isRoomy: boolean): ReactNode {
	if (proof.kind === 'trying') {
		const label = isRoomy ? 'Trying the key from a pod of each cluster' : 'Trying the key';
		return <Waiting label={label} limit={25} />;
	}
	const words = proofWords(proof);
	return words && <Note tone={words.tone}>{isRoomy ? sentenceOf(proof) : words.text}</Note>;
}

function sentenceOf(proof: Exclude<ProofState, { kind: 'trying' }>): string {
	switch (proof.kind) {
		case 'none':
			return '';
		case 'refused':
		case 'doubtful':
			return proof.problem.title;
		case 'untried':
			return `The key could not be tried: ${proof.because}`;
		case 'accepted':
			return 'The object store accepted the key, from both clusters.';
	}
}
