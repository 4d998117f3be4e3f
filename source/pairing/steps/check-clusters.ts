import type { Answers } from '../answers/answers.ts';
import { preflight } from '../preflight/preflight.ts';
import type { Plan, Step, StepContext, Verdict } from '../step/step.ts';
import { counted } from '../words/counted.ts';
import { docs } from '../words/docs.ts';
import { type Finding, refuseErrors, warningsAmong } from '../words/finding.ts';
import { say } from './kubectl.ts';

/** All that would make a later step fail is looked for before the first of them changes anything. */
export const checkClusters = (answers: Answers, plan: Plan): Step =>
	checkStep({
		id: 'check-clusters',
		plan: 'Check both clusters for what the plan needs',
		looksFor:
			'Look for what would make a later step fail: missing permissions, an address or a login that does not work from the other cluster, a store that rejects the key, existing objects of the same name, an object that blocks Stork. pxpair check does only this.',
		look: ({ world, clock, signal }) =>
			preflight({ world, clock, answers, plan, ignore: answers.ignore ?? [], signal }),
	});

type Check = Readonly<{
	id: string;
	plan: string;
	looksFor: string;
	look(context: StepContext): Promise<readonly Finding[]>;
}>;

/** A step that only looks: an error among its findings ends the run before anything is changed. */
export const checkStep = ({ id, plan, looksFor, look }: Check): Step => ({
	id,
	title: { plan, doing: 'Checking both clusters…', holds: 'No errors found' },
	on: 'both',
	docs: docs.prerequisites,
	needs: [],
	preview: [say(looksFor)],
	check: async context => verdictOn(await look(context)),
});

/** @throws PairingError for the first error, with the others behind it */
function verdictOn(findings: readonly Finding[]): Verdict {
	refuseErrors(findings);
	const warnings = warningsAmong(findings);
	const facts = findings.filter(({ level }) => level === 'fact').length;
	return { kind: 'holds', evidence: `${facts} facts, ${counted(warnings.length, 'warning')}`, warnings };
}
