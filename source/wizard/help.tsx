import type { ReactNode } from 'react';
import { helpLines } from '../conversation/questions/help-texts.ts';
import type { QuestionId } from '../conversation/questions/question-ids.ts';
import { shortNames } from '../conversation/questions/questions.ts';
import type { Binding } from '../ui/keys/bindings.ts';
import { HelpPage } from './help-page.tsx';

/** What the words in a list of contexts mean. */
const onReaches = '"answers" means that the server of that context was reached, without logging in.';

/** What this question is about, and the keys that work there. */
export function Help({ id, bindings }: { id: QuestionId; bindings: readonly Binding[] }): ReactNode {
	const lines = [...helpLines(id), ...(id === 'source' ? [onReaches] : [])];
	return <HelpPage title={shortNames[id]} {...{ lines, bindings }} />;
}
