import type { PairAnswers } from '../answers/answers.ts';
import { undecodable } from '../cluster-pair/undecodable.ts';
import { eventType } from '../clusters/kubernetes.ts';
import { latestWarning } from '../clusters/latest-warning.ts';
import type { ClusterWorld } from '../clusters/ports.ts';
import { type ClusterPairObject, clusterPairType } from '../clusters/portworx-kinds.ts';
import { may, type Need } from '../step/permissions-needed.ts';
import type { Step, Verdict } from '../step/step.ts';
import { shell } from '../words/command.ts';
import { docs } from '../words/docs.ts';
import type { Side } from '../words/pair.ts';
import { clusterProblem, type Problem, remedies } from '../words/problem.ts';
import { type Advice, answer, command, type Remedy, replace, thenRetry } from '../words/way.ts';
import { kubectl } from './kubectl.ts';

/** How long Stork gets to pair: what field scripts settled on, 50 looks 10 s apart, rounded up. */
export const defaultPatienceSeconds = 600;

/** An Error is not final: Stork tries again every few seconds, and an endpoint may just be coming up. */
export const waitUntilReady = (
	side: Side,
	context: string,
	pair: PairAnswers,
	patienceSeconds: number,
): Step => ({
	id: `wait-until-ready/${side}`,
	title: {
		plan: `Wait until storage and scheduler are Ready on the ${side}`,
		doing: `Waiting until storage and scheduler are Ready on the ${side}…`,
		holds: `The ClusterPair ${pair.name} is Ready on the ${side}`,
	},
	on: side,
	docs: docs.verify,
	// By selector: a watch of one object by name begins with its next change, and may miss the last one.
	preview: [
		kubectl(
			context,
			'get',
			'clusterpair',
			'-n',
			pair.namespace,
			'--field-selector',
			`metadata.name=${pair.name}`,
			'--watch',
		),
	],
	needs: needs(side, pair),
	async check({ world }) {
		const cluster = world[side];
		const object = await cluster.api.get(clusterPairType, pair.name, pair.namespace);
		return object ? judge(cluster, pair, object) : gone(side, pair);
	},
	patience: {
		seconds: patienceSeconds,
		async change({ world, signal }, since) {
			await world[side].api.nextChange(clusterPairType, pair.name, pair.namespace, since, signal);
		},
	},
});

/** All but the first only make the wait shorter, and plain what went wrong. */
const needs = (side: Side, { name, namespace }: PairAnswers): readonly Need[] => [
	may(side, 'get', clusterPairType, 'read whether the ClusterPair is Ready', { name, namespace }),
	may(side, 'watch', clusterPairType, 'see at once when it is Ready', { namespace, for: 'help' }),
	may(side, 'list', eventType, 'read the reasons that Stork gives', { namespace, for: 'help' }),
	may(side, 'list', clusterPairType, 'find one that blocks Stork', { for: 'help' }),
];

async function judge(cluster: ClusterWorld, pair: PairAnswers, object: ClusterPairObject): Promise<Verdict> {
	const { isReady, latest } = await saidByStork(cluster, pair, object);
	if (isReady) {
		return { kind: 'holds', evidence: latest };
	}
	const since = object.metadata.resourceVersion;
	return { kind: 'pending', latest, problem: notReady(cluster, pair, latest), ...(since && { since }) };
}

/** The statuses of a pair that was just read, and why they are not Ready, if so. */
export async function saidByStork(
	cluster: ClusterWorld,
	pair: PairAnswers,
	object: ClusterPairObject,
): Promise<Readonly<{ isReady: boolean; latest: string }>> {
	const { storageStatus, schedulerStatus } = object.status ?? {};
	const storageWanted = pair.storage === 'paired' ? 'Ready' : 'NotProvided';
	const statuses = `storage ${storageStatus || 'not yet'}, scheduler ${schedulerStatus || 'not yet'}`;
	if (storageStatus === storageWanted && schedulerStatus === 'Ready') {
		return { isReady: true, latest: statuses };
	}
	const warning =
		(await latestWarning(cluster, clusterPairType, object)) ??
		(storageStatus || schedulerStatus ? undefined : await spoiledBy(cluster));
	return { isReady: false, latest: warning ? `${statuses}: ${warning}` : statuses };
}

