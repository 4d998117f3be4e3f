import type { Credential } from './credential.ts';

/** Which cluster: a context, and the kubeconfig file that holds it when it is not among the usual ones. */
export type ClusterChoice = Readonly<{ context: string; kubeconfig?: string }>;

export const locations = ['auto', 'cloud', 'on-premises'] as const;

export const modes = ['DisasterRecovery', 'Default', 'OneTimeMigration'] as const;
export type Mode = (typeof modes)[number];

/** Where the source's Portworx nodes reach the destination's. */
export type Endpoint = Readonly<{ ip: string; port: number }>;

/** What to do about a namesake that is not as planned. Nothing is overwritten unasked. */
export const policies = ['stop', 'keep', 'replace'] as const;
export type Policy = (typeof policies)[number];

export type PairAnswers = Readonly<{
	name: string;
	namespace: string;
	/** `none` is synchronous (Metro) DR: one Portworx cluster spans both, so no storage is paired. */
	storage: 'paired' | 'none';
	mode?: Mode;
	endpoint?: Endpoint;
	/** Where the source reaches the destination's API server, when that is not the address in the kubeconfig. */
	server?: string;
	/** Whose credentials for the destination travel in the pair: your own, or those of a ServiceAccount made for it. */
	login: Login;
	/** Present: the clusters are paired the other way as well, with what differs there. */
	back?: Readonly<{ endpoint?: Endpoint; server?: string }>;
}>;

export const logins = ['context', 'service-account'] as const;
export type Login = (typeof logins)[number];

export type ObjectStore = Credential | Readonly<{ provider: 'none' }>;

/** Secrets of a pair that can be replaced: the key of the object store, the token of its ServiceAccount, Portworx's cluster token. */
export const rotatables = ['key', 'login', 'token'] as const;
export type Rotatable = (typeof rotatables)[number];

/** Everything that a pairing needs to be told. */
export type Answers = Readonly<{
	source: ClusterChoice;
	destination: ClusterChoice;
	location: (typeof locations)[number];
	objectStore: ObjectStore;
	pair: PairAnswers;
	existing: Readonly<{ credential: Policy; pair: Policy }>;
	/** Ids of problems that the check before the run should only warn of. */
	ignore?: readonly string[];
}>;

export const defaultPair = {
	name: 'remotecluster',
	namespace: 'migrationnamespace',
	storage: 'paired',
	login: 'context',
} as const satisfies PairAnswers;
