import { absentProblem } from '../step/decide.ts';
import { type Plan, type Step, type StepChange, type StepContext, stepsOf } from '../step/step.ts';
import { type Finding, fact } from '../words/finding.ts';
import { outsideText } from '../words/outside-text.ts';
import { type Problem, problemThrown } from '../words/problem.ts';
import type { ProblemId } from '../words/problem-ids.ts';

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
				? toBeMade(step, step.change, verdict.because, await rehearsed(step.change, context))
				: [{ level: 'error', topic: 'plan', problem: absentProblem(step, verdict.because) }];
	}
}

type Rehearsed = Readonly<
	| { kind: 'accepted' }
	| { kind: 'impossible' }
	/** `because`: where it says more than that something has to exist first, or a permission that is told elsewhere. */
	| { kind: 'untried'; because?: string | undefined }
	| { kind: 'refused'; problem: Problem }
>;

/** What a dry run finds that nothing else does. What else may go wrong with it has a check of its own. */
const found: ReadonlySet<ProblemId> = new Set([
	'policy-denied',
	'webhook-down',
	'invalid',
	'migration-type-missing',
]);

/** Before anything exists, and where permissions lack. */
const expected: ReadonlySet<ProblemId> = new Set(['not-found', 'forbidden']);

async function rehearsed(change: StepChange, context: StepContext): Promise<Rehearsed> {
	if (change.dryRun === undefined) {
		return { kind: 'impossible' };
	}
	try {
		await change.dryRun(context);
		return { kind: 'accepted' };
	} catch (error) {
		const problem = problemThrown(error);
		return found.has(problem.id)
			? { kind: 'refused', problem: ofDryRun(problem) }
			: { kind: 'untried', ...(!expected.has(problem.id) && { because: problem.evidence }) };
	}
}

/** In a run, too, it is the check that was refused: without a word, it would read as if a change had been tried. */
const ofDryRun = (problem: Problem): Problem => ({
	...problem,
	evidence: outsideText(`Dry run, nothing was changed: ${problem.evidence ?? ''}`),
});

function inWords(outcome: Rehearsed): string {
	switch (outcome.kind) {
		case 'accepted':
			return 'the API server accepts it in a dry run';
		case 'impossible':
			return 'pxctl has no dry run';
		case 'untried':
			return outcome.because === undefined
				? 'a dry run is not possible yet'
				: `it could not be tried in a dry run: ${outcome.because}`;
		case 'refused':
			return 'the API server refuses it in a dry run';
	}
}

const toBeMade = (
	{ on }: Step,
	{ makes }: StepChange,
	because: string,
	outcome: Rehearsed,
): readonly Finding[] => [
	fact('plan', 'to-be-made', on, `To be created: ${makes} (${because}); ${inWords(outcome)}`),
	...(outcome.kind === 'refused'
		? [{ level: 'error', topic: 'plan', problem: outcome.problem } as const]
		: []),
];
