import type { Step } from '../pairing/step/step.ts';
import { bugProblem, PairingError, type Problem } from '../pairing/words/problem.ts';
import { kindOf, whereThrown } from './where-thrown.ts';

/** Anything but a PairingError is a mistake of this program; its text may quote anything, so it is not repeated. */
export function problemOf(error: unknown, step?: Step): Problem {
	if (error instanceof PairingError) {
		return error.problem;
	}
	const where = error instanceof Error ? (whereThrown(error)[0] ?? '').trim() : '';
	return bugProblem({
		id: 'unexpected',
		title: `Internal error. This is a bug in pxpair${step ? ` in the step "${step.title.plan}"` : ''}`,
		...(step && step.on !== 'both' && { side: step.on }),
		evidence: `${error instanceof Error ? kindOf(error) : 'an error'} ${where}`.trim(),
		remedies: ['Please report this bug with the evidence above. Running it again is safe.'],
	});
}

/** What goes wrong in this work, if anything does. */
export async function problemIn(step: Step, work: () => Promise<void>): Promise<Problem | undefined> {
	try {
		await work();
		return undefined;
	} catch (error) {
		return problemOf(error, step);
	}
}
