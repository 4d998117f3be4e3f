import { inEdition } from '../pairing/words/docs.ts';
import { outsideLines, outsideText } from '../pairing/words/outside-text.ts';
import type { Problem } from '../pairing/words/problem.ts';
import type { Outcome } from './run-event.ts';

/**
 * Clusters, and anyone who may write there, have a say in what steps report: here all of it passes on its way to terminals and
 * records. The words of a Problem were cleaned when it was made.
 * @param version of Portworx, whose documentation is linked
 */
export function printableOutcome(outcome: Outcome, version?: string): Outcome {
	const shown = (problem: Problem) => inEdition(printable(problem), version);
	switch (outcome.kind) {
		case 'unchanged': {
			const { evidence, warnings } = outcome;
			return {
				kind: 'unchanged',
				evidence: outsideText(evidence),
				...(warnings && { warnings: warnings.map(shown) }),
			};
		}
		case 'changed':
			return { ...outcome, made: outsideText(outcome.made), evidence: outsideText(outcome.evidence) };
		case 'undone': {
			const { made, kept } = outcome;
			return { ...outcome, made: outsideText(made), kept: kept && outsideText(kept) };
		}
		case 'failed':
			return { ...outcome, problem: shown(outcome.problem) };
		case 'skipped':
		case 'cancelled':
			return outcome;
	}
}

const printable = ({ attachment, others, ...problem }: Problem): Problem => ({
	...problem,
	...(attachment && {
		attachment: { title: outsideText(attachment.title), text: outsideLines(attachment.text) },
	}),
	...(others && { others: others.map(printable) }),
});
