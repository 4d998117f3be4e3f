import * as z from 'zod';
import { podType } from './kubernetes.ts';
import { migrationType } from './portworx-kinds.ts';
import { metadata, nameOfObject, type ObjectOf, outside, type ResourceType } from './resource-type.ts';

/** What a migration takes, what it is asked for with, and what it leaves. */

const phase = z.looseObject({ phase: outside.optional() }).optional();

export const configMapType = {
	apiVersion: 'v1',
	kind: 'ConfigMap',
	plural: 'configmaps',
	scope: 'namespace',
	shape: z.looseObject({ metadata, data: z.record(z.string(), outside).optional() }),
} as const satisfies ResourceType;

export const claimType = {
	apiVersion: 'v1',
	kind: 'PersistentVolumeClaim',
	plural: 'persistentvolumeclaims',
	scope: 'namespace',
	shape: z.looseObject({
		metadata,
		spec: z.looseObject({ volumeName: outside.optional(), storageClassName: outside.optional() }).optional(),
		status: phase,
	}),
} as const satisfies ResourceType;

export const volumeType = {
	apiVersion: 'v1',
	kind: 'PersistentVolume',
	plural: 'persistentvolumes',
	scope: 'cluster',
	shape: z.looseObject({
		metadata,
		spec: z
			.looseObject({
				claimRef: z
					.looseObject({ namespace: nameOfObject.optional(), name: nameOfObject.optional() })
					.nullish(),
				persistentVolumeReclaimPolicy: outside.optional(),
				storageClassName: outside.optional(),
			})
			.optional(),
		status: phase,
	}),
} as const satisfies ResourceType;

export const storageClassType = {
	apiVersion: 'storage.k8s.io/v1',
	kind: 'StorageClass',
	plural: 'storageclasses',
	scope: 'cluster',
	shape: z.looseObject({
		metadata,
		provisioner: outside,
		parameters: z.record(z.string(), outside).nullish(),
		reclaimPolicy: outside.nullish(),
	}),
} as const satisfies ResourceType;

/** A pod that ends by itself: what its containers are at. */
export const workPodType = {
	...podType,
	shape: z.looseObject({
		metadata,
		status: z
			.looseObject({
				phase: outside.optional(),
				reason: outside.optional(),
				message: outside.optional(),
				containerStatuses: z
					.array(
						z.looseObject({
							state: z
								.looseObject({
									waiting: z
										.looseObject({ reason: outside.optional(), message: outside.optional() })
										.nullish(),
									terminated: z
										.looseObject({
											exitCode: z.number(),
											reason: outside.optional(),
											message: outside.optional(),
										})
										.nullish(),
								})
								.optional(),
						}),
					)
					.optional(),
			})
			.optional(),
	}),
} as const satisfies ResourceType;

const part = {
	name: outside.optional(),
	status: outside.optional(),
	reason: outside.optional(),
} as const;

/** One that is followed to its end. The type has no schema: anything may be in its fields, `null` above all. */
export const ownMigrationType = {
	...migrationType,
	shape: z.looseObject({
		metadata,
		status: z
			.looseObject({
				stage: outside.nullish(),
				status: outside.nullish(),
				volumes: z
					.array(z.looseObject({ ...part, bytesTotal: z.number().optional(), volume: outside.optional() }))
					.nullish(),
				resources: z.array(z.looseObject({ ...part, kind: outside.optional() })).nullish(),
			})
			.nullish(),
	}),
} as const satisfies ResourceType;

export type MigrationObject = ObjectOf<typeof ownMigrationType>;
export type StorageClassObject = ObjectOf<typeof storageClassType>;
export type WorkPod = ObjectOf<typeof workPodType>;
