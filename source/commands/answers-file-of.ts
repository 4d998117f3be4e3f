import { stringify } from 'yaml';
import type { Answers } from '../pairing/answers.ts';
import { recordedAnswers, sourcesFor } from '../pairing/record.ts';

/** The answers as a file for `pxpair run`: where a secret belongs stands the name of the environment variable to give it in. */
export const answersFileOf = (answers: Answers, jsonKeyFile: string | undefined): string =>
	stringify(recordedAnswers(answers, sourcesFor(answers.objectStore, jsonKeyFile)), { lineWidth: 0 });
