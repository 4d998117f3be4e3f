import type { Pxctl } from '../clusters/ports.ts';
import { docs } from '../words/docs.ts';
import type { Side } from '../words/pair.ts';
import { clusterProblem, PairingError, type Problem } from '../words/problem.ts';
import type { ProblemId } from '../words/problem-ids.ts';

/** The answer may be lost though it is deleted: then there is nothing to wait for. */
export async function deleteSurely(pxctl: Pxctl, nameOrUuid: string): Promise<void> {
	try {
		await pxctl.deleteCredential(nameOrUuid);
	} catch (error) {
		const left = error instanceof PairingError ? await pxctl.validateCredential(nameOrUuid) : undefined;
		if (left?.kind !== 'absent') {
			throw error;
		}
	}
}

/** After the old one is deleted: what is known of the new one, and no more. The runner looks again before this is told. */
export const credentialGone = (side: Side, name: string, problem: Problem): Problem => {
	const { title, evidence } = problem;
	const isRefused = isRefusal(problem);
	return clusterProblem({
		id: isRefused ? 'credential-gone' : 'credential-unknown',
		side,
		title: isRefused
			? `The credential with the old key is deleted on the ${side}, and the new one could not be created: migrations fail until it is`
			: `The credential with the old key is deleted on the ${side}, and whether the new one was created is unknown: migrations fail if it was not`,
		evidence: [name, title, evidence].filter(Boolean).join(': '),
		remedies: isRefused
			? ['Resume this rotation: it creates the credential.', ...problem.remedies]
			: [
					'Resume this rotation: it looks first, and creates the credential unless it exists.',
					...problem.remedies,
				],
		docs: docs.credentials,
	});
};

/** pxctl came to its end and said why. Of all else (a connection that broke, a daemon that did not answer) it isn't known what came of it. */
const isRefusal = ({ id, evidence }: Problem): boolean =>
	!/deadline ?exceeded/i.test(evidence ?? '') &&
	(id.startsWith('store-') ||
		said.has(id) ||
		(id === 'pxctl-failed' && /exit status 1\): createCred: /i.test(evidence ?? '')));

const said: ReadonlySet<ProblemId> = new Set<ProblemId>([
	'portworx-not-running',
	'portworx-no-quorum',
	'portworx-maintenance',
	'secret-store-locked',
	'secret-store-refused',
	'px-security-refused',
	'px-security-token-broken',
	'pxctl-too-old',
]);
