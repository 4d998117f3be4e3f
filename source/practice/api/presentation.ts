import type { KubeObject } from '../contract.ts';

export type ListMeta = Readonly<{ resourceVersion: string; continue?: string; remainingItemCount?: number }>;

/** In which form the client wants its objects, by its Accept header. */
export type Presentation = Readonly<{ form: 'plain' | 'table' | 'metadata'; includeObject: string }>;

export function metadataOnly({ metadata }: KubeObject): KubeObject {
	return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata };
}
