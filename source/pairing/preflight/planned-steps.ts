import { type Plan, type Step, type StepContext, stepsOf } from '../step/step.ts';
import { type Finding, fact } from '../words/finding.ts';
import type { Side } from '../words/pair.ts';
import { clusterProblem } from '../words/problem.ts';

/**
 * Each step's own check, before any step changes anything: a namesake that is not as planned, a store that is locked, clusters
 * that are one are found now rather than half-way. What waits for Stork is left out: there is nothing to wait for yet.
 */
export const plannedSteps = (plan: Plan, context: StepContext) =>
	stepsOf(plan)
		.filter(({ change, patience }) => change || !patience)
		.map(step => ({ topic: 'plan' as const, on: step.on, look: () => lookAt(step, context) }));

async function lookAt(step: Step, context: StepContext): Promise<readonly Finding[]> {
	const verdict = await step.check(context);
	switch (verdict.kind) {
		case 'holds':
			return step.change
				? [
						fact('plan', 'holds-already', step.on, `${step.title.holds}: ${verdict.evidence}`),
						...(verdict.warnings ?? []).map(
							(problem): Finding => ({ level: 'warning', topic: 'plan', problem }),
						),
					]
				: [];
		case 'pending':
			// What a run waits for is no reason not to begin it.
			return [{ level: step.patience ? 'warning' : 'error', topic: 'plan', problem: verdict.problem }];
		case 'absent':
			return step.change
				? [fact('plan', 'to-be-made', step.on, `To be made: ${step.change.makes} (${verdict.because})`)]
				: [{ level: 'error', topic: 'plan', problem: notSo(step.title.plan, step.on, verdict.because) }];
	}
}

const notSo = (title: string, on: Side | 'both', because: string) =>
	clusterProblem({
		id: 'not-as-required',
		title: `${title}: it is not so`,
		...(on !== 'both' && { side: on }),
		evidence: because,
		remedies: ['See the documentation of this step.'],
	});
