import type { PairAnswers, Policy } from '../answers/answers.ts';
import type { Direction } from '../answers/direction.ts';
import { remainsOf, untilGone } from '../cluster-pair/ownership.ts';
import { differencesFromPlan } from '../cluster-pair/pair-differences.ts';
import { plannedPair } from '../cluster-pair/planned-pair.ts';
import { clusterPairType } from '../clusters/portworx-kinds.ts';
import { decide } from '../step/decide.ts';
import { may, type Need } from '../step/permissions-needed.ts';
import type { Step, StepContext, Verdict } from '../step/step.ts';
import { shell } from '../words/command.ts';
import { docs } from '../words/docs.ts';
import type { Manifest } from '../words/manifest.ts';
import type { Side } from '../words/pair.ts';
import { clusterProblem, fail } from '../words/problem.ts';
import { answer, command, keep, replace } from '../words/way.ts';

/** @param pair the answers for this direction */
export const applyClusterPair = (
	way: Direction,
	pair: PairAnswers,
	whenDifferent: Policy,
	preview: Manifest,
): Step => ({
	id: `apply-cluster-pair/${way.from}`,
	title: {
		plan: `Apply the ClusterPair ${pair.name} on the ${way.from}`,
		doing: `Applying the ClusterPair ${pair.name} on the ${way.from}…`,
		holds: `The ClusterPair ${pair.name} exists on the ${way.from} as planned`,
	},
	on: way.from,
	docs: docs.apply,
	preview: [{ kind: 'manifest', verb: 'apply', on: way.from, manifest: preview }],
	needs: needs(way.from, pair, whenDifferent),
	async check({ world, runId }) {
		const existing = await world[way.from].api.get(clusterPairType, pair.name, pair.namespace);
		if (!existing) {
			return { kind: 'absent', because: `there is no ClusterPair ${pair.namespace}/${pair.name}` };
		}
		if (existing.metadata.deletionTimestamp) {
			return { kind: 'absent', because: `the ClusterPair ${pair.namespace}/${pair.name} is being deleted` };
		}
		const different = await differencesFromPlan(existing, world, way, pair, runId);
		return different.length === 0
			? { kind: 'holds', evidence: `${pair.namespace}/${pair.name} is as planned` }
			: decideOn(whenDifferent, way, pair, different);
	},
	change: {
		makes: `the ClusterPair ${pair.namespace}/${pair.name} on the ${way.from}`,
		async apply(context) {
			const { api } = context.world[way.from];
			const planned = await plannedPair(context.world, way, pair, context.runId);
			await clearTheWay(context, way, pair, whenDifferent);
			const { metadata } = await api.apply(clusterPairType, planned);
			return metadata.uid;
		},
		/** With nothing in its config: what it will hold is not known yet, and holds secrets. */
		async dryRun({ world }) {
			const { api } = world[way.from];
			const existing = await api.get(clusterPairType, pair.name, pair.namespace);
			const empty = { ...preview, spec: { config: {}, options: {} } };
			return existing ?? api.apply(clusterPairType, empty, 'dry-run');
		},
		remains: context =>
			remainsOf(context, {
				side: way.from,
				type: clusterPairType,
				name: pair.name,
				namespace: pair.namespace,
				content: ['spec'],
			}),
	},
});

/**
 * A pair that differs is deleted before the new one is applied: Stork never looks at a Ready pair again, so changing it in
 * place would leave a status about what no longer is.
 */
async function clearTheWay(
	context: StepContext,
	way: Direction,
	pair: PairAnswers,
	policy: Policy,
): Promise<void> {
	const existing = await context.world[way.from].api.get(clusterPairType, pair.name, pair.namespace);
	if (existing && (policy === 'replace' || existing.metadata.deletionTimestamp)) {
		context.note(`deleting the ClusterPair ${pair.name} that differs`);
		await deleteAndWait(context, way, pair, existing.metadata.uid);
	}
}

/** Stork's finalizer takes the Portworx pair down first, so deletion takes a moment. */
async function deleteAndWait(
	context: StepContext,
	way: Direction,
	pair: PairAnswers,
	uid: string | undefined,
): Promise<void> {
	const { name, namespace } = pair;
	await context.world[way.from].api.delete(clusterPairType, name, namespace, uid);
	// Not the person's signal: to stop between deleting and creating would leave nothing at all.
	const { signal } = new AbortController();
	const old = { side: way.from, type: clusterPairType, name, namespace };
	const { kind } = await untilGone({ ...context, signal }, old, uid);
	if (kind === 'kept') {
		held(way, context.world[way.from].context, pair);
	}
}

const held = ({ from }: Direction, context: string, pair: PairAnswers): never =>
	fail({
		id: 'pair-deletion-held',
		title: `The ClusterPair ${pair.name} on the ${from} is still being deleted`,
		side: from,
		evidence: `ClusterPair ${pair.namespace}/${pair.name} still has Stork's finalizer`,
		remedies: [
			`Check that Stork runs on the ${from}: it removes the finalizer.`,
			command(
				'See its events',
				shell`kubectl --context ${context} -n ${pair.namespace} describe clusterpair/${pair.name}`,
			),
		],
		docs: docs.verify,
	});

function decideOn(
	policy: Policy,
	{ from }: Direction,
	pair: PairAnswers,
	different: readonly string[],
): Verdict {
	return decide(policy, {
		kept: `kept, although it differs in ${different.join(', ')}`,
		replaced: `the existing one differs in ${different.join(', ')}`,
		warns: false,
		problem: clusterProblem({
			id: 'pair-differs',
			title: `The ${from} has a ClusterPair ${pair.name} that is not as planned`,
			side: from,
			evidence: `ClusterPair ${pair.namespace}/${pair.name} differs in: ${different.join(', ')}`,
			remedies: [
				replace('Delete it and apply the planned one', 'pair'),
				keep('Keep it', 'pair'),
				answer('Or give this pair another name or namespace', 'pair.name'),
			],
			docs: docs.apply,
		}),
	});
}

/** Server-side apply is a PATCH that also needs `create` where there is nothing yet. */
function needs(side: Side, { name, namespace }: PairAnswers, policy: Policy): readonly Need[] {
	const where = { name, namespace };
	return [
		may(side, 'get', clusterPairType, 'read the ClusterPair', where),
		may(side, 'create', clusterPairType, 'apply the ClusterPair', where),
		may(side, 'patch', clusterPairType, 'apply the ClusterPair', where),
		policy === 'replace'
			? may(side, 'delete', clusterPairType, 'replace the ClusterPair', where)
			: may(side, 'delete', clusterPairType, 'undo the ClusterPair', { ...where, for: 'undo' }),
	];
}
