import * as z from 'zod';
import {
	metadata,
	nameOfObject,
	type ObjectOf,
	objectShape,
	ofMany,
	outside,
	type ResourceType,
	stringMap,
} from './resource-type.ts';

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
			containers: z.array(z.object({ name: nameOfObject, image: outside.optional() })),
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

export const clusterRoleBindingType = {
	apiVersion: 'rbac.authorization.k8s.io/v1',
	kind: 'ClusterRoleBinding',
	plural: 'clusterrolebindings',
	scope: 'cluster',
	shape: z.looseObject({
		metadata,
		roleRef: z.looseObject({ name: outside }),
		subjects: z
			.array(z.looseObject({ kind: outside, name: nameOfObject, namespace: nameOfObject.optional() }))
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

export type NodeObject = ObjectOf<typeof nodeType>;
export type Infrastructure = ObjectOf<typeof infrastructureType>;
export type Pod = ObjectOf<typeof podType>;
export type Service = ObjectOf<typeof serviceType>;
