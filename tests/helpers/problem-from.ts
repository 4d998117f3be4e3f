import { PairingError, type Problem } from '../../source/pairing/words/problem.ts';

/** The Problem with which the work ends. Fails when it succeeds, or throws anything else. */
export async function problemFrom(work: () => unknown): Promise<Problem> {
	try {
		await work();
	} catch (error) {
		if (error instanceof PairingError) {
			return error.problem;
		}
		throw error;
	}
	throw new Error('it was to fail, and did not');
}

/** The same, as the lines a test compares: what happened, how we know. */
export async function failureOf(work: () => unknown): Promise<{ id: string; evidence: string | undefined }> {
	const { id, evidence } = await problemFrom(work);
	return { id, evidence };
}
