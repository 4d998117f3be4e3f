import type { Endpoint } from '../answers/answers.ts';
import { isAddress, isPort } from '../answers/well-formed.ts';
import { shell } from '../words/command.ts';
import { defined } from '../words/json.ts';
import type { Side } from '../words/pair.ts';
import { fail } from '../words/problem.ts';
import { command, thenRetry } from '../words/way.ts';
import type { PodRef, PortworxFacts } from './cluster.ts';
import type { Pod, Service } from './kubernetes.ts';
import type { StorageCluster, StorageNode } from './portworx-kinds.ts';

/** Exactly this label: the `portworx-api` pods run an image without a shell. */
export const portworxSelector = 'name=portworx';
export const portworxContainer = 'portworx';
export const pxctlPath = '/opt/pwx/bin/pxctl';

export const defaultStartPort = 9001;

export type PortworxSightings = Readonly<{
	side: Side;
	context: string;
	pods: readonly Pod[];
	/** undefined: the operator's types are not served here. */
	storageClusters: readonly StorageCluster[] | undefined;
	/** The services named portworx-service and portworx-api, wherever they are. */
	services: readonly Service[];
}>;

/** @throws PairingError when there is no Portworx, more than one, or none of its pods is Ready */
export function portworxOf(sightings: PortworxSightings): PortworxFacts {
	const { pods, services } = sightings;
	const { counting, leftAside } = thoseThatCount(sightings.storageClusters ?? []);
	if (counting.length > 1) {
		return several(sightings, counting.map(described));
	}
	const storageCluster = counting[0];
	const own = pods.filter(
		pod => !storageCluster || pod.metadata.namespace === storageCluster.metadata.namespace,
	);
	const namespaces = [...new Set(own.map(pod => pod.metadata.namespace ?? ''))];
	if (namespaces.length > 1) {
		return several(
			sightings,
			namespaces.map(name => `namespace ${name}`),
		);
	}
	const namespace = storageCluster?.metadata.namespace ?? namespaces[0];
	if (namespace === undefined) {
		return noPortworx(sightings);
	}
	const [first, ...others] = own.filter(isUsable).map(podRef).sort(byName);
	if (!first) {
		return notReady(sightings, namespace, own);
	}
	const version = storageCluster?.status?.version ?? imageVersion(own);
	return {
		namespace,
		pods: [first, ...others],
		podCount: own.length,
		startPort: storageCluster?.spec?.startPort ?? portOfServices(services, namespace) ?? defaultStartPort,
		...(version && { version }),
		...(leftAside.length > 0 && { leftAside }),
		...(storageCluster ? saidBy(storageCluster) : withoutStorageCluster(own)),
	};
}

type Install = Pick<PortworxFacts, 'install' | 'secured'> & Partial<PortworxFacts>;

function saidBy(storageCluster: StorageCluster): Install {
	const { metadata, spec, status } = storageCluster;
	const security = spec?.security;
	return {
		install: 'operator',
		secured: security?.enabled === true && security.auth?.enabled !== false,
		// What is empty says nothing either.
		...defined({
			reportedUuid: status?.clusterUid || undefined,
			phase: status?.phase || undefined,
			condition: conditionOf(storageCluster) || undefined,
			deletedSince: metadata.deletionTimestamp || undefined,
			secretsProvider: spec?.secretsProvider || undefined,
			azureEnvironment: spec?.env?.find(({ name }) => name === 'AZURE_ENVIRONMENT')?.value || undefined,
		}),
	};
}

const withoutStorageCluster = (pods: readonly Pod[]): Install =>
	pods.some(isOfOperator)
		? { install: 'operator', secured: false, isUnclaimed: true }
		: { install: 'daemonset', secured: false };

const disablesStorage = 'operator.libopenstorage.org/disable-storage';

/** One without storage runs no Portworx (libopenstorage/operator, isPortworxEnabled); one that is being deleted counts if it is alone. */
function thoseThatCount(all: readonly StorageCluster[]) {
	const enabled = all.filter(
		({ metadata }) => !/^(1|t|true)$/i.test(metadata.annotations?.[disablesStorage] ?? ''),
	);
	const lasting = enabled.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
	const counting = lasting.length > 0 ? lasting : enabled;
	const leftAside = all
		.filter(cluster => !counting.includes(cluster))
		.map(
			cluster =>
				`${placeOf(cluster)} ${enabled.includes(cluster) ? `(being deleted since ${cluster.metadata.deletionTimestamp})` : '(storage disabled)'}`,
		);
	return { counting, leftAside };
}

const placeOf = ({ metadata }: StorageCluster): string => `${metadata.namespace ?? ''}/${metadata.name}`;

const described = (cluster: StorageCluster): string =>
	`StorageCluster ${placeOf(cluster)}, phase ${cluster.status?.phase ?? 'unknown'}`;

