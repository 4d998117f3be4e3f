import type { PairAnswers } from '../answers/answers.ts';
import { storageClassType } from '../clusters/migration-kinds.ts';
import type { World } from '../clusters/ports.ts';
import { clusterPairType } from '../clusters/portworx-kinds.ts';
import { permissionFindings } from '../preflight/permissions.ts';
import { plannedSteps } from '../preflight/planned-steps.ts';
import { may, type Need } from '../step/permissions-needed.ts';
import type { Plan, Step, StepContext } from '../step/step.ts';
import { findPortworx } from '../steps/find-portworx.ts';
import { findStork } from '../steps/find-stork.ts';
import { say } from '../steps/kubectl.ts';
import { seeWhatStorkSays } from '../steps/wait-until-ready.ts';
import { shell } from '../words/command.ts';
import { docs } from '../words/docs.ts';
import { refuseErrors, warningsAmong } from '../words/finding.ts';
import { sides } from '../words/pair.ts';
import { fail, type Problem } from '../words/problem.ts';
import { answer, command } from '../words/way.ts';

/**
 * What would make the proof fail half-way: the pair itself, and what both users may do.
 * @param plan which the step is part of
 */
export const checkProof = (pair: PairAnswers, plan: () => Plan): Step => ({
	id: 'check-proof',
	title: {
		plan: 'Check the pair, and the permissions that the proof needs on both clusters',
		doing: 'Checking the pair and the permissions…',
		holds: 'The pair is Ready, and the permissions suffice',
	},
	on: 'both',
	docs: docs.verify,
	preview: [
		say(
			'Read the ClusterPair: it must be Ready and point to the destination. Ask both API servers whether this user may do what follows, and, in a dry run, whether a policy refuses it.',
		),
	],
	needs: needsOf(pair),
	async check(context) {
		const { world } = context;
		const evidence = await readyPair(world, pair);
		const warnings = await refuseWithoutRights(world, plan());
		await refuseWhatIsDenied(context, plan());
		return { kind: 'holds', evidence, warnings };
	},
});

/** Most of it is read before there is a plan: what the proof is to be depends on it. */
const needsOf = ({ name, namespace }: PairAnswers): readonly Need[] => [
	may('source', 'get', clusterPairType, 'read the ClusterPair', { name, namespace }),
	...sides.flatMap(side => [
		...findPortworx(side, '').needs,
		...findStork(side, '').needs,
		may(side, 'list', storageClassType, 'choose the StorageClass'),
	]),
];

/**
 * @returns what is lacking but not needed
 * @throws PairingError with the smallest Role, when a right is missing without which the proof would end half-way
 */
export async function refuseWithoutRights(world: World, plan: Plan): Promise<readonly Problem[]> {
	const findings = await Promise.all(sides.map(side => permissionFindings(world, side, plan)));
	refuseErrors(findings.flat());
	return warningsAmong(findings.flat());
}

/**
 * A quota, a policy or a webhook that refuses an object, before there is any. In a namespace that does not exist yet no dry run is
 * possible.
 */
async function refuseWhatIsDenied(context: StepContext, { stages, ...plan }: Plan): Promise<void> {
	const created = stages.map(stage => stage.filter(({ change }) => change?.dryRun));
	const looks = plannedSteps({ ...plan, stages: created }, context);
	refuseErrors((await Promise.all(looks.map(({ look }) => look()))).flat());
}

/** Ready is what Stork once wrote. That it still is so is what the proof finds out. */
async function readyPair(world: World, pair: PairAnswers): Promise<string> {
	const { name, namespace } = pair;
	const { context } = world.source;
	const found = await world.source.api.get(clusterPairType, name, namespace);
	if (!found) {
		return fail({
			id: 'pair-missing',
			title: `There is no ClusterPair ${namespace}/${name} on the source`,
			side: 'source',
			evidence: `context ${context}: ClusterPair ${namespace}/${name} not found`,
			remedies: [
				command('List the pairs that exist', shell`kubectl get clusterpairs -A`),
				answer('Name another pair, or create this one', 'pair.name'),
			],
		});
	}
	const { storageStatus, schedulerStatus, remoteStorageId } = found.status ?? {};
	const statuses = `storage ${storageStatus || 'not yet'}, scheduler ${schedulerStatus || 'not yet'}`;
	if (storageStatus !== 'Ready' || schedulerStatus !== 'Ready') {
		fail({
			id: 'pair-not-ready',
			title: `The ClusterPair ${namespace}/${name} is not Ready, so no volume can be migrated`,
			side: 'source',
			evidence: statuses,
			remedies: [
				command('See what is wrong with it', shell`pxpair status --namespace=${namespace} -- ${name}`),
				seeWhatStorkSays(context, pair),
			],
			docs: docs.verify,
		});
	}
	const uuid = await world.destination.discovery.portworx().then(
		({ reportedUuid }) => reportedUuid,
		() => undefined,
	);
	if (uuid !== undefined && remoteStorageId && uuid.toLowerCase() !== remoteStorageId.toLowerCase()) {
		fail({
			id: 'proof-pair-elsewhere',
			title: `The ClusterPair ${namespace}/${name} points to another cluster than this destination`,
			side: 'source',
			evidence: `the pair: ${remoteStorageId}; Portworx on the destination: ${uuid}`,
			remedies: [answer('Choose the destination that the pair points to', 'destination.context')],
		});
	}
	return `${namespace}/${name}: ${statuses}`;
}
