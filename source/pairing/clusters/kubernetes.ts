import * as z from 'zod';

/** A kind of Kubernetes object with the part of its shape that this program reads; all else passes through unread. */
export type ResourceType<Shape extends z.ZodType = z.ZodType> = Readonly<{
	apiVersion: string;
	kind: string;
	plural: string;
	scope: 'namespace' | 'cluster';
	shape: Shape;
}>;

export type ObjectOf<T extends ResourceType> = z.infer<T['shape']>;

const stringMap = z.record(z.string(), z.string());

const metadata = z.looseObject({
	name: z.string(),
	namespace: z.string().optional(),
	uid: z.string().optional(),
	resourceVersion: z.string().optional(),
	creationTimestamp: z.string().nullish(),
	deletionTimestamp: z.string().optional(),
	labels: stringMap.optional(),
	annotations: stringMap.optional(),
	finalizers: z.array(z.string()).optional(),
	managedFields: z
		.array(z.looseObject({ manager: z.string().optional(), subresource: z.string().optional() }))
		.optional(),
});

export const objectShape = z.looseObject({ metadata });
export type KubeObject = z.infer<typeof objectShape>;

const core = { apiVersion: 'v1' } as const;

export const namespaceType = {
	...core,
	kind: 'Namespace',
	plural: 'namespaces',
	scope: 'cluster',
	shape: z.looseObject({
		metadata,
		status: z
			.looseObject({
				phase: z.string().optional(),
				/** While it is Terminating: what holds it. */
				conditions: z
					.array(
						z.looseObject({
							type: z.string(),
							status: z.string().optional(),
							message: z.string().optional(),
						}),
					)
					.optional(),
			})
			.optional(),
	}),
} as const satisfies ResourceType;

export const nodeType = {
	...core,
	kind: 'Node',
	plural: 'nodes',
	scope: 'cluster',
	shape: z.looseObject({
		metadata,
		spec: z.looseObject({ providerID: z.string().optional() }).optional(),
		status: z
			.looseObject({ nodeInfo: z.looseObject({ osImage: z.string().optional() }).optional() })
			.optional(),
	}),
} as const satisfies ResourceType;

/** OpenShift's own account of what it stands on: one object, named `cluster`. */
export const infrastructureType = {
	apiVersion: 'config.openshift.io/v1',
	kind: 'Infrastructure',
	plural: 'infrastructures',
	scope: 'cluster',
	shape: z.looseObject({
		metadata,
		status: z
			.looseObject({
				platformStatus: z
					.looseObject({
						type: z.string().optional(),
						aws: z.looseObject({ region: z.string().optional() }).optional(),
						gcp: z
							.looseObject({ region: z.string().optional(), projectID: z.string().optional() })
							.optional(),
						ibmcloud: z.looseObject({ location: z.string().optional() }).optional(),
					})
					.optional(),
			})
			.optional(),
	}),
} as const satisfies ResourceType;

export const podType = {
	...core,
	kind: 'Pod',
	plural: 'pods',
	scope: 'namespace',
	shape: z.looseObject({
		metadata,
		spec: z.looseObject({
			nodeName: z.string().optional(),
			containers: z.array(z.looseObject({ name: z.string(), image: z.string().optional() })),
		}),
		status: z.looseObject({
			phase: z.string().optional(),
			hostIP: z.string().optional(),
			conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })).optional(),
		}),
	}),
} as const satisfies ResourceType;

export const serviceType = {
	...core,
	kind: 'Service',
	plural: 'services',
	scope: 'namespace',
	shape: z.looseObject({
		metadata,
		spec: z.looseObject({
			type: z.string().optional(),
			ports: z
				.array(
					z.looseObject({
						name: z.string().optional(),
						port: z.number(),
						targetPort: z.union([z.number(), z.string()]).optional(),
					}),
				)
				.optional(),
		}),
		status: z
			.looseObject({
				loadBalancer: z
					.looseObject({
						ingress: z
							.array(z.looseObject({ ip: z.string().optional(), hostname: z.string().optional() }))
							.optional(),
					})
					.optional(),
			})
			.optional(),
	}),
} as const satisfies ResourceType;

