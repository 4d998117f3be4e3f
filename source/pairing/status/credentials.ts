import type { Policy } from '../answers/answers.ts';
import { type Credential, credentialName } from '../answers/credential.ts';
import {
	compareClusters,
	comparedInWords,
	compareWithPlan,
	notComparable,
	type StoredCredential,
	shown,
} from '../cluster-pair/credential-traits.ts';
import type { World } from '../clusters/ports.ts';
import type { Identity } from '../step/step.ts';
import { createCredentialId } from '../steps/create-credential.ts';
import { shell } from '../words/command.ts';
import { docs } from '../words/docs.ts';
import { type Finding, fact } from '../words/finding.ts';
import { type Side, sides } from '../words/pair.ts';
import { clusterProblem, type Remedies } from '../words/problem.ts';
import type { ProblemId } from '../words/problem-ids.ts';
import { command } from '../words/way.ts';
import { runAgain } from './standing.ts';

/** When a run on this machine made the thing of this identity, as a date. */
export type MadeAt = (identity: Identity) => string | undefined;

/**
 * The credential of the object store, by the name under which Portworx looks for it when it migrates.
 * @param to the cluster that the pair points to
 * @param isWanted whether the pairing was made with one
 * @param planned what it was made with, where that is known
 */
export async function credentialFindings(
	world: World,
	side: Side,
	to: Side,
	isWanted: boolean,
	planned?: PlannedCredential,
	madeAt: MadeAt = () => undefined,
): Promise<readonly Finding[]> {
	const name = credentialName(await world[to].discovery.uuid());
	const state = await world[side].pxctl.validateCredential(name);
	switch (state.kind) {
		case 'valid':
			return [
				...(planned
					? await againstPlan(world, side, name, planned, planned.made?.get(createCredentialId(side, to)))
					: [fact('credential', 'credential-valid', side, `Portworx validated ${name}`)]),
				...(side === 'source' ? await betweenClusters(world, name, madeAt) : []),
			];
		case 'absent':
			return isWanted
				? [
						broken('credential-missing', side, {
							title: `The ${side} has no object-store credential for the pair: migrations will fail`,
							evidence: `pxctl credentials validate ${name}: not found`,
							remedies: [runAgain],
						}),
					]
				: [
						fact(
							'credential',
							'credential-none',
							side,
							`No ${name}: Portworx keeps migrated data in a volume on the destination`,
						),
					];
		case 'invalid':
			return [
				broken('credential-invalid', side, {
					title: `The object-store credential of the pair does not work on the ${side}: migrations will fail`,
					evidence: `${name}: ${state.evidence}`,
					remedies: [
						command('Replace it', shell`pxpair run FILE --existing-credential=replace`),
						command(`Or look at it first, in a Portworx pod of the ${side}`, shell`pxctl credentials list`),
					],
				}),
			];
	}
}

/** A credential that Portworx validates may be another than was asked for. */
async function againstPlan(
	world: World,
	side: Side,
	name: string,
	{ credential, whenDifferent }: PlannedCredential,
	recorded: Identity | undefined,
): Promise<readonly Finding[]> {
	const stored = await world[side].pxctl.storedCredential(name);
	const comparison = compareWithPlan(stored?.traits, credential);
	const { differences } = comparison;
	const validated = `Portworx validated ${name}`;
	if (differences.length === 0) {
		const words = `${comparedInWords(comparison)}${againstRecord(stored, recorded)}`;
		return [fact('credential', 'credential-valid', side, `${validated}; ${words}`)];
	}
	const finding = broken('credential-differs', side, {
		title: `The object-store credential of the pair on the ${side} differs from what was asked for`,
		evidence: `${name} differs in ${differences.join('; ')}`,
		remedies: [
			command('Replace it', shell`pxpair run FILE --existing-credential=replace`),
			'Or correct the answers, if the credential is right.',
		],
	});
	return [
		fact('credential', 'credential-valid', side, validated),
		whenDifferent === 'keep' ? { ...finding, level: 'warning' } : finding,
	];
}

export type PlannedCredential = Readonly<{
	credential: Credential;
	whenDifferent: Policy;
	/** What the run made, by the ids of its steps, where a record tells. */
	made?: ReadonlyMap<string, Identity> | undefined;
}>;

/** pxctl can't edit a credential, so one of another identity may hold another key, which no record knows. */
function againstRecord(stored: StoredCredential | undefined, recorded: Identity | undefined): string {
	if (stored === undefined || recorded === undefined) {
		return '';
	}
	return stored.uuid === recorded
		? '; its UUID is the one that the run recorded'
		: '; its UUID is not the one that the run recorded: it was created again since';
}

/** Told once, for the source: the cluster that stores what the other one reads. */
async function betweenClusters(world: World, name: string, madeAt: MadeAt): Promise<readonly Finding[]> {
	const [source, destination] = await Promise.all(
		sides.map(side => world[side].pxctl.storedCredential(name)),
	);
	if (!source || !destination) {
		return [];
	}
	const { compared, differences, unseen } = compareClusters({ source, destination });
	if (differences.length > 0) {
		return [
			broken('credentials-differ', 'source', {
				title: 'The two clusters hold different credentials for the pair: migrations will fail',
				evidence: `${name} differs in ${differences.join('; ')}`,
				remedies: [
					command(
						'Replace both with the one that is right',
						shell`pxpair run FILE --existing-credential=replace`,
					),
					command('Or look at them first, in a Portworx pod of each cluster', shell`pxctl credentials list`),
				],
			}),
		];
	}
	return compared.length === 0
		? []
		: [
				fact(
					'credential',
					'credentials-match',
					'both',
					`The credential is the same on both clusters in ${compared.join(', ')}${notComparable(unseen)}${inUse(source, madeAt(source.uuid))}`,
				),
			];
}

/** Which key it is; Portworx does not tell since when, and only a run on this machine knows. */
const inUse = ({ traits: { account } }: StoredCredential, since: string | undefined): string =>
	account === undefined
		? ''
		: `. In use: ${shown('account', account)}${since === undefined ? '' : `, since ${since}`}`;

const broken = (
	id: ProblemId,
	side: Side,
	told: Readonly<{ title: string; evidence: string; remedies: Remedies }>,
): Extract<Finding, { problem: unknown }> => ({
	level: 'error',
	topic: 'credential',
	problem: clusterProblem({ id, side, ...told, docs: docs.credentials }),
});
