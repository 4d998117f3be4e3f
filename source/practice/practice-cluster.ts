import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApiServer } from './api-server.ts';
import type { ClusterPlan } from './cluster-plan.ts';
import type { BegunExec, FaultHook, ObjectStore, RequestRecord } from './contract.ts';
import { deniedRules } from './forbidden.ts';
import { createPodLogs, speaking } from './logs/pod-logs.ts';
import { createObjectStore } from './object-store.ts';
import { createClusterObjects } from './objects/cluster-objects.ts';
import { nodeNames } from './objects/nodes.ts';
import { platforms } from './objects/platforms.ts';
import { isReady } from './objects/pods.ts';
import { type ClusterPods, createClusterPods } from './pod/cluster-pods.ts';
import type { Files } from './pod/files.ts';
import { createPodNetwork, type Surroundings } from './pod-network/pod-network.ts';
import { startPortworxEndpoint } from './portworx-endpoint.ts';
import { startPretendStork } from './pretend-stork.ts';
import { existingCredential } from './pxctl/existing-credential.ts';
import { adminTokenOf, podsNotReady, settingsOf, unreadyNodes } from './pxctl/planned.ts';
import { refusedBy } from './pxctl/refused.ts';
import { createPxctlState, type PxctlState } from './pxctl/state.ts';
import { resources } from './resources.ts';
import { startMigrations } from './stork/migrations.ts';
import { startClaims } from './volumes/claims.ts';
import { startSimplePods } from './volumes/simple-pods.ts';
import { type AllVolumes, volumesOf } from './volumes/volumes.ts';
import { dropsOnce } from './way-in/drops-once.ts';
import { administrator, administratorToken } from './way-in/logins.ts';
import { closedPort } from './way-in/loopback.ts';
import { openWayIn, type WayIn } from './way-in/way-in.ts';

/** One running practice cluster, and what a test may ask of it. */
export type PracticeCluster = Readonly<{
	/** `practice-east` or `practice-west`, as the kubeconfig calls it. */
	name: string;
	url: string;
	caPem: string;
	/** The administrator's bearer token, as the API server accepts it. */
	token: string;
	store: ObjectStore;
	/** Portworx's cluster UUID. */
	uuid: string;
	/** Where the Portworx management endpoint really listens, on 127.0.0.1. */
	portworxPort: number;
	portworxNamespace: string;
	/** The token of `px-admin-token`, when PX-Security is on. */
	adminToken: string | undefined;
	/** How the kubeconfig gets here, and what went through its proxy. */
	wayIn: WayIn;
	/** Every request the API server received, oldest first. */
	requests: RequestRecord[];
	/** Every exec that began in its pods, oldest first. */
	execs: BegunExec[];
	/** The files of each Portworx pod's `portworx` container, by the pod's name. */
	podFiles(): ReadonlyMap<string, Files>;
	/** The commands that run in pods. */
	running(): string[];
	/** Calls back on each process that begins in a pod; the answer ends it. */
	listenInPods: ClusterPods['listen'];
	/** Removes what lies in the folder for login plugins, without waiting. */
	removeNow(): void;
	close(): Promise<void>;
}> &
	/** `set` changes how the pretend pxctl behaves from now on. */
	Pick<PxctlState, 'credentials' | 'pairs' | 'clusterToken' | 'set'> &
	Readonly<{ portworx: PxctlState }>;

export type ClusterOptions = Readonly<{
	plan: ClusterPlan;
	/** Of the cluster that this one is to be paired with. */
	other: ClusterPlan;
	/** Shared by all clusters: each adds its own API server. */
	closedToPods: Map<string, 'refused' | 'silent'>;
	/** Shared by all clusters: each adds the volumes of its Portworx. */
	volumes: AllVolumes;
	/** Shared by all clusters: each adds the ports that it listens on. */
	ownPorts: Set<number>;
	openToPods: Surroundings['openToPods'];
	folder: string | undefined;
	latency: number | undefined;
	fault: FaultHook | undefined;
	storkInterval: number | undefined;
	storkPause: number | undefined;
	namespacePause: number | undefined;
}>;

