/**
 * What a kubeconfig context says about reaching and logging in to its cluster, without any credential. All of it travels in a
 * ClusterPair, and is used there from inside Stork's pod on the other cluster.
 */
export type LoginFacts = Readonly<{
	/** Address of the API server, without a name and password. */
	server: string;
	/** `host:port` of a proxy between here and there. */
	proxy: string | undefined;
	/** PEM of the CA that the entry names; `system` leaves it to the machine, `unchecked` takes any certificate. */
	ca: Readonly<{ kind: 'own'; pem: string } | { kind: 'system' } | { kind: 'unchecked' }>;
	serverName: string | undefined;
	user: UserFacts;
	/** The user whom it acts as (`as`), with a login of its own. */
	actsAs?: string;
	/** Why client-go refuses it before it sends anything. */
	refused?: string;
}>;

/** How the context logs in. `until` is milliseconds since 1970; undefined when it is not known or never ends. */
export type UserFacts = Readonly<
	| { kind: 'token'; until: number | undefined; issuer?: TokenIssuer }
	| { kind: 'certificate'; from: number | undefined; until: number | undefined }
	| { kind: 'exec'; command: string; apiVersion: string }
	/** OpenID Connect: `renews` with a refresh token. */
	| { kind: 'auth-provider'; until: number | undefined; renews: boolean }
	/** Another auth-provider, such as gcp: Kubernetes clients no longer have it. */
	| { kind: 'removed-provider'; name: string }
	| { kind: 'password' }
	| { kind: 'none' }
>;

/** Of tokens that do not say when they end, those whose form says who gave them, and so how long they last. */
export type TokenIssuer = 'openshift' | 'eks' | 'google' | 'rancher';
