import type { Answers, PairAnswers } from './answers/answers.ts';
import { type Direction, directionsOf, pairTowards } from './answers/direction.ts';
import {
	type Account,
	accountOf,
	bindingManifest,
	serviceAccountManifest,
	tokenSecretManifest,
} from './cluster-pair/account.ts';
import { clusterPairVersion } from './cluster-pair/cluster-pair.ts';
import { ownLabels } from './cluster-pair/ownership.ts';
import { authAnnotations } from './cluster-pair/planned-pair.ts';
import { type ClusterFacts, known } from './clusters/cluster.ts';
import type { Plan, Step } from './step/step.ts';
import { applyClusterPair } from './steps/apply-cluster-pair.ts';
import { bindAccount } from './steps/bind-account.ts';
import { checkClusters } from './steps/check-clusters.ts';
import { confirmLocation, refuseUnlessOnPremises } from './steps/confirm-location.ts';
import { createCredential } from './steps/create-credential.ts';
import { ensureAccount } from './steps/ensure-account.ts';
import { ensureNamespace } from './steps/ensure-namespace.ts';
import { findPortworx } from './steps/find-portworx.ts';
import { findStork } from './steps/find-stork.ts';
import { generateSpec } from './steps/generate-spec.ts';
import { issueToken } from './steps/issue-token.ts';
import { reachCluster } from './steps/reach-cluster.ts';
import { readClusterUuid } from './steps/read-cluster-uuid.ts';
import { readStorageOptions } from './steps/read-storage-options.ts';
import { tellClustersApart } from './steps/tell-clusters-apart.ts';
import { defaultPatienceSeconds, waitUntilReady } from './steps/wait-until-ready.ts';
import { docsFor } from './words/docs.ts';
import type { Branch, Manifest } from './words/manifest.ts';
import { outsideText } from './words/outside-text.ts';
import { type Pair, type Side, sides } from './words/pair.ts';
import { Secret } from './words/secret.ts';

/**
 * The documented procedure as steps, for these answers and what is known of the clusters. Pure: facts only shape what is
 * shown and whether credentials are called for; each step finds out for itself when it runs.
 * @throws PairingError when the answers leave a question open that the facts do not settle
 */
export function planPairing(answers: Answers, facts: Pair<ClusterFacts>, patienceSeconds?: number): Plan {
	const procedure = planProcedure(answers, facts, patienceSeconds);
	return { ...procedure, stages: [[checkClusters(answers, procedure)], ...procedure.stages] };
}

/** The same without the check that comes before all else: what that check is about. */
export function planProcedure(
	answers: Answers,
	facts: Pair<ClusterFacts>,
	patienceSeconds: number = defaultPatienceSeconds,
): Plan {
	const { source, destination, pair, existing } = answers;
	const contexts = { source: source.context, destination: destination.context };
	const ways = directionsOf(pair).map(way => ({ way, towards: pairTowards(pair, way) }));
	const stages: readonly (readonly Step[])[] = [
		onBoth(side => reachCluster(side, contexts[side])),
		[
			...onBoth(side => findPortworx(side, contexts[side])),
			...ways.map(({ way: { from } }) => findStork(from, contexts[from])),
		],
		ways.map(({ way: { to } }) => readClusterUuid(to)),
		[tellClustersApart(pair)],
		credentialSteps(answers, contexts, facts),
		onBoth(side => ensureNamespace(side, contexts[side], pair.namespace)),
		...accountStages(pair, facts),
		ways.map(({ way, towards }) =>
			generateSpec(way.to, contexts[way.to], towards, accountOf(pair, known(facts[way.from].uuid))),
		),
		pair.storage === 'paired' ? ways.map(({ way, towards }) => readStorageOptions(way.to, towards)) : [],
		ways.map(({ way, towards }) =>
			applyClusterPair(way, towards, existing.pair, previewPair(way, towards, contexts, facts)),
		),
		ways.map(({ way: { from } }) => waitUntilReady(from, contexts[from], pair, patienceSeconds)),
	];
	return {
		title: outsideText(
			`Pair ${contexts.source} ${pair.back ? '↔' : '→'} ${contexts.destination} as ${pair.namespace}/${pair.name}`,
		),
		stages: stages.filter(stage => stage.length > 0).map(stage => stage.map(step => linked(step, facts))),
		remarks: remarks(answers),
	};
}

