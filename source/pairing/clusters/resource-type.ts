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

/** Of a thing that commands name: one that begins with a dash would be read as an option. Kubernetes takes no such name. */
export const nameOfObject = z
	.string()
	.refine(name => !name.startsWith('-'))
	.transform((text): string => outsideText(text));

/** It is compared and sent back, so one that had to be cleaned would be another. */
const uid = z.string().regex(/^[\w.-]{1,128}$/);

/** Kept as it is: it is compared, decoded or sent on, and cleaned where it is told. */
export const stringMap = z.record(z.string(), z.string());

export const metadata = z.looseObject({
	name: nameOfObject,
	namespace: nameOfObject.optional(),
	uid: uid.optional(),
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
