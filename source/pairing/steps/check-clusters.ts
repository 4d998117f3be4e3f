import type { Answers } from '../answers/answers.ts';
import { preflight } from '../preflight/preflight.ts';
import type { Plan, Step } from '../step/step.ts';
import { docs } from '../words/docs.ts';
import { errorsAmong } from '../words/finding.ts';
import { PairingError, problemsOnce } from '../words/problem.ts';
import { say } from './kubectl.ts';

/** All that would make a later step fail is looked for before the first of them changes anything. */
export const checkClusters = (answers: Answers, plan: Plan): Step => ({
	id: 'check-clusters',
	title: {
		plan: 'Check both clusters for all that the plan needs',
		doing: 'Checking both clusters…',
		holds: 'Nothing stands in the way',
	},
	on: 'both',
	docs: docs.prerequisites,
	needs: [],
	preview: [
		say(
			'Look for what would make a later step fail: missing rights, an address or a login that is of no use from the other cluster, a store that refuses the key, a namesake, an object that stops Stork. pxpair check does only this.',
		),
	],
	async check({ world, clock, signal }) {
		const { ignore = [] } = answers;
		const findings = await preflight({ world, clock, answers, plan, ignore, signal });
		const [first, ...others] = errorsAmong(findings);
		if (first) {
			throw new PairingError({ ...first, ...(others.length > 0 && { others }) });
		}
		const warnings = problemsOnce(
			findings.flatMap(finding => (finding.level === 'warning' ? [finding.problem] : [])),
		);
		const facts = findings.filter(({ level }) => level === 'fact').length;
		return { kind: 'holds', evidence: `${facts} facts, ${warnings.length} warnings`, warnings };
	},
});