export const secretType = {
	...core,
	kind: 'Secret',
	plural: 'secrets',
	scope: 'namespace',
	shape: z.looseObject({ metadata, data: stringMap.optional() }),
} as const satisfies ResourceType;

export const serviceAccountType = {
	...core,
	kind: 'ServiceAccount',
	plural: 'serviceaccounts',
	scope: 'namespace',
	shape: objectShape,
} as const satisfies ResourceType;

export const clusterRoleBindingType = {
	apiVersion: 'rbac.authorization.k8s.io/v1',
	kind: 'ClusterRoleBinding',
	plural: 'clusterrolebindings',
	scope: 'cluster',
	shape: z.looseObject({
		metadata,
		roleRef: z.looseObject({ name: z.string() }),
		subjects: z
			.array(z.looseObject({ kind: z.string(), name: z.string(), namespace: z.string().optional() }))
			.optional(),
	}),
} as const satisfies ResourceType;

export const clusterRoleType = {
	apiVersion: 'rbac.authorization.k8s.io/v1',
	kind: 'ClusterRole',
	plural: 'clusterroles',
	scope: 'cluster',
	shape: objectShape,
} as const satisfies ResourceType;

export const eventType = {
	...core,
	kind: 'Event',
	plural: 'events',
	scope: 'namespace',
	shape: z.looseObject({
		metadata,
		type: z.string().optional(),
		reason: z.string().optional(),
		message: z.string().optional(),
		lastTimestamp: z.string().nullish(),
	}),
} as const satisfies ResourceType;

export const storageClusterType = {
	apiVersion: 'core.libopenstorage.org/v1',
	kind: 'StorageCluster',
	plural: 'storageclusters',
	scope: 'namespace',
	shape: z.looseObject({
		metadata,
		spec: z
			.looseObject({
				startPort: z.number().optional(),
				secretsProvider: z.string().optional(),
				cloudStorage: z.looseObject({ provider: z.string().optional() }).optional(),
				security: z
					.looseObject({
						enabled: z.boolean().optional(),
						auth: z.looseObject({ enabled: z.boolean().optional() }).optional(),
					})
					.optional(),
			})
			.optional(),
		status: z
			.looseObject({
				clusterUid: z.string().optional(),
				clusterName: z.string().optional(),
				version: z.string().optional(),
				phase: z.string().optional(),
			})
			.optional(),
	}),
} as const satisfies ResourceType;

export const storageNodeType = {
	apiVersion: 'core.libopenstorage.org/v1',
	kind: 'StorageNode',
	plural: 'storagenodes',
	scope: 'namespace',
	shape: z.looseObject({
		metadata,
		status: z
			.looseObject({
				phase: z.string().optional(),
				network: z.looseObject({ mgmtIP: z.string().optional(), dataIP: z.string().optional() }).optional(),
			})
			.optional(),
	}),
} as const satisfies ResourceType;

export const deploymentType = {
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	plural: 'deployments',
	scope: 'namespace',
	shape: z.looseObject({
		metadata,
		spec: z.looseObject({
			replicas: z.number().optional(),
			template: z.looseObject({
				spec: z.looseObject({
					containers: z.array(z.looseObject({ name: z.string(), image: z.string().optional() })),
				}),
			}),
		}),
		status: z.looseObject({ readyReplicas: z.number().optional() }).optional(),
	}),
} as const satisfies ResourceType;

export const clusterPairType = {
	apiVersion: 'stork.libopenstorage.org/v1alpha1',
	kind: 'ClusterPair',
	plural: 'clusterpairs',
	scope: 'namespace',
	shape: z.looseObject({
		metadata,
		spec: z.looseObject({}).optional(),
		status: z
			.looseObject({
				storageStatus: z.string().optional(),
				schedulerStatus: z.string().optional(),
				remoteStorageId: z.string().optional(),
			})
			.optional(),
	}),
} as const satisfies ResourceType;

export type NodeObject = ObjectOf<typeof nodeType>;
export type Infrastructure = ObjectOf<typeof infrastructureType>;
export type Pod = ObjectOf<typeof podType>;
export type Service = ObjectOf<typeof serviceType>;
export type StorageCluster = ObjectOf<typeof storageClusterType>;
export type StorageNode = ObjectOf<typeof storageNodeType>;
export type ClusterPairObject = ObjectOf<typeof clusterPairType>;
