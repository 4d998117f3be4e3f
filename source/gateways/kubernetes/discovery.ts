import { adminNamespaceOf } from '../../pairing/clusters/admin-namespace.ts';
import {
	deploymentType,
	infrastructureType,
	namespaceType,
	nodeType,
	podType,
	type Service,
	serviceType,
} from '../../pairing/clusters/kubernetes.ts';
import { platformOf } from '../../pairing/clusters/platform.ts';
import type { ClusterApi, Discovery, Pxctl } from '../../pairing/clusters/ports.ts';
import { endpointsOf, portworxOf, portworxSelector } from '../../pairing/clusters/portworx.ts';
import {
	clusterPairType,
	storageClusterType,
	storageNodeType,
} from '../../pairing/clusters/portworx-kinds.ts';
import type { ObjectOf } from '../../pairing/clusters/resource-type.ts';
import { shell } from '../../pairing/words/command.ts';
import { docs } from '../../pairing/words/docs.ts';
import { defined } from '../../pairing/words/json.ts';
import { fail, PairingError, unlessProblem } from '../../pairing/words/problem.ts';
import { remember } from '../../pairing/words/remember.ts';
import { answer, command } from '../../pairing/words/way.ts';
import type { Connection } from './connection.ts';

/** `pxctl` comes as a function because it, too, asks where Portworx is. */
export function discovery(connection: Connection, api: ClusterApi, pxctl: () => Pxctl): Discovery {
	const { side, context } = connection;
	const services = remember(() => portworxServices(api));
	const storageClusters = remember(() => api.list(storageClusterType));
	const serverVersion = remember(() => api.version());

	let version: string | undefined;
	const portworx = remember(async () => {
		const [pods, clusters, named] = await Promise.all([
			api.list(podType, { labelSelector: portworxSelector }),
			storageClusters(),
			services(),
		]);
		const facts = portworxOf({ side, context, pods: pods ?? [], storageClusters: clusters, services: named });
		version = facts.version;
		return facts;
	});

	const chosenImage = () =>
		storageClusters().then(
			found => found?.map(({ status }) => status?.desiredImages?.stork).find(Boolean),
			unlessProblem,
		);

	const clusterPairs = remember(() => api.list(clusterPairType));

	return {
		portworx,
		portworxVersion: () => version,
		clusterPairs,

		api: remember(async () => {
			const [version, kubeSystem] = await Promise.all([
				serverVersion(),
				api.get(namespaceType, 'kube-system'),
			]);
			const uid =
				kubeSystem?.metadata.uid ??
				fail({
					id: 'identity-unknown',
					title: `Could not identify the cluster of context ${context}`,
					side,
					evidence: 'the namespace kube-system has no UID, or does not exist',
					remedies: ['Check that the server in the kubeconfig is a Kubernetes API server.'],
				});
			return { version, uid };
		}),

		/** Nodes of one cluster are alike: a page of them tells as much as all. */
		platform: remember(async () => {
			const [nodes, infrastructure, version, clusters] = await Promise.all([
				api.list(nodeType, { limit: 50 }).catch(unlessForbidden),
				api.get(infrastructureType, 'cluster').catch(unlessProblem),
				serverVersion().catch(unlessProblem),
				storageClusters().catch(unlessProblem),
			]);
			const { server } = connection;
			return platformOf({ nodes, infrastructure, version, storageClusters: clusters, server });
		}),

		uuid: remember(async () => {
			const { reportedUuid } = await portworx();
			const asked = await pxctl().clusterUuid();
			if (reportedUuid !== undefined && reportedUuid !== asked) {
				return fail({
					id: 'uuid-disagreement',
					title: `The cluster UUID of the ${side} is ambiguous`,
					side,
					evidence: `the StorageCluster says ${reportedUuid}, pxctl status says ${asked}`,
					remedies: [
						'Find out which is right: the StorageCluster may be left over from an earlier installation.',
					],
				});
			}
			return asked;
		}),

		stork: remember(async () => {
			const [pairs, deployments] = await Promise.all([
				clusterPairs(),
				api.list(deploymentType, { fieldSelector: 'metadata.name=stork' }),
			]);
			// One that is left over from another install may stand beside the one that works.
			const deployment = deployments?.find(isReady) ?? deployments?.[0];
			if (pairs === undefined || !deployment) {
				return fail({
					id: pairs === undefined ? 'clusterpair-type-missing' : 'stork-not-found',
					title:
						pairs === undefined
							? `The ${side} cluster has no ClusterPair resource`
							: `No Stork on the ${side} cluster`,
					side,
					evidence:
						pairs === undefined
							? `context ${context}: ${clusterPairType.apiVersion} is not served`
							: `context ${context}: no deployment named stork in any namespace`,
					remedies: [
						'Enable Stork: set spec.stork.enabled in the StorageCluster, or install Stork separately. It installs the ClusterPair CRD.',
					],
					docs: docs.prerequisites,
				});
			}
			const container = deployment.spec.template.spec.containers.find(({ name }) => name === 'stork');
			const image = container?.image;
			// By a digest alone it is not told; the operator keeps the image that it chose.
			const tag = tagOf(image) ?? tagOf((await chosenImage()) ?? '');
			const namespace = deployment.metadata.namespace ?? '';
			if (!isReady(deployment)) {
				return fail({
					id: 'stork-not-ready',
					title: `Stork is not Ready on the ${side} cluster`,
					side,
					evidence: `deployment ${namespace}/stork: no Ready replica`,
					remedies: [
						command(
							'See why',
							shell`kubectl --context ${context} -n ${namespace} describe pods -l name=stork`,
						),
					],
				});
			}
			return {
				namespace,
				ready: deployment.status?.readyReplicas ?? 0,
				wanted: deployment.spec.replicas ?? 1,
				adminNamespace: adminNamespaceOf([...(container?.command ?? []), ...(container?.args ?? [])]),
				...defined({ version: tag, image }),
			};
		}),

		endpoints: remember(async () => {
			const [facts, named, nodes] = await Promise.all([portworx(), services(), api.list(storageNodeType)]);
			const [best, ...others] = endpointsOf(facts, named, nodes ?? []);
			if (!best) {
				return fail({
					id: 'endpoint-unknown',
					title: `No address of Portworx found on the ${side}`,
					side,
					evidence: 'no load balancer, no StorageNode with an address, no node address on its pods',
					remedies: [
						answer(
							`Give an address that the Portworx nodes of the ${side === 'source' ? 'destination' : 'source'} can reach`,
							side === 'source' ? 'pair.back.endpoint' : 'pair.endpoint',
						),
					],
					docs: docs.token,
				});
			}
			return [best, ...others];
		}),
	};
}

/** What may not be seen is no evidence, and no obstacle. */
function unlessForbidden(error: unknown): undefined {
	if (!(error instanceof PairingError && error.problem.id === 'forbidden')) {
		throw error;
	}
}

const tagOf = (image: string | undefined): string | undefined =>
	/:([\w.-]+)$/.exec(image?.split('@')[0] ?? '')?.[1];

const isReady = ({ status }: ObjectOf<typeof deploymentType>): boolean => (status?.readyReplicas ?? 0) > 0;

/** By name, in all namespaces: where Portworx lives is not known yet. */
async function portworxServices(api: ClusterApi): Promise<readonly Service[]> {
	const found = await Promise.all(
		['portworx-service', 'portworx-api'].map(name =>
			api.list(serviceType, { fieldSelector: `metadata.name=${name}` }).then(list => list ?? []),
		),
	);
	return found.flat();
}