export async function startPracticeCluster(options: ClusterOptions): Promise<PracticeCluster> {
	const {
		plan,
		other,
		closedToPods,
		volumes: all,
		ownPorts,
		openToPods,
		folder: parent,
		latency = 0,
		fault,
		storkInterval = 2000,
		storkPause = 0,
		namespacePause = 0,
	} = options;
	const { name, uuid, namespace } = plan;
	const token = administratorToken(plan);
	const adminToken = plan.security === 'on' ? adminTokenOf(name) : undefined;
	const requests: RequestRecord[] = [];
	const execs: BegunExec[] = [];
	const failing = fault ?? (plan.network === 'drops-once' ? dropsOnce() : undefined);
	const store = createObjectStore();

	const silent = createPxctlState(settingsOf(plan, adminToken));
	if (plan.credential !== 'none') silent.addCredential(existingCredential(other, plan.credential));
	const { logs, write, follow } = createPodLogs(store, silent, plan.storkVersion);
	const state = speaking(silent, message => write('portworx', 'info', message));
	const endpoint = await startPortworxEndpoint(state);
	const pods: ClusterPods = createClusterPods(plan, store, {
		portworx: state,
		pairWith: endpoint.pairWith,
		network: createPodNetwork({
			closedToPods,
			openToPods,
			refused: () => refusedBy(state.settings()),
		}),
	});
	const startPort = plan.endpoint === 'open' ? endpoint.port : await closedPort();
	createClusterObjects(store, plan, { startPort, adminToken, unready: unreadyNodes(plan) });
	state.set({ port: endpoint.port, podsDown: podsNotReady(store) });

	const server = await startApiServer({
		name,
		version: platforms[plan.platform].kubernetesVersion,
		store,
		runner: pods.runner,
		tokens: { [token]: administrator },
		denied: deniedRules[plan.forbidden],
		logs,
		latency,
		namespacePause,
		onRequest: record => void requests.push(record),
		onExec: exec => void execs.push(exec),
		...(failing && { fault: failing }),
	});
	const volumes = volumesOf(all, uuid);
	const stopVolumes = [
		follow(),
		startClaims(store, { volumes, isFull: plan.pools === 'full' }),
		startSimplePods(store, { pods, volumes, node: nodeNames(plan)[0] ?? '', images: plan.images }),
	];
	const folder = mkdtempSync(join(parent ?? tmpdir(), `pxpair-${name}-`));
	const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
	const wayIn = await openWayIn(plan, { server, token, folder });
	for (const port of [server.port, endpoint.port, Number(new URL(wayIn.cluster.server).port)])
		ownPorts.add(port);
	if (plan.apiFromPods !== 'open') closedToPods.set(new URL(wayIn.cluster.server).host, plan.apiFromPods);
	const isUp = () =>
		store.view(resources.pods, namespace).some(pod => pod.metadata.labels?.name === 'stork' && isReady(pod));
	const stork =
		plan.stork === 'running'
			? startPretendStork({
					store,
					endpoint,
					portworx: state,
					interval: storkInterval,
					pause: storkPause,
					closedToPods,
					version: plan.storkVersion,
					isUp,
					log: line => write('stork', 'error', line),
				})
			: undefined;
	const migrations =
		stork && plan.migrations !== 'off'
			? startMigrations({
					store,
					own: volumes,
					all,
					fault: plan.migrations,
					pace: storkPause > 0 ? 1200 : 60,
					interval: storkInterval,
					closedToPods,
					storkVersion: plan.storkVersion,
					isUp,
				})
			: undefined;

	return {
		name,
		url: server.url,
		caPem: server.caPem,
		token,
		store,
		uuid,
		portworxPort: endpoint.port,
		portworxNamespace: namespace,
		adminToken,
		wayIn,
		requests,
		execs,
		podFiles: pods.portworxFiles,
		running: pods.running,
		listenInPods: pods.listen,
		credentials: state.credentials,
		portworx: state,
		pairs: state.pairs,
		clusterToken: state.clusterToken,
		set: state.set,
		removeNow: remove,
		async close() {
			for (const stop of stopVolumes) stop();
			await Promise.all([
				stork?.close(),
				migrations?.close(),
				wayIn.close(),
				server.close(),
				endpoint.close(),
				pods.close(),
			]);
			remove();
		},
	};
}
