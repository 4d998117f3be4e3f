import type {
	ClusterApi,
	ClusterWorld,
	Discovery,
	PodView,
	Pxctl,
	World,
} from '../../source/pairing/clusters/ports.ts';
import type { KubeObject, ResourceType } from '../../source/pairing/clusters/resource-type.ts';
import { type Manifest, revealManifest } from '../../source/pairing/words/manifest.ts';
import type { Side } from '../../source/pairing/words/pair.ts';
import { clusterProblem, PairingError } from '../../source/pairing/words/problem.ts';
import type { ProblemId } from '../../source/pairing/words/problem-ids.ts';
import { Secret } from '../../source/pairing/words/secret.ts';

/** What is otherwise than in two healthy clusters. */
export type Otherwise = Readonly<{
	server?: string;
	api?: Partial<ClusterApi>;
	objects?: readonly StoredObject[];
	discovery?: Partial<Discovery>;
	pxctl?: Partial<Pxctl>;
	podView?: Partial<PodView>;
	login?: ClusterWorld['login'];
}>;

/** As the API server has it. */
export type StoredObject = Readonly<{ kind: string; metadata: Record<string, unknown> & { name: string } }> &
	Readonly<Record<string, unknown>>;

export const uuids: Readonly<Record<Side, string>> = {
	source: '5b6f1c1e-0000-4000-8000-00000000ea57',
	destination: '9d2e4a77-0000-4000-8000-00000000e577',
};

const contexts: Readonly<Record<Side, string>> = { source: 'east', destination: 'west' };

export const worldWith = (otherwise: Partial<Record<Side, Otherwise>> = {}): World => ({
	source: clusterWith('source', otherwise.source),
	destination: clusterWith('destination', otherwise.destination),
});

/** One cluster in which everything is as it should be, and nothing has been made yet. */
export function clusterWith(side: Side, otherwise: Otherwise = {}): ClusterWorld {
	const context = contexts[side];
	const server = otherwise.server ?? `https://${context}.example:6443`;
	return {
		side,
		context,
		server,
		logIn: async () => {},
		api: { ...memoryApi(otherwise.objects), ...otherwise.api },
		discovery: {
			api: async () => ({ version: 'v1.31.0', uid: `uid of ${context}` }),
			platform: async () => ({
				location: 'cloud',
				name: 'Amazon EKS',
				confidence: 'certain',
				evidence: 'node providerID aws:///…',
			}),
			portworx: async () => ({
				install: 'operator',
				namespace: 'portworx',
				pods: [{ namespace: 'portworx', name: `px-${context}-1` }],
				podCount: 1,
				version: '3.1.6',
				phase: 'Running',
				secured: false,
				startPort: 9001,
			}),
			portworxVersion: () => undefined,
			uuid: async () => uuids[side],
			stork: async () => ({
				namespace: 'portworx',
				version: '24.3.0',
				adminNamespace: 'kube-system',
				ready: 3,
				wanted: 3,
			}),
			clusterPairs: async () => [],
			endpoints: async () => [{ ip: '10.0.0.7', port: 9001 }],
			...otherwise.discovery,
		},
		pxctl: {
			clusterUuid: async () => uuids[side],
			resetClusterToken: nobodyAsked,
			deletePair: nobodyAsked,
			license: async () => 'PX-Enterprise',
			state: async () => 'PX is operational',
			validateCredential: async () => ({ kind: 'absent' }),
			createCredential: nobodyAsked,
			storedCredential: async () => undefined,
			deleteCredential: nobodyAsked,
			pairs: async () => [],
			showClusterToken: async () => new Secret(`canary-token-of-${context}`),
			...otherwise.pxctl,
		},
		podView: {
			ask: async ({ url }) =>
				url.endsWith('/version')
					? { kind: 'answered', status: 200, body: '{"gitVersion": "v1.31.0"}', trusted: true }
					: {
							kind: 'answered',
							status: 200,
							body: '{"Version":"3.1.6","SchedulerInfo":{},"StorageSpec":{}}',
							trusted: undefined,
						},
			clock: async () => ({ ahead: 0, uncertainty: 10 }),
			tryStore: async () => ({ kind: 'accepted', evidence: 'ListBuckets: 200' }),
			...otherwise.podView,
		},
		specGenerator: {
			title: 'the built-in generator',
			generate: async (name, namespace) => generatedSpec(context, server, name, namespace),
		},
		login:
			otherwise.login ??
			(async () => ({
				server,
				proxy: undefined,
				ca: { kind: 'own', pem: 'PEM' },
				serverName: undefined,
				user: { kind: 'token', until: undefined },
			})),
	};
}

const nobodyAsked = async (): Promise<never> => {
	throw new Error('no one asked for that');
};

const generatedSpec = (context: string, server: string, name: string, namespace: string): Manifest => ({
	apiVersion: 'stork.libopenstorage.org/v1alpha1',
	kind: 'ClusterPair',
	metadata: { name, namespace },
	spec: {
		config: {
			clusters: { [context]: { server, 'certificate-authority-data': 'UEVN' } },
			contexts: { [context]: { cluster: context, user: 'operator' } },
			'current-context': context,
			users: { operator: { token: new Secret(`canary-login-of-${context}`) } },
		},
		options: {},
	},
});

/** An API server that keeps what it is given, and fills nothing in. */
export function memoryApi(objects: readonly StoredObject[] = []): ClusterApi {
	const kept = new Map(objects.map(object => [keyOf(object.kind, object.metadata), object]));
	const keep = async ({ kind }: ResourceType, manifest: Manifest): Promise<KubeObject> => {
		const object = revealManifest(manifest) as unknown as StoredObject;
		kept.set(keyOf(kind, object.metadata), object);
		return object as unknown as KubeObject;
	};
	return {
		get: async ({ kind }, name, namespace) => kept.get(keyOf(kind, { name, namespace })) as never,
		list: async ({ kind }) => [...kept.values()].filter(object => object.kind === kind) as never,
		async create(type, manifest) {
			const { name, namespace } = manifest.metadata as { name: string; namespace?: string };
			if (kept.has(keyOf(type.kind, { name, namespace }))) {
				throw refused('conflict');
			}
			return keep(type, manifest);
		},
		apply: keep,
		merge: nobodyAsked,
		async delete({ kind }, name, namespace) {
			return kept.delete(keyOf(kind, { name, namespace })) ? 'accepted' : 'absent';
		},
		nextChange: nobodyAsked,
		version: async () => 'v1.31.0',
		mayI: async () => true,
		userOf: async () => 'system:serviceaccount:kube-system:someone',
		tenants: async () => [],
	};
}

const keyOf = (kind: string, { name, namespace }: Readonly<Record<string, unknown>>): string =>
	`${kind} ${namespace ?? ''}/${name}`;

export const refused = (id: ProblemId, side: Side = 'source'): PairingError =>
	new PairingError(clusterProblem({ id, side, title: id, remedies: ['Try again.'] }));
