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
export const stringMap = z.record(z.string(), z.string());

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
export const ofMany = z.object(metadata.shape).omit({ managedFields: true, finalizers: true });

export const objectShape = z.looseObject({ metadata });
export type KubeObject = z.infer<typeof objectShape>;
