import * as z from 'zod';
import { metadata, type ObjectOf, ofMany, outside, type ResourceType } from './resource-type.ts';

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
				reason: outside.optional(),
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

export type StorageCluster = ObjectOf<typeof storageClusterType>;
export type StorageNode = ObjectOf<typeof storageNodeType>;
export type ClusterPairObject = ObjectOf<typeof clusterPairType>;
