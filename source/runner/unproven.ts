import type { Step, Verdict } from '../pairing/step/step.ts';
import { clusterProblem, type Problem } from '../pairing/words/problem.ts';

/** What checking again brought up. */
export type Proof = Verdict | Readonly<{ kind: 'unread'; problem: Problem }>;

/** A change that was made, and is not there. */
export function unproven(step: Step, proof: Exclude<Proof, { kind: 'holds' }>): Problem {
	switch (proof.kind) {
		case 'unread':
		case 'pending':
			return proof.problem;
		case 'absent':
			return clusterProblem({
				id: 'change-not-proven',
				title: `${step.title.plan}: applied, but did not take effect`,
				...(step.on !== 'both' && { side: step.on }),
				evidence: proof.because,
				remedies: ['Run this again; if it persists, someone else is changing the same object.'],
				docs: step.docs,
			});
	}
}
