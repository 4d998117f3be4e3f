import type { Answers } from '../../pairing/answers/answers.ts';
import type { RunRecord } from '../../pairing/answers/record.ts';
import { noFactsOf } from '../../pairing/clusters/cluster.ts';
import { planProcedure } from '../../pairing/plan.ts';
import { type Step, stepsOf } from '../../pairing/step/step.ts';
import { madeIn } from './past-runs.ts';

/**
 * The steps that made what still exists of a run, in the order of the plan. Steps of the same plan are found by their ids; the
 * secrets they were made with are not needed.
 */
export function madeSteps(
	record: RunRecord,
	answers: Answers,
): readonly Readonly<{ step: Step; what: string }>[] {
	const made = new Map(
		madeIn(record).map(({ step, what, isCertain }) => [step, isCertain ? what : `perhaps ${what}`]),
	);
	return stepsOf(planProcedure(answers, noFactsOf(answers))).flatMap(step => {
		const what = made.get(step.id);
		return what === undefined ? [] : [{ step, what }];
	});
}
