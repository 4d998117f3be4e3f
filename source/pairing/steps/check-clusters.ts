import type { Answers } from '../answers/answers.ts';
import { preflight } from '../preflight/preflight.ts';
import type { Plan, Step, Verdict } from '../step/step.ts';
import { counted } from '../words/counted.ts';
import { docs } from '../words/docs.ts';
import { type Finding, refuseErrors, warningsAmong } from '../words/finding.ts';
import { say } from './kubectl.ts';

/** All that would make a later step fail is looked for before the first of them changes anything. */
export const checkClusters = (answers: Answers, plan: Plan): Step => ({
	id: 'check-clusters',
	title: {
		plan: 'Check both clusters for what the plan needs',
		doing: 'Checking both clusters…',
		holds: 'No errors found',
	},
	on: 'both',
	docs: docs.prerequisites,
	needs: [],
	preview: [
		say(
			'Look for what would make a later step fail: missing permissions, an address or a login that does not work from the other cluster, a store that rejects the key, existing objects of the same name, an object that blocks Stork. pxpair check does only this.',
		),
	],
	async check({ world, clock, signal }) {
		const { ignore = [] } = answers;
		return verdictOn(await preflight({ world, clock, answers, plan, ignore, signal }));
	},
});

/** @throws PairingError for the first error, with the others behind it */
export function verdictOn(findings: readonly Finding[]): Verdict {
	refuseErrors(findings);
	const warnings = warningsAmong(findings);
	const facts = findings.filter(({ level }) => level === 'fact').length;
	return { kind: 'holds', evidence: `${facts} facts, ${counted(warnings.length, 'warning')}`, warnings };
}
