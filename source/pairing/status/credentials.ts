import { credentialName } from '../answers/credential.ts';
import type { World } from '../clusters/ports.ts';
import { docs } from '../words/docs.ts';
import { type Finding, fact } from '../words/finding.ts';
import type { Side } from '../words/pair.ts';
import { clusterProblem } from '../words/problem.ts';
import type { ProblemId } from '../words/problem-ids.ts';

/**
 * The credential of the object store, by the name under which Portworx looks for it when it migrates.
 * @param to the cluster that the pair leads to
 * @param isWanted whether the pairing was made with one
 */
export async function credentialFindings(
	world: World,
	side: Side,
	to: Side,
	isWanted: boolean,
): Promise<readonly Finding[]> {
	const name = credentialName(await world[to].discovery.uuid());
	const state = await world[side].pxctl.validateCredential(name);
	switch (state.kind) {
		case 'valid':
			return [fact('credential', 'credential-valid', side, `Portworx finds ${name} valid`)];
		case 'absent':
			return isWanted
				? [
						broken('credential-missing', side, {
							title: `The ${side} has no object-store credential for the pair: migrations will fail`,
							evidence: `pxctl credentials validate ${name}: not found`,
							remedies: ['Create it: pxpair run FILE makes what is missing, and leaves the rest as it is.'],
						}),
					]
				: [
						fact(
							'credential',
							'credential-none',
							side,
							`No ${name}: Portworx keeps migrated data in a volume of its own`,
						),
					];
		case 'invalid':
			return [
				broken('credential-invalid', side, {
					title: `The object-store credential of the pair does not work on the ${side}: migrations will fail`,
					evidence: `${name}: ${state.evidence}`,
					remedies: [
						'Replace it: pxpair run FILE --existing-credential=replace.',
						`Or look at it first: pxctl credentials list, in a Portworx pod of the ${side}.`,
					],
				}),
			];
	}
}

const broken = (
	id: ProblemId,
	side: Side,
	told: Readonly<{ title: string; evidence: string; remedies: readonly [string, ...string[]] }>,
): Finding => ({
	level: 'error',
	topic: 'credential',
	problem: clusterProblem({ id, side, ...told, docs: docs.credentials }),
});
