import type { Policy } from '../answers/answers.ts';
import { clusterProblem, PairingError, type Problem } from '../words/problem.ts';
import type { Step, Verdict } from './step.ts';

/** Something of the same name that is not as planned. */
type Namesake = Readonly<{
	/** Said of it when it is kept, and when it is to be replaced. */
	kept: string;
	replaced: string;
	problem: Problem;
	/** Whether keeping it is worth a warning. */
	warns: boolean;
}>;

/** Nothing is overwritten unasked. @throws PairingError where it is not said what to do */
export function decide(policy: Policy, { kept, replaced, problem, warns }: Namesake): Verdict {
	switch (policy) {
		case 'keep':
			return { kind: 'holds', evidence: kept, ...(warns && { warnings: [problem] }) };
		case 'replace':
			return { kind: 'absent', because: replaced };
		case 'stop':
			throw new PairingError(problem);
	}
}

export const absentProblem = (step: Step, because: string): Problem =>
	clusterProblem({
		id: 'not-as-required',
		title: `${step.title.plan}: requirement not met`,
		...(step.on !== 'both' && { side: step.on }),
		evidence: because,
		remedies: ['See the documentation of this step.'],
		docs: step.docs,
	});
