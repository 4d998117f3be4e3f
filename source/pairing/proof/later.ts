import { runLabel } from '../cluster-pair/ownership.ts';
import { ownMigrationType, workPodType } from '../clusters/migration-kinds.ts';
import type { ResourceType } from '../clusters/resource-type.ts';
import type { StepContext, Verdict } from '../step/step.ts';
import type { Side } from '../words/pair.ts';
import type { Labels } from './objects.ts';
import type { ProofOf } from './proof.ts';

/** An object that is created late in a proof. */
export type Later = Readonly<{ side: Side; type: ResourceType; name: string; namespace: string }>;

const readerOf = ({ proof: { name, namespace } }: ProofOf): Later => ({
	side: 'destination',
	type: workPodType,
	name,
	namespace,
});

/** With one of these the volume is written, and the pod that wrote it removed. */
export const afterWriting = (of: ProofOf): readonly Later[] => [
	{ side: 'source', type: ownMigrationType, name: of.proof.name, namespace: of.pair.namespace },
	readerOf(of),
];

/** With this the volume is on the destination, and the Migration removed. */
export const afterMigration = (of: ProofOf): readonly Later[] => [readerOf(of)];

/** A proof that is resumed does not go back: what it removed on purpose is not created again. */
export async function pastVerdict(
	context: StepContext,
	later: readonly Later[],
): Promise<Verdict | undefined> {
	for (const one of later) {
		const found = await read(context, one);
		if (found && isOfRun(found, context)) {
			return { kind: 'holds', evidence: `done before: ${one.type.kind} ${one.namespace}/${one.name} exists` };
		}
	}
	return undefined;
}

type Labelled = Readonly<{ metadata?: Readonly<{ labels?: Labels }> }>;

export const read = async (
	{ world }: Pick<StepContext, 'world'>,
	{ side, type, name, namespace }: Later,
): Promise<Labelled | undefined> =>
	world[side].api.get(type, name, namespace) as Promise<Labelled | undefined>;

export const isOfRun = ({ metadata }: Labelled, { runId }: Pick<StepContext, 'runId'>): boolean =>
	metadata?.labels?.[runLabel] === runId;
