import { useState } from 'react';
import { judge } from '../../conversation/questions/questions.ts';
import type { Secret } from '../../pairing/words/secret.ts';

type FieldId = Parameters<typeof judge>[0];

/** What is wrong with an answer, while it is typed and once it is given. */
export function useJudged(id: FieldId, onNext: () => void) {
	const [problem, setProblem] = useState<string>();
	const [doubted, setDoubted] = useState<Secret>();
	return {
		problem,
		tell: setProblem,
		/** A doubt holds the answer back once; pressing Enter again means it. */
		submit(value: Secret): void {
			const judgement = judge(id, value.reveal());
			if (judgement.kind === 'fine' || (judgement.kind === 'doubtful' && doubted?.equals(value))) {
				setProblem(undefined);
				onNext();
				return;
			}
			const isDoubtful = judgement.kind === 'doubtful';
			setProblem(isDoubtful ? `${judgement.text} Press Enter again to use it anyway.` : judgement.text);
			setDoubted(isDoubtful ? value : undefined);
		},
		changed(value: Secret): void {
			const judgement = judge(id, value.reveal());
			const isTelling = judgement.kind === 'doubtful' || (judgement.kind === 'wrong' && isJudgedAsTyped(id));
			setProblem(isTelling && value.length > 0 ? judgement.text : undefined);
			setDoubted(undefined);
		},
	};
}

/** Names are wrong from the first letter on; other answers look wrong until they are whole. */
const isJudgedAsTyped = (id: FieldId): boolean => id === 'name' || id === 'namespace';
