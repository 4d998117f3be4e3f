/** How the pretend pxctl behaves; every field can change while it runs. */
export type PxctlSettings = Readonly<{
	/** `2.5.1`, `2.11.4`, `3.1.0`: decides flags and the lines of `status`. */
	version: string;
	uuid: string;
	clusterName: string;
	nodes: readonly string[];
	port: number;
	health: 'running' | 'not-running' | 'maintenance';
	/** Pods whose own node does not run Portworx although the cluster does. */
	podsDown: readonly string[];
	license: 'enterprise' | 'trial-ending' | 'essential';
	/** The admin token that PX-Security asks for; undefined while security is off. */
	adminToken: string | undefined;
	/** `closed` until `pxctl secrets kvdb login`. */
	secretsEndpoint: 'open' | 'closed';
	/** An access key ID, account or project that the practice object store refuses from now on; `*` refuses all. */
	storeRefuses: string | undefined;
	/** A secret that it refuses instead of `WRONG`. */
	refusedSecret?: string;
	/** `stale`: `cluster token show` shows a token that pairing refuses, until it is reset. */
	clusterToken: 'fresh' | 'stale';
}>;
