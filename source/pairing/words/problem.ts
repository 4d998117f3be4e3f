import { type OutsideText, outsideLines, outsideText } from './outside-text.ts';
import { otherSide, type Side } from './pair.ts';
import type { ProblemId } from './problem-ids.ts';
import { cleanRemedy, type Remedy } from './way.ts';

/** The likeliest first. */
export type Remedies = readonly [Remedy, ...Remedy[]];

/** A failure in plain words: what happened and where, how we know, what to do. Holds no secret. */
export type Problem = Readonly<{
	/** Stable across releases, for scripts and searches: `kebab-case`. */
	id: ProblemId;
	/** Whose it is: bad input ends with another exit code than a failing cluster. */
	kind: 'input' | 'cluster' | 'bug';
	title: OutsideText;
	side?: Side;
	/** What was read: protocol, host, status, the system's own words. May have several lines. */
	evidence?: OutsideText;
	/** At least one: every problem names a way out. */
	remedies: Remedies;
	/** Portworx's page, or Kubernetes'. */
	docs?: string;
	/** Its section in our own documentation, which the package holds. */
	more: `docs/problems.md#${ProblemId}`;
	/** Something to hand on or to keep in a file, such as a manifest: too long for a line, and left out where there is no room. */
	attachment?: Readonly<{ title: string; text: string }>;
	/** What else blocks it, found at the same time. */
	others?: readonly Problem[];
}>;

/** A Problem before its texts are cleaned. */
export type Said = Omit<Problem, 'kind' | 'title' | 'evidence' | 'more'> &
	Readonly<{ title: string; evidence?: string }>;

/** Carries a Problem through code that returns something else. */
export class PairingError extends Error {
	override readonly name = 'PairingError';
	readonly problem: Problem;

	constructor(problem: Problem) {
		super(problem.title);
		this.problem = problem;
	}
}

/** Files and flags hold what they like: no control character of theirs gets to a terminal, line by line. */
export const inputProblem = ({ title, evidence, remedies, ...rest }: Said): Problem => ({
	kind: 'input',
	title: outsideText(title),
	...(evidence !== undefined && { evidence: outsideLines(evidence) }),
	remedies: cleaned(remedies),
	...rest,
	more: `docs/problems.md#${rest.id}`,
});
/** What clusters say is for one line of a terminal. */
export const clusterProblem = ({ title, evidence, remedies, ...rest }: Said): Problem => ({
	kind: 'cluster',
	title: outsideText(title),
	...(evidence !== undefined && { evidence: outsideText(evidence) }),
	remedies: cleaned(remedies),
	...rest,
	more: `docs/problems.md#${rest.id}`,
});

/** A mistake of this program: what is thrown may quote anything, so only its kind is told. */
export const bugProblem = ({ title, evidence, ...rest }: Said): Problem => ({
	kind: 'bug',
	title: outsideText(title),
	...(evidence !== undefined && { evidence: outsideText(evidence) }),
	...rest,
	more: `docs/problems.md#${rest.id}`,
});

const cleaned = ([first, ...others]: Remedies): Remedies => [cleanRemedy(first), ...others.map(cleanRemedy)];

/** Those that help where they are known, and one that always does. */
export const remedies = (known: readonly Remedy[], last: Remedy): Remedies => {
	const [first, ...others] = known;
	return first === undefined ? [last] : [first, ...others, last];
};

/** Where the package itself says more of it, as a command. */
export const moreLine = ({ id }: Pick<Problem, 'id'>): string => `More: pxpair explain ${id}`;

export const clusterError = (problem: Said): PairingError => new PairingError(clusterProblem(problem));
export const inputError = (problem: Said): PairingError => new PairingError(inputProblem(problem));

/** @throws PairingError about a cluster */
export function fail(problem: Said): never {
	throw clusterError(problem);
}

/** @throws PairingError about what was given */
export function refuse(problem: Said): never {
	throw inputError(problem);
}

/** Those of the same cause on the other cluster: the same words but for the side, and the same ways out. What was read may differ. */
export const twinsOf = (problem: Problem, others: readonly Problem[]): readonly Problem[] =>
	others.filter(other => isTwin(problem, other));

/** Each cause once: what both clusters have is told of both. */
export const eachCause = (problems: readonly Problem[]): readonly Problem[] =>
	problems
		.filter((problem, at) => !problems.slice(0, at).some(earlier => isTwin(earlier, problem)))
		.map(problem => (twinsOf(problem, problems).length === 0 ? problem : ofBoth(problem)));

function ofBoth({ side, ...problem }: Problem): Problem {
	const title = titleOfBoth(problem);
	return {
		...problem,
		title:
			title === problem.title
				? outsideText(`${title}. The same on the ${otherSide(side ?? 'destination')}`)
				: title,
	};
}

/** Where a title begins with its cluster, it stays as it is. */
export const titleOfBoth = ({ title }: Pick<Problem, 'title'>): OutsideText =>
	outsideText(title.replace(/\bthe (source|destination)( cluster)?\b(?!')/, 'both clusters'));

const isTwin = (one: Problem, other: Problem): boolean =>
	one.side !== other.side && one.id === other.id && sideless(one) === sideless(other);

const sideless = ({ title, remedies, docs }: Problem): string =>
	JSON.stringify([title, remedies, docs]).replaceAll(/\b(source|destination)\b/g, '');

/** The Problem that was thrown. @throws whatever else was thrown: that is a mistake of this program */
export function problemThrown(error: unknown): Problem {
	if (error instanceof PairingError) {
		return error.problem;
	}
	throw error;
}

/** Of what is only good to know: nothing comes of a Problem. */
export function unlessProblem(error: unknown): undefined {
	problemThrown(error);
}

/** Each thing once: several looks may meet the same obstacle. */
export const problemsOnce = (problems: readonly Problem[]): readonly Problem[] =>
	problems.filter((problem, index) => problems.findIndex(other => isSame(problem, other)) === index);

/** The same obstacle, met by another request: what was read may differ. */
export const isSame = (one: Problem, other: Problem): boolean =>
	one.id === other.id && one.side === other.side && one.title === other.title;
