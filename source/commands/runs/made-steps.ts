import type { Answers } from '../../pairing/answers/answers.ts';
import type { RunRecord } from '../../pairing/answers/record.ts';
import { noFactsOf } from '../../pairing/clusters/cluster.ts';
import { planProcedure } from '../../pairing/plan.ts';
import { planProof } from '../../pairing/proof/plan-proof.ts';
import { noRotationFacts, planRotation } from '../../pairing/rotation/plan-rotation.ts';
import { changesOf, type Plan, type Step } from '../../pairing/step/step.ts';
import { madeIn } from './past-runs.ts';

/** What a run was to do, as far as it is known without its clusters. */
function planOfRecord({ rotates, proof }: RunRecord, answers: Answers): Plan {
	if (proof) {
		return planProof(answers, proof);
	}
	return rotates === undefined
		? planProcedure(answers, noFactsOf(answers))
		: planRotation({ what: rotates, answers, facts: noRotationFacts(answers), made: new Map() });
}

/**
 * The steps that made what still exists of a run, the last first. Steps of the same plan are found by their ids; the secrets they
 * were made with are not needed.
 */
export function madeSteps(record: RunRecord, answers: Answers): readonly Step[] {
	const made = new Set(madeIn(record).map(({ step }) => step));
	return changesOf(planOfRecord(record, answers))
		.filter(({ id }) => made.has(id))
		.toReversed();
}
