import type { ClusterPlan, TwoClusters } from '../cluster-plan.ts';

export type Scenario = Readonly<{
	/** What is special here, in one sentence. */
	about: string;
	clusters: TwoClusters;
	/** How data is stored between them, where that is not as people mostly do on such a platform. */
	store?: PracticeStore;
	/** Of a healthy pair there is nothing to learn. */
	drill?: Drill;
}>;

export type PracticeStore = 'share' | 'role' | 'workload-identity';

/** What a rehearsal is for. */
export type Drill = Readonly<{
	/** The command that shows it, where that is not the pairing itself. */
	command?: 'prove' | 'rotate';
	/** Why this happens on real clusters, and what one does about it. Told when the drill ends. */
	lesson: string;
	/** Options of `pxpair run` with which the same clusters are paired anyway: the way out, to be practised. */
	wayOut?: string;
}>;

const east: ClusterPlan = {
	name: 'practice-east',
	platform: 'eks',
	region: 'us-east-1',
	extraNodes: 0,
	uuid: '5b6f1c1e-ea57-4a57-9a57-70726163ea57',
	install: 'operator',
	namespace: 'portworx',
	portworxVersion: '3.1.6',
	storkVersion: '24.3.0',
	health: 'running',
	pods: 'all-ready',
	security: 'off',
	secretsEndpoint: 'open',
	stork: 'running',
	forbidden: 'nothing',
	endpoint: 'open',
	clusterToken: 'fresh',
	access: 'here',
	credential: 'none',
	login: 'token',
	ca: 'own',
	proxy: 'none',
	apiFromPods: 'open',
	clockAhead: 0,
	curl: 'there',
	refusedKey: 'none',
	migrations: 'none',
	pools: 'free',
	images: 'pulled',
	network: 'steady',
	license: 'enterprise',
	phase: 'Running',
	objects: [],
};

/** Healthy, on EKS: every scenario says how it differs from these. */
export const twoClusters: TwoClusters = {
	east,
	west: {
		...east,
		name: 'practice-west',
		region: 'us-west-2',
		uuid: '91d2a7c4-0e57-4e57-8e57-707261630e57',
	},
};

type Changes = Partial<ClusterPlan>;

export const source = (changes: Changes): TwoClusters => each(changes, {});
export const destination = (changes: Changes): TwoClusters => each({}, changes);
export const both = (changes: Changes): TwoClusters => each(changes, changes);

export function each(source: Changes, destination: Changes): TwoClusters {
	return {
		east: { ...twoClusters.east, ...source },
		west: { ...twoClusters.west, ...destination },
	};
}

export const daemonSetInstall = {
	install: 'daemonset',
	namespace: 'kube-system',
	portworxVersion: '2.11.4',
	storkVersion: '23.8.0',
} as const;
