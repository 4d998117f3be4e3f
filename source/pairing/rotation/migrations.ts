import type { PairAnswers } from '../answers/answers.ts';
import type { Direction } from '../answers/direction.ts';
import { pairsTowards } from '../cluster-pair/users.ts';
import type { World } from '../clusters/ports.ts';
import { migrationType } from '../clusters/portworx-kinds.ts';
import type { ObjectOf } from '../clusters/resource-type.ts';
import { type Finding, fact } from '../words/finding.ts';
import { clusterProblem, PairingError, type Problem } from '../words/problem.ts';

type Migration = ObjectOf<typeof migrationType>;
type Named = Readonly<{ name: string; namespace?: string | undefined }>;

/** What may not be rotated under a Migration: all pairs that share the secret count. */
export type Affected = Readonly<{
	way: Direction;
	pair: PairAnswers;
	/** Whether every pair to that destination depends on it. */
	isShared: boolean;
}>;

export async function migrationFindings(world: World, affected: Affected): Promise<readonly Finding[]> {
	const { from } = affected.way;
	const running = await problemOfRunning(world, affected);
	return running === undefined
		? [fact('pair', 'migrations-none', from, `No Migration is running over the pair on the ${from}`)]
		: [
				{
					level: running.id === 'migration-running' ? 'error' : 'warning',
					topic: 'pair',
					problem: running,
				},
			];
}

/** Asked once more right before a change: a schedule may have begun one. @throws PairingError */
export async function refuseWhileMigrating(world: World, affected: Affected): Promise<void> {
	const running = await problemOfRunning(world, affected);
	if (running?.id === 'migration-running') {
		throw new PairingError(running);
	}
}

async function problemOfRunning(world: World, affected: Affected): Promise<Problem | undefined> {
	const { from } = affected.way;
	try {
		const [migrations, pairs] = await Promise.all([
			world[from].api.list(migrationType),
			affected.isShared ? pairsTowards(world, affected.way) : [],
		]);
		const concerned = [affected.pair, ...pairs.map(({ metadata }): Named => metadata)];
		const running = (migrations ?? []).filter(
			migration => isRunning(migration) && isOver(migration, concerned),
		);
		return running.length > 0 ? migrating(affected, running) : undefined;
	} catch (error) {
		if (error instanceof PairingError && error.problem.id === 'forbidden') {
			return unknown(affected, error.problem);
		}
		throw error;
	}
}

/** One that Stork refuses stays without a stage and is tried again for ever: it may begin at any moment. */
const isRunning = ({ status }: Migration): boolean => status?.stage !== 'Final';

/** A Migration uses the pair of its own namespace, or one in Stork's admin namespace, so a pair's name alone may mean it. */
function isOver({ metadata, spec }: Migration, pairs: readonly Named[]): boolean {
	const own = pairs.filter(({ namespace }) => namespace === metadata.namespace);
	const candidates = own.some(({ name }) => name === spec?.clusterPair) ? own : pairs;
	return candidates.some(({ name }) => name === spec?.clusterPair || name === spec?.adminClusterPair);
}

function migrating({ way: { from } }: Affected, [first, ...more]: readonly Migration[]): Problem {
	const name = `${first?.metadata.namespace}/${first?.metadata.name}`;
	const state = [first?.status?.stage, first?.status?.status].filter(Boolean).join(', ') || 'no stage yet';
	return clusterProblem({
		id: 'migration-running',
		side: from,
		title: `A Migration is running over this pair on the ${from}`,
		evidence: `Migration ${name}: ${state}${more.length > 0 ? `; and ${more.length} more` : ''}`,
		remedies: [
			'Wait until it has finished, then rotate again.',
			'Or delete it if it is not needed: Stork then cancels it.',
		],
	});
}

const unknown = ({ way: { from } }: Affected, { evidence }: Problem): Problem =>
	clusterProblem({
		id: 'migrations-unknown',
		side: from,
		title: `Whether a Migration is running over this pair on the ${from} is unknown`,
		...(evidence !== undefined && { evidence }),
		remedies: [`Make sure that none is running, or get permission to list Migrations on the ${from}.`],
	});
