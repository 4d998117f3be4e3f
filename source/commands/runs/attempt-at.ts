import type { RunRecord } from '../../pairing/answers/record.ts';
import { sides } from '../../pairing/words/pair.ts';

export type RunSubject = Pick<RunRecord, 'answers' | 'plan'>;

/**
 * Whether this can be a further attempt at the recorded run. A record has one set of answers, and what the run made is found by
 * them again: with other clusters, another pair, or a plan that lacks what was made, it would be lost.
 */
export const isAttemptAt = (record: RunSubject, next: RunSubject): boolean =>
	isAboutTheSame(record, next) && changesOf(record).every(change => changesOf(next).includes(change));

export const isAboutTheSame = (
	{ answers: one }: Pick<RunSubject, 'answers'>,
	{ answers: other }: Pick<RunSubject, 'answers'>,
): boolean =>
	sides.every(
		side => one[side].context === other[side].context && one[side].kubeconfig === other[side].kubeconfig,
	) &&
	one.pair.name === other.pair.name &&
	one.pair.namespace === other.pair.namespace;

const changesOf = ({ plan }: RunSubject): readonly string[] =>
	plan.steps.flatMap(({ id, changes }) => (changes === null ? [] : [`${id} ${changes}`]));
