import { type Plan, type Step, type StepContext, stepsOf } from '../step/step.ts';
import type { Side } from '../words/pair.ts';
import { type Problem, problemThrown } from '../words/problem.ts';

/** What is otherwise than it was asked for. */
export type Difference = Readonly<{
	step: string;
	on: Side | 'both';
	kind: 'missing' | 'differs' | 'not-ready';
	/** The thing, in words. */
	what: string;
	evidence: string;
}>;

export type Drift = Readonly<{
	differences: readonly Difference[];
	/** How many objects were compared. */
	compared: number;
	/** What could not be compared: a cluster that does not answer, a right that is missing. */
	problems: readonly Problem[];
}>;

/** Holds every step of a plan against what exists. Nothing is written, and no secret is needed. */
export async function driftFrom(plan: Plan, context: StepContext): Promise<Drift> {
	const declared = stepsOf(plan).filter(({ change, patience }) => change || patience);
	const results = await Promise.all(
		declared.map(async step => ({ step, result: await compared(step, context) })),
	);
	const found = results.flatMap(({ step, result }, index) =>
		!step.change && isOtherwise(results.slice(0, index).findLast(isObjectOn(step.on))?.result) ? [] : result,
	);
	return {
		differences: found.flatMap(result => ('kind' in result ? result : [])),
		compared: declared.filter(({ change }) => change).length,
		problems: found.flatMap(result => ('problem' in result ? result.problem : [])),
	};
}

const isObjectOn =
	(on: Step['on']) =>
	({ step }: Readonly<{ step: Step }>): boolean =>
		step.change !== undefined && step.on === on;

/** What is waited for is a state of the object before it: of one that is otherwise, that is told already. */
const isOtherwise = (result: Compared | undefined): boolean => result !== undefined && 'kind' in result;

type Compared = Difference | Readonly<{ problem: Problem }> | Readonly<Record<never, never>>;

async function compared(step: Step, context: StepContext): Promise<Compared> {
	const difference = (kind: Difference['kind'], evidence: string): Difference => ({
		step: step.id,
		on: step.on,
		kind,
		what: step.change?.makes ?? step.title.holds,
		evidence,
	});
	try {
		const verdict = await step.check(context);
		switch (verdict.kind) {
			case 'holds':
				return {};
			case 'absent':
				return difference('missing', verdict.because);
			case 'pending':
				return difference('not-ready', verdict.latest);
		}
	} catch (error) {
		const problem = problemThrown(error);
		return differing.has(problem.id) ? difference('differs', problem.evidence ?? problem.title) : { problem };
	}
}

/** Problems that are about the thing itself; all others are about the way to it. */
const differing: ReadonlySet<string> = new Set([
	'pair-differs',
	'credential-invalid',
	'credential-differs',
	'binding-differs',
	'account-of-another',
	'token-of-another',
	'account-token-missing',
	'namespace-terminating',
]);
