import type { Answers } from '../../pairing/answers/answers.ts';
import type { Credential } from '../../pairing/answers/credential.ts';
import type { Draft } from '../../pairing/answers/draft.ts';
import { sameCredential } from '../../pairing/answers/store-fields.ts';
import type { StoreTrial } from '../../pairing/clusters/ports.ts';
import type { Finding } from '../../pairing/words/finding.ts';
import type { Pair } from '../../pairing/words/pair.ts';

/** What the object store said to a key, from a pod of each cluster, before anything is created with it. */
export type Proof = Readonly<{
	of: Tried;
	trials: Readonly<Partial<Pair<StoreTrial>>>;
	/** It was refused, and the person has seen the field that is to blame. */
	isSeen: boolean;
}>;

/** What was tried: with another of these it has to be tried again. */
export type Tried = Readonly<{ source: string; destination: string; credential: Credential }>;

/** What a look with all answers found: existing objects of the planned names, and what the store says. */
export type Ahead = Readonly<{ of: Draft; findings: readonly Finding[] }>;

export const triedOf = ({ source, destination, objectStore }: Answers): Tried | undefined =>
	objectStore.provider === 'none'
		? undefined
		: { source: nameOf(source), destination: nameOf(destination), credential: objectStore };

/** Two files may have a context of one name. */
const nameOf = ({ context, kubeconfig = '' }: Answers['source']): string => `${context}\0${kubeconfig}`;

export const isSameTried = (one: Tried, other: Tried): boolean =>
	one.source === other.source &&
	one.destination === other.destination &&
	sameCredential(one.credential, other.credential);
