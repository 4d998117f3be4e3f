import * as z from 'zod';
import type { PairAnswers } from '../answers/answers.ts';
import { outsideText } from '../words/outside-text.ts';

const line = z.string().transform((text): string => outsideText(text, 500));
const bothSides = <S extends z.ZodType>(shape: S) => z.object({ source: shape, destination: shape });

/** What one proof is about: chosen before its plan is made, and kept in its record, since all that it creates has names of this. */
export const proofShape = z.object({
	/** Of all its objects but the namespace. */
	name: z.string().regex(/^pxpair-proof-[0-9a-f]{8}$/),
	/** What is written on the source and has to be read on the destination. */
	nonce: z.string().regex(/^[0-9a-f]{32}$/),
	/** Where its objects are: a namespace of its own, or that of the pair. */
	namespace: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/),
	storageClass: z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/),
	/** The destination lacks the StorageClass, so Stork creates it there. */
	bringsClass: z.boolean(),
	images: bothSides(line),
	/** OpenShift gives each namespace user IDs of its own, and refuses any other. */
	assignsUsers: bothSides(z.boolean()),
	/** PX-Security: the namespace of the source's Portworx, which has the token. */
	secured: line.optional(),
});

export type Proof = Readonly<z.infer<typeof proofShape>>;

/** Stork lets a Migration take other namespaces than its own only in its admin namespace. */
export const hasOwnNamespace = ({ namespace, name }: Proof): boolean => namespace === name;

/** Where the Migration is: it has to be beside its pair. */
export type ProofOf = Readonly<{ proof: Proof; pair: Pick<PairAnswers, 'name' | 'namespace'> }>;
