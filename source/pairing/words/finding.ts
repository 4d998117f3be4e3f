import { type OutsideText, outsideText } from './outside-text.ts';
import type { Side } from './pair.ts';
import { clusterProblem, isSame, PairingError, type Problem, type Said } from './problem.ts';

/** What a look at the clusters brought up. Every error and warning is a Problem: it names its side, evidence and way out. */
export type Finding =
	| Readonly<{
			level: 'fact';
			topic: Topic;
			/** Stable across releases, `kebab-case`, as are those of problems. */
			id: string;
			on: Side | 'both';
			text: OutsideText;
	  }>
	/** `error`: the pairing will fail. `warning`: it may work now and hurt later. */
	| Readonly<{ level: 'error' | 'warning'; topic: Topic; problem: Problem }>;

/** What it is about, in the order in which people read it. */
export const topics = [
	'cluster',
	'platform',
	'portworx',
	'stork',
	'pair',
	'permissions',
	'way',
	'login',
	'credential',
	'object-store',
	'plan',
] as const;
export type Topic = (typeof topics)[number];

export const fact = (topic: Topic, id: string, on: Side | 'both', text: string): Finding => ({
	level: 'fact',
	topic,
	id,
	on,
	text: outsideText(text),
});

export const trouble = (level: 'error' | 'warning', topic: Topic, said: Said): Finding => ({
	level,
	topic,
	problem: clusterProblem(said),
});

export const errorsAmong = (findings: readonly Finding[]): readonly Problem[] =>
	problemsAmong(
		withoutMet(
			findings.filter(({ level }) => level === 'error'),
			[],
		),
	);

/** Listed in JSON; for a reader, their sum is enough. */
export const isDetail = (id: string): boolean => id === 'permission-granted';

/** @throws PairingError for the first error, with the others behind it */
export function refuseErrors(findings: readonly Finding[]): void {
	const [first, ...others] = errorsAmong(findings);
	if (first) {
		throw new PairingError({ ...first, ...(others.length > 0 && { others }) });
	}
}

export const warningsAmong = (findings: readonly Finding[]): readonly Problem[] =>
	problemsAmong(findings.filter(({ level }) => level === 'warning'));

/**
 * What a look brought up beside what others did. One obstacle is met by many looks, each by another request, and is told
 * once. Within one look, the same title with other evidence is about another thing.
 */
export function withoutMet(look: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
	const met = problemsAmong(others);
	const own: Problem[] = [];
	return look.filter(finding => {
		if (finding.level === 'fact') {
			return true;
		}
		const { problem } = finding;
		const isAgain =
			met.some(other => isSame(problem, other)) ||
			own.some(other => isSame(problem, other) && problem.evidence === other.evidence);
		own.push(problem);
		return !isAgain;
	});
}

export const problemsAmong = (findings: readonly Finding[]): readonly Problem[] =>
	findings.flatMap(finding => (finding.level === 'fact' ? [] : [finding.problem]));