/** With the documentation of the version that was found. */
const linked = (step: Step, { destination: { portworx } }: Pair<ClusterFacts>): Step => ({
	...step,
	docs: docsFor(step.docs, known(portworx)?.version),
});

const onBoth = (step: (side: Side) => Step): readonly Step[] => sides.map(step);

/** Without a store, the clusters must be known to run on-premises. */
function credentialSteps(
	{ objectStore, location, existing, pair }: Answers,
	contexts: Pair<string>,
	facts: Pair<ClusterFacts>,
): readonly Step[] {
	if (objectStore.provider !== 'none') {
		return directionsOf(pair).flatMap(({ to }) =>
			onBoth(side => createCredential(side, to, objectStore, existing.credential, known(facts[to].uuid))),
		);
	}
	if (pair.storage === 'none' || location !== 'auto') {
		return [];
	}
	for (const side of sides) {
		const platform = known(facts[side].platform);
		if (platform) {
			refuseUnlessOnPremises(side, platform);
		}
	}
	return onBoth(side => confirmLocation(side, contexts[side]));
}

/** Each needs the one before it. */
function accountStages(pair: PairAnswers, facts: Pair<ClusterFacts>): readonly (readonly Step[])[] {
	if (pair.login === 'context') {
		return [];
	}
	const accounts = directionsOf(pair).map(way => ({
		way,
		account: accountOf(pair, known(facts[way.from].uuid)),
	}));
	return [
		accounts.map(({ way, account }) => ensureAccount(way, pair, serviceAccountManifest(account, ownLabels))),
		accounts.map(({ way, account }) => bindAccount(way, pair, bindingManifest(account, ownLabels))),
		accounts.map(({ way, account }) => issueToken(way, pair, tokenSecretManifest(account, ownLabels))),
	];
}

function remarks({ objectStore, pair }: Answers): readonly string[] {
	if (pair.storage === 'none') {
		return [
			'No storage is paired: both clusters share one Portworx cluster (synchronous DR). Storage will say NotProvided.',
		];
	}
	return objectStore.provider === 'none'
		? [
				'No object-store credential is created. Portworx then keeps migrated data in a volume on the destination (100 GiB, port 9010), ' +
					'which is not meant for production and can fill up; current Portworx documentation requires a credential on-premises too.',
			]
		: [];
}

/** Before the spec is generated, its config can only be named. */
function previewPair(
	{ from, to }: Direction,
	pair: PairAnswers,
	contexts: Pair<string>,
	facts: Pair<ClusterFacts>,
): Manifest {
	const { name, namespace, mode, endpoint, storage, login } = pair;
	const near = known(facts[from].portworx);
	const options = {
		ip: endpoint?.ip ?? `<address of a ${to} node>`,
		port: endpoint ? String(endpoint.port) : '<its Portworx port>',
		token: new Secret(''),
		...(mode && { mode }),
	};
	return {
		apiVersion: clusterPairVersion,
		kind: 'ClusterPair',
		metadata: {
			name,
			namespace,
			labels: ownLabels,
			...(near?.secured && { annotations: authAnnotations(near.namespace) }),
		},
		spec: {
			config:
				login === 'context'
					? `<the kubeconfig entries of ${contexts[to]}, as generated>`
					: configOf(contexts[to], accountOf(pair, known(facts[from].uuid))),
			options: storage === 'paired' ? options : {},
		},
	};
}

/** What of the generated config the ServiceAccount changes. */
const configOf = (context: string, { name }: Account): Branch => ({
	contexts: { [context]: { user: name } },
	users: { [name]: { token: new Secret('') } },
});
