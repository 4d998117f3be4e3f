import { secretSources } from '../gateways/secret-sources.ts';
import type { Answers } from '../pairing/answers.ts';
import type { AnswersFile, SecretReference, StoreInFile } from '../pairing/answers-file.ts';
import { type Draft, draftOf } from '../pairing/draft.ts';
import { isJsonKey } from '../pairing/json-key.ts';
import { PairingError } from '../pairing/problem.ts';
import type { Secret } from '../pairing/secret.ts';
import type { Host } from './host.ts';

/** An answers file, or as much of one as there is, to begin the conversation with. */
export type GivenAnswers = Readonly<{
	file: Partial<AnswersFile>;
	/** Where it lies: relative paths in it start there. */
	folder: string;
}>;

export type ReadGivenAnswers = Readonly<{
	draft: Draft;
	/** Environment variables that hold secrets: programs that are started must not inherit them. */
	secretVariables: readonly string[];
}>;