const isOfOperator = ({ metadata }: Pod): boolean =>
	metadata.labels?.['operator.libopenstorage.org/managed-by'] !== undefined;

/** Of what is not completed. The operator writes `Online`, `Completed` and the like where all is well. */
const conditionOf = ({ status }: StorageCluster): string | undefined =>
	(status?.conditions ?? []).find(
		condition => condition.message && !/^(online|completed|success\w*|true)$/i.test(condition.status ?? ''),
	)?.message ?? status?.reason;

/**
 * Where the other cluster's Portworx nodes find this one's, the best first: a load balancer if there is one, else each node that
 * runs it. A service keeps port 9001 whatever the nodes use; a node is reached at the start port.
 */
export function endpointsOf(
	portworx: PortworxFacts,
	services: readonly Service[],
	storageNodes: readonly StorageNode[],
): readonly Endpoint[] {
	const balanced = services
		.filter(
			service => service.metadata.namespace === portworx.namespace && service.spec.type === 'LoadBalancer',
		)
		.flatMap(service => {
			const ingress = service.status?.loadBalancer?.ingress?.[0];
			const host = ingress?.hostname ?? ingress?.ip;
			return host ? [{ ip: host, port: apiPort(service)?.port ?? defaultStartPort }] : [];
		});
	const nodes = storageNodes
		.filter(({ metadata, status }) => metadata.namespace === portworx.namespace && isOnline(status?.phase))
		.flatMap(({ status }) => status?.network?.mgmtIP || status?.network?.dataIP || [])
		.sort();
	const hosts = [...nodes, ...portworx.pods.flatMap(({ hostIP }) => hostIP ?? [])];
	return [...balanced, ...[...new Set(hosts)].map(ip => ({ ip, port: portworx.startPort }))].filter(
		({ ip, port }) => isAddress(ip) && isPort(port),
	);
}

export const isReady = (pod: Pod): boolean =>
	pod.status.phase === 'Running' &&
	pod.metadata.deletionTimestamp === undefined &&
	(pod.status.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True');

/** Of an install without the operator: its image is named after the version that it brings. */
const imageVersion = (pods: readonly Pod[]): string | undefined =>
	pods
		.flatMap(({ spec }) => spec.containers)
		.filter(({ name }) => name === portworxContainer)
		.map(({ image }) => /:(\d+\.\d+\.\d+[\w.-]*)(?:@|$)/.exec(image ?? '')?.[1])
		.find(version => version !== undefined);

const isUsable = (pod: Pod): boolean =>
	isReady(pod) && pod.spec.containers.some(({ name }) => name === portworxContainer);

const isOnline = (phase: string | undefined): boolean =>
	phase === undefined || /^(online|running)$/i.test(phase);

const podRef = ({ metadata, status }: Pod): PodRef => ({
	namespace: metadata.namespace ?? '',
	name: metadata.name,
	...(status.hostIP && { hostIP: status.hostIP }),
});

const byName = (a: PodRef, b: PodRef): number => (a.name < b.name ? -1 : 1);

const apiPort = (service: Service) =>
	(service.spec.ports ?? []).find(({ name, port }) => name === 'px-api' || port === defaultStartPort);

function portOfServices(services: readonly Service[], namespace: string): number | undefined {
	return services
		.filter(({ metadata }) => metadata.namespace === namespace)
		.map(service => apiPort(service)?.targetPort)
		.find(port => typeof port === 'number');
}

function noPortworx({ side, context }: PortworxSightings): never {
	return fail({
		id: 'portworx-not-found',
		title: `No Portworx on the ${side} cluster`,
		side,
		evidence: `context ${context}: no StorageCluster and no pod labelled ${portworxSelector} in any namespace`,
		remedies: [`Check that ${context} is the right cluster.`, thenRetry(`Or install Portworx there first`)],
	});
}

function notReady({ side, context }: PortworxSightings, namespace: string, pods: readonly Pod[]): never {
	const phases = pods.map(pod => `${pod.metadata.name} ${pod.status.phase ?? 'unknown'}, not Ready`);
	return fail({
		id: 'portworx-not-ready',
		title: `No Portworx pod is Ready on the ${side} cluster`,
		side,
		evidence: `namespace ${namespace}: ${phases.slice(0, 3).join('; ') || `no pod labelled ${portworxSelector}`}`,
		remedies: [
			command(
				'See why',
				shell`kubectl --context ${context} -n ${namespace} describe pods -l ${portworxSelector}`,
			),
			'Run this again when one is Ready.',
		],
	});
}

function several({ side, context }: PortworxSightings, found: readonly string[]): never {
	return fail({
		id: 'portworx-ambiguous',
		title: `More than one Portworx on the ${side} cluster`,
		side,
		evidence: `context ${context}: ${found.join('; ')}`,
		remedies: ['Remove the one that is not in use: a cluster can run only one.'],
	});
}
