import type { PairAnswers } from '../answers/answers.ts';
import { eventType } from '../clusters/kubernetes.ts';
import { latestWarning } from '../clusters/latest-warning.ts';
import { type MigrationObject, ownMigrationType } from '../clusters/migration-kinds.ts';
import type { ClusterWorld } from '../clusters/ports.ts';
import { may, type Need } from '../step/permissions-needed.ts';
import type { Step, StepContext, Verdict } from '../step/step.ts';
import { kubectl } from '../steps/kubectl.ts';
import { shell } from '../words/command.ts';
import { docs } from '../words/docs.ts';
import { clusterProblem, fail, remedies, type Said } from '../words/problem.ts';
import type { ProblemId } from '../words/problem-ids.ts';
import { command } from '../words/way.ts';
import { isHopeless, remediesFor } from './causes.ts';
import { afterMigration, pastVerdict } from './later.ts';
import { progressOf } from './progress.ts';
import type { ProofOf } from './proof.ts';

/** Seconds: Stork looks at a new Migration at once, where it looks at all. */
const noticing = 30;

/** Its finalizer is the first thing that Stork writes. Without it no status ever comes, and no event. */
export const awaitNoticed = (of: ProofOf, context: string): Step => ({
	id: 'await-noticed/source',
	title: {
		plan: 'Wait until Stork takes up the Migration',
		doing: 'Waiting for Stork to take up the Migration…',
		holds: 'Stork took up the Migration',
	},
	...awaiting(of, context, noticing),
	async check(context) {
		const migration = await read(context.world.source, of);
		return migration?.metadata.finalizers?.length
			? { kind: 'holds', evidence: `finalizer ${migration.metadata.finalizers[0]}` }
			: pending(
					context,
					of,
					migration,
					'Stork has written nothing to it yet',
					'migration-unnoticed',
					'Stork does not take up the Migration',
				);
	},
});

export const awaitMigrated = (of: ProofOf, context: string, seconds: number): Step => ({
	id: 'await-migrated/source',
	title: {
		plan: 'Wait until the Migration has copied the volume and applied the resources',
		doing: 'Migrating the volume to the destination…',
		holds: 'The Migration was successful',
	},
	...awaiting(of, context, seconds),
	async check(context) {
		const { world } = context;
		const migration = await read(world.source, of);
		const { stage, text, reason, isComplete } = progressOf(migration?.status);
		if (stage === 'Final') {
			return isComplete
				? { kind: 'holds', evidence: text }
				: fail(
						problemOf(world.source, of, {
							id: 'migration-failed',
							title: 'The Migration failed',
							evidence: [
								text,
								reason || (migration && (await latestWarning(world.source, ownMigrationType, migration))),
							]
								.filter(Boolean)
								.join(': '),
						}),
					);
		}
		return pending(
			context,
			of,
			migration,
			text,
			'migration-timeout',
			`The Migration did not finish within ${seconds} s, in the stage ${stage}`,
		);
	},
});

const awaiting = ({ proof: { name }, pair }: ProofOf, context: string, seconds: number) =>
	({
		on: 'source',
		docs: docs.verify,
		preview: [kubectl(context, '-n', pair.namespace, 'get', `migration/${name}`, '-o', 'yaml', '--watch')],
		needs: needsOf(pair),
		patience: {
			seconds,
			change: ({ world, signal }, since) =>
				world.source.api.nextChange(ownMigrationType, name, pair.namespace, since, signal),
		},
	}) satisfies Partial<Step>;

const needsOf = ({ namespace }: Pick<PairAnswers, 'namespace'>): readonly Need[] => [
	may('source', 'get', ownMigrationType, 'follow the Migration', { namespace }),
	may('source', 'watch', ownMigrationType, 'follow the Migration', {
		namespace,
		for: 'help',
	}),
	may('source', 'list', eventType, 'read the reasons that Stork gives', { namespace, for: 'help' }),
];

const read = ({ api }: ClusterWorld, { proof, pair }: ProofOf): Promise<MigrationObject | undefined> =>
	api.get(ownMigrationType, proof.name, pair.namespace);

/** What Stork refuses shows in events alone; of some it is known that no waiting helps. */
async function pending(
	context: StepContext,
	of: ProofOf,
	migration: MigrationObject | undefined,
	state: string,
	id: ProblemId,
	title: string,
): Promise<Verdict> {
	const past = migration ? undefined : await pastVerdict(context, afterMigration(of));
	if (past) {
		return past;
	}
	const cluster = context.world.source;
	const warning = migration && (await latestWarning(cluster, ownMigrationType, migration));
	const latest = warning ? `${state}: ${warning}` : state;
	if (warning !== undefined && isHopeless(warning)) {
		fail(
			problemOf(cluster, of, {
				id: 'migration-refused',
				title: 'Stork refuses the Migration',
				evidence: latest,
			}),
		);
	}
	const since = migration?.metadata.resourceVersion;
	return {
		kind: 'pending',
		latest,
		problem: clusterProblem(
			problemOf(cluster, of, { id, title, evidence: migration ? latest : 'the Migration does not exist' }),
		),
		...(since && { since }),
	};
}

const problemOf = (
	{ context }: ClusterWorld,
	{ proof, pair }: ProofOf,
	{ id, title, evidence }: Readonly<{ id: ProblemId; title: string; evidence: string }>,
): Said => ({
	id,
	title,
	side: 'source',
	evidence,
	remedies: remedies(
		[
			...remediesFor(evidence),
			...(id === 'migration-unnoticed'
				? ['Check that Stork runs on the source, and that its Migration controller is not turned off.']
				: []),
		],
		command(
			'For more, run the proof again, and while it waits',
			shell`kubectl --context ${context} -n ${pair.namespace} describe migration/${proof.name}`,
		),
	),
	docs: docs.verify,
});