/** It says so only in its own log. */
async function spoiledBy({ api }: ClusterWorld): Promise<string | undefined> {
	const pairs = await api.list(clusterPairType).catch(() => undefined);
	return pairs
		?.flatMap(found => {
			const because = undecodable(found);
			return because
				? [`Stork can read no pair: ${found.metadata.namespace}/${found.metadata.name}: ${because}`]
				: [];
		})
		.at(0);
}

function notReady({ side, context }: ClusterWorld, pair: PairAnswers, latest: string): Problem {
	return clusterProblem({
		id: 'pair-not-ready',
		title: `The ClusterPair ${pair.name} did not become Ready on the ${side}`,
		side,
		evidence: latest,
		remedies: remedies(
			[...remediesFor(latest), seeWhatStorkSays(context, pair)],
			'Run this again to continue waiting: finished steps are not repeated.',
		),
		docs: docs.verify,
	});
}

export const seeWhatStorkSays = (
	context: string,
	{ name, namespace }: Readonly<{ name: string; namespace: string }>,
): Advice =>
	command(
		'See what Stork says',
		shell`kubectl --context ${context} -n ${namespace} describe clusterpair/${name}`,
	);

/** What may help against what was said by Stork. */
export const remediesFor = (latest: string): readonly Remedy[] =>
	causes.filter(({ sign }) => sign.test(latest)).map(({ remedy }) => remedy);

/** What Stork's and Portworx's phrases mean; looked for in the latest event. */
const causes: readonly Readonly<{ sign: RegExp; remedy: Remedy }>[] = [
	{
		sign: /token mismatch/i,
		remedy: replace(
			'Reset the cluster token of the destination (pxctl cluster token reset, there), which does not accept the one it shows, and replace the pair',
			'pair',
		),
	},
	{
		sign: /can read no pair/,
		remedy: thenRetry(
			'Fix or delete the pair that is named: until then every pair of that cluster stops working',
		),
	},
	{
		sign: /already paired cluster/i,
		remedy: thenRetry(
			'Portworx on the source still knows an older pairing: remove it there (pxctl cluster pair list, then delete)',
		),
	},
	{
		sign: /cluster pair with self/i,
		remedy: answer('Choose two clusters, since these are one to Portworx', 'destination.context'),
	},
	{
		sign: /endpoints are unreachable|connection refused|i\/o timeout|no route to host|connection reset/i,
		remedy: answer(
			"Open the destination's Portworx port (9001, on OpenShift 17001) to the source's nodes, or give a load balancer",
			'pair.endpoint',
		),
	},
	{
		sign: /executable .* not found|fork\/exec .* no such file/i,
		remedy: {
			what: "Use a ServiceAccount, since Stork can't run the login plugin of that kubeconfig, and replace the pair",
			way: { kind: 'use-account', replaces: true },
		},
	},
	{
		sign: /unauthorized|forbidden/i,
		remedy: replace(
			'Renew the credentials in the destination context, which are refused, and replace the pair',
			'pair',
		),
	},
];

const gone = (side: Side, pair: PairAnswers): Verdict => ({
	kind: 'pending',
	latest: 'the ClusterPair does not exist',
	problem: clusterProblem({
		id: 'pair-gone',
		title: `The ClusterPair ${pair.name} no longer exists on the ${side}`,
		side,
		evidence: `ClusterPair ${pair.namespace}/${pair.name}: not found`,
		remedies: ['Someone deleted it during the wait: run this again to create it again.'],
		docs: docs.verify,
	}),
});
