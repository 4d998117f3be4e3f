import { shell } from '../words/command.ts';
import { docs } from '../words/docs.ts';
import { defined } from '../words/json.ts';
import type { Side } from '../words/pair.ts';
import { fail } from '../words/problem.ts';
import { command } from '../words/way.ts';
import type { StorkFacts } from './cluster.ts';
import type { deploymentType } from './kubernetes.ts';
import { type ClusterPairObject, clusterPairType } from './portworx-kinds.ts';
import type { ObjectOf } from './resource-type.ts';

type Deployment = ObjectOf<typeof deploymentType>;

export type StorkSightings = Readonly<{
	side: Side;
	context: string;
	/** undefined: the type is not served here. */
	pairs: readonly ClusterPairObject[] | undefined;
	/** Those named stork, wherever they are. */
	deployments: readonly Deployment[];
	/** The image that the operator chose, asked for only where the deployment has one by a digest alone. */
	chosenImage(): Promise<string | undefined>;
}>;

/** @throws PairingError when there is no Stork, or it is not Ready */
export async function storkOf(sightings: StorkSightings): Promise<StorkFacts> {
	const { side, context, pairs, deployments, chosenImage } = sightings;
	if (pairs === undefined) {
		return noStork(side, {
			id: 'clusterpair-type-missing',
			title: `The ${side} cluster has no ClusterPair resource`,
			evidence: `context ${context}: ${clusterPairType.apiVersion} is not served`,
		});
	}
	// One that is left over from another install may stand beside the one that works.
	const deployment = deployments.find(isReady) ?? deployments[0];
	if (!deployment) {
		return noStork(side, {
			id: 'stork-not-found',
			title: `No Stork on the ${side} cluster`,
			evidence: `context ${context}: no deployment named stork in any namespace`,
		});
	}
	const namespace = deployment.metadata.namespace ?? '';
	if (!isReady(deployment)) {
		return notReady(side, context, namespace);
	}
	const container = deployment.spec.template.spec.containers.find(({ name }) => name === 'stork');
	const image = container?.image;
	return {
		namespace,
		ready: deployment.status?.readyReplicas ?? 0,
		wanted: deployment.spec.replicas ?? 1,
		adminNamespace: adminNamespaceOf([...(container?.command ?? []), ...(container?.args ?? [])]),
		...defined({ version: tagOf(image) ?? tagOf(await chosenImage()), image }),
	};
}

const isReady = ({ status }: Deployment): boolean => (status?.readyReplicas ?? 0) > 0;

const tagOf = (image: string | undefined): string | undefined =>
	/:([\w.-]+)$/.exec(image?.split('@')[0] ?? '')?.[1];

const noStork = (
	side: Side,
	told: Readonly<{ id: 'clusterpair-type-missing' | 'stork-not-found'; title: string; evidence: string }>,
): never =>
	fail({
		...told,
		side,
		remedies: [
			'Enable Stork: set spec.stork.enabled in the StorageCluster, or install Stork separately. It installs the ClusterPair CRD.',
		],
		docs: docs.prerequisites,
	});

const notReady = (side: Side, context: string, namespace: string): never =>
	fail({
		id: 'stork-not-ready',
		title: `Stork is not Ready on the ${side} cluster`,
		side,
		evidence: `deployment ${namespace}/stork: no Ready replica`,
		remedies: [
			command('See why', shell`kubectl --context ${context} -n ${namespace} describe pods -l name=stork`),
		],
	});

/** Stork's own default, wherever it runs. */
const usual = 'kube-system';

/** From Stork's words on its command line: `--admin-namespace=X`, in two words, or with one dash. The older flag counts where the other is not given. */
export function adminNamespaceOf(words: readonly string[]): string {
	return givenWith('admin-namespace', words) || givenWith('migration-admin-namespace', words) || usual;
}

function givenWith(flag: string, words: readonly string[]): string | undefined {
	const is = new RegExp(`^--?${flag}(?:=(.*))?$`);
	const at = words.findLastIndex(word => is.test(word));
	return at < 0 ? undefined : (is.exec(words[at] ?? '')?.[1] ?? words[at + 1]);
}
