import { printableJson } from '../pairing/words/outside-text.ts';
import type { RunResult } from '../runner/run-event.ts';
import { runSchema } from './json-lines.ts';

/** What a proof came to. */
export type ProofOutcome = Readonly<{
	result: RunResult;
	/** What it created and could not remove. */
	left: readonly string[];
	/** Whether a Migration began, from which something may be left where no one looks. */
	hasMigrated: boolean;
	/** Of the whole, its cleaning up included. */
	seconds: number;
}>;

/** The last line of JSON. `proved` is null where it was stopped before that was known. */
export const proofLine = ({ result, left, seconds }: ProofOutcome, practice: boolean): string =>
	printableJson({ schema: runSchema, practice, type: 'proof', proved: verdictOf(result), seconds, left });

const verdictOf = ({ kind }: RunResult): boolean | null =>
	({ done: true, failed: false, cancelled: null })[kind];

export function proofWords({ result, left, seconds, hasMigrated }: ProofOutcome): readonly string[] {
	const cleaned =
		left.length === 0 ? 'Nothing that it created is left on either cluster.' : 'Could not be removed:';
	return [
		`${words[result.kind]} (${seconds} s)`,
		cleaned,
		...left.map(what => `  ${what}`),
		...(hasMigrated
			? ['The object store may keep a cloud snapshot of the volume: pxctl cloudsnap list shows it.']
			: []),
	];
}

const words: Readonly<Record<RunResult['kind'], string>> = {
	done: 'Proved: what was written on the source was read on the destination.',
	failed: 'Not proved: see above.',
	cancelled: 'Stopped before it was proved.',
};
