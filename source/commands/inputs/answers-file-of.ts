import { stringify } from 'yaml';
import type { Answers } from '../../pairing/answers/answers.ts';
import type { StoreInFile } from '../../pairing/answers/answers-shape.ts';
import { recordedAnswers } from '../../pairing/answers/record.ts';

/** The answers as a file for `pxpair run`: where a secret belongs is where it comes from. */
export const answersFileOf = (answers: Answers, store: StoreInFile): string =>
	stringify(recordedAnswers(answers, store), { lineWidth: 0 });
