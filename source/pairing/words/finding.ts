import { type OutsideText, outsideText } from './outside-text.ts';
import type { Side } from './pair.ts';
import { type Problem, problemsOnce } from './problem.ts';

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

export const errorsAmong = (findings: readonly Finding[]): readonly Problem[] =>
	problemsOnce(findings.flatMap(finding => (finding.level === 'error' ? [finding.problem] : [])));
