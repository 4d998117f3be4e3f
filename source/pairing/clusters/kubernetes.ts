import * as z from 'zod';
import { outsideText } from '../words/outside-text.ts';

/** A kind of Kubernetes object with the part of its shape that this program reads; all else passes through unread, or is dropped. */
export type ResourceType<Shape extends z.ZodType = z.ZodType> = Readonly<{
	apiVersion: string;
	kind: string;
	plural: string;
	scope: 'namespace' | 'cluster';
	shape: Shape;
}>;

export type ObjectOf<T extends ResourceType> = z.infer<T['shape']>;

/** What a cluster says may be printed from here on. Of a name nothing is lost by it: Kubernetes takes none that would be changed. */
export const outside = z.string().transform((text): string => outsideText(text));

/** Kept as it is: it is compared, decoded or sent on, and cleaned where it is told. */
const stringMap = z.record(z.string(), z.string());

export const metadata = z.looseObject({
	name: outside,
	namespace: outside.optional(),
	uid: outside.optional(),
	resourceVersion: outside.optional(),
	creationTimestamp: outside.nullish(),
	deletionTimestamp: outside.optional(),
	labels: stringMap.optional(),
	annotations: stringMap.optional(),
	finalizers: z.array(outside).optional(),
	managedFields: z
		.array(z.looseObject({ manager: outside.optional(), subresource: outside.optional() }))
		.optional(),
});

/** Of what is listed by the hundred nothing is kept that is not read. */
const ofMany = z.object(metadata.shape).omit({ managedFields: true, finalizers: true });

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
				phase: outside.optional(),
				/** While it is Terminating: what holds it. */
				conditions: z
					.array(
						z.looseObject({
							type: outside,
							status: outside.optional(),
							message: outside.optional(),
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
	shape: z.object({
		metadata: ofMany,
		spec: z.object({ providerID: outside.optional() }).optional(),
		status: z.object({ nodeInfo: z.object({ osImage: outside.optional() }).optional() }).optional(),
	}),
} as const satisfies ResourceType;

/** OpenShift's own account of what it runs on: one object, named `cluster`. */
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
						type: outside.optional(),
						aws: z.looseObject({ region: outside.optional() }).optional(),
						gcp: z.looseObject({ region: outside.optional(), projectID: outside.optional() }).optional(),
						ibmcloud: z.looseObject({ location: outside.optional() }).optional(),
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
	shape: z.object({
		metadata: ofMany.omit({ annotations: true }),
		spec: z.object({
			nodeName: outside.optional(),
			containers: z.array(z.object({ name: outside, image: outside.optional() })),
		}),
		status: z.object({
			phase: outside.optional(),
			hostIP: outside.optional(),
			conditions: z.array(z.object({ type: outside, status: outside })).optional(),
		}),
	}),
} as const satisfies ResourceType;

export const serviceType = {
	...core,
	kind: 'Service',
	plural: 'services',
	scope: 'namespace',
	shape: z.object({
		metadata: ofMany,
		spec: z.object({
			type: outside.optional(),
			ports: z
				.array(
					z.object({
						name: outside.optional(),
						port: z.number(),
						targetPort: z.union([z.number(), outside]).optional(),
					}),
				)
				.optional(),
		}),
		status: z
			.object({
				loadBalancer: z
					.object({
						ingress: z.array(z.object({ ip: outside.optional(), hostname: outside.optional() })).optional(),
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

/** Stork's, as far as it tells whether data is on its way. */
export const migrationType = {
	apiVersion: 'stork.libopenstorage.org/v1alpha1',
	kind: 'Migration',
	plural: 'migrations',
	scope: 'namespace',
	shape: z.object({
		metadata: ofMany,
		spec: z.object({ clusterPair: outside.optional(), adminClusterPair: outside.optional() }).optional(),
		status: z.object({ stage: outside.nullish(), status: outside.nullish() }).nullish(),
	}),
} as const satisfies ResourceType;

export const clusterRoleBindingType = {
	apiVersion: 'rbac.authorization.k8s.io/v1',
	kind: 'ClusterRoleBinding',
	plural: 'clusterrolebindings',
	scope: 'cluster',
	shape: z.looseObject({
		metadata,
		roleRef: z.looseObject({ name: outside }),
		subjects: z
			.array(z.looseObject({ kind: outside, name: outside, namespace: outside.optional() }))
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
	shape: z.object({
		metadata: ofMany,
		type: outside.optional(),
		reason: outside.optional(),
		message: outside.optional(),
		lastTimestamp: outside.nullish(),
		eventTime: outside.nullish(),
	}),
} as const satisfies ResourceType;

export const storageClusterType = {
	apiVersion: 'core.libopenstorage.org/v1',
	kind: 'StorageCluster',
	plural: 'storageclusters',
	scope: 'namespace',
	shape: z.object({
		metadata: ofMany,
		spec: z
			.object({
				startPort: z.number().optional(),
				secretsProvider: outside.optional(),
				env: z.array(z.looseObject({ name: outside.optional(), value: outside.optional() })).nullish(),
				cloudStorage: z.object({ provider: outside.optional() }).optional(),
				security: z
					.object({
						enabled: z.boolean().optional(),
						auth: z.object({ enabled: z.boolean().optional() }).optional(),
					})
					.optional(),
			})
			.optional(),
		status: z
			.object({
				clusterUid: outside.optional(),
				clusterName: outside.optional(),
				version: outside.optional(),
				phase: outside.optional(),
				conditions: z
					.array(z.looseObject({ status: outside.optional(), message: outside.optional() }))
					.nullish(),
				desiredImages: z.looseObject({ stork: outside.optional() }).nullish(),
			})
			.optional(),
	}),
} as const satisfies ResourceType;

export const storageNodeType = {
	apiVersion: 'core.libopenstorage.org/v1',
	kind: 'StorageNode',
	plural: 'storagenodes',
	scope: 'namespace',
	shape: z.object({
		metadata: ofMany,
		status: z
			.object({
				phase: outside.optional(),
				network: z.object({ mgmtIP: outside.optional(), dataIP: outside.optional() }).optional(),
			})
			.optional(),
	}),
} as const satisfies ResourceType;

export const deploymentType = {
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	plural: 'deployments',
	scope: 'namespace',
	shape: z.object({
		metadata: ofMany,
		spec: z.object({
			replicas: z.number().optional(),
			template: z.object({
				spec: z.object({
					containers: z.array(
						z.object({
							name: outside,
							image: outside.optional(),
							command: z.array(outside).nullish(),
							args: z.array(outside).nullish(),
						}),
					),
				}),
			}),
		}),
		status: z.object({ readyReplicas: z.number().optional() }).optional(),
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
				storageStatus: outside.optional(),
				schedulerStatus: outside.optional(),
				remoteStorageId: outside.optional(),
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
