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
import { storkOf } from '../../pairing/clusters/stork.ts';
import { docs } from '../../pairing/words/docs.ts';
import { otherSide, type Side } from '../../pairing/words/pair.ts';
import { fail, PairingError, unlessProblem } from '../../pairing/words/problem.ts';
import { remember } from '../../pairing/words/remember.ts';
import { answer } from '../../pairing/words/way.ts';
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
			return { version, uid: kubeSystem?.metadata.uid ?? noIdentity(side, context) };
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
			return reportedUuid === undefined || reportedUuid === asked
				? asked
				: ambiguous(side, reportedUuid, asked);
		}),

		stork: remember(async () => {
			const [pairs, deployments] = await Promise.all([
				clusterPairs(),
				api.list(deploymentType, { fieldSelector: 'metadata.name=stork' }),
			]);
			return storkOf({ side, context, pairs, deployments: deployments ?? [], chosenImage });
		}),

		endpoints: remember(async () => {
			const [facts, named, nodes] = await Promise.all([portworx(), services(), api.list(storageNodeType)]);
			const [best, ...others] = endpointsOf(facts, named, nodes ?? []);
			return best ? [best, ...others] : noEndpoint(side);
		}),
	};
}

/** What may not be seen is no evidence, and no obstacle. */
function unlessForbidden(error: unknown): undefined {
	if (!(error instanceof PairingError && error.problem.id === 'forbidden')) {
		throw error;
	}
}

/** By name, in all namespaces: where Portworx lives is not known yet. */
async function portworxServices(api: ClusterApi): Promise<readonly Service[]> {
	const found = await Promise.all(
		['portworx-service', 'portworx-api'].map(name =>
			api.list(serviceType, { fieldSelector: `metadata.name=${name}` }).then(list => list ?? []),
		),
	);
	return found.flat();
}

const noIdentity = (side: Side, context: string): never =>
	fail({
		id: 'identity-unknown',
		title: `Could not identify the cluster of context ${context}`,
		side,
		evidence: 'the namespace kube-system has no UID, or does not exist',
		remedies: ['Check that the server in the kubeconfig is a Kubernetes API server.'],
	});

const ambiguous = (side: Side, reported: string, asked: string): never =>
	fail({
		id: 'uuid-disagreement',
		title: `The cluster UUID of the ${side} is ambiguous`,
		side,
		evidence: `the StorageCluster says ${reported}, pxctl status says ${asked}`,
		remedies: ['Find out which is right: the StorageCluster may be left over from an earlier installation.'],
	});

const noEndpoint = (side: Side): never =>
	fail({
		id: 'endpoint-unknown',
		title: `No address of Portworx found on the ${side}`,
		side,
		evidence: 'no load balancer, no StorageNode with an address, no node address on its pods',
		remedies: [
			answer(
				`Give an address that the Portworx nodes of the ${otherSide(side)} can reach`,
				side === 'source' ? 'pair.back.endpoint' : 'pair.endpoint',
			),
		],
		docs: docs.token,
	});
