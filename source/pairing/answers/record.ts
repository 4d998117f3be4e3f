import * as z from 'zod';
import { proofShape } from '../proof/proof.ts';
import { defined } from '../words/json.ts';
import { outsideText } from '../words/outside-text.ts';
import { type Answers, rotatables } from './answers.ts';
import {
	type AnswersFile,
	answersFileShape,
	type SecretReference,
	type StoreInFile,
} from './answers-shape.ts';
import type { Credential } from './credential.ts';
import type { SecretField } from './draft.ts';
import { fieldsWith, readField, type StoreField } from './store-fields.ts';

/** Counts up when a field changes its meaning or goes away. */
export const recordSchema = 'pxpair.record/v2';

/** Shown in a terminal, no matter who wrote the file. */
const line = z.string().transform((text): string => outsideText(text));

const clusterIdentity = z.object({
	context: line,
	/** Of its API server, as the kubeconfig had it. */
	server: line.optional(),
	/** Of the namespace kube-system: what tells one cluster from all others. */
	uid: z.string().optional(),
	/** Portworx's cluster UUID. */
	portworx: z.string().optional(),
});
export type ClusterIdentity = z.infer<typeof clusterIdentity>;

/**
 * A run as it is kept on disk. Holds no secret, no token and no kubeconfig content: where a secret belongs is where it came
 * from, so that a run can be gone on with.
 */
export const recordShape = z.object({
	schema: z.literal(recordSchema),
	id: z.string().regex(/^\w[\w.-]{0,99}$/),
	version: z.string(),
	practice: z.boolean(),
	/** Whole paths of all kubeconfig files that it used, in their order. Earlier versions kept one, and only that of `--kubeconfig`. */
	kubeconfig: z.union([z.array(z.string()), z.string().transform(file => [file])]).optional(),
	answers: z.lazy(() => answersFileShape),
	/** Present: it rotated these secrets of a pair that existed. */
	rotates: z.array(z.enum(rotatables)).optional(),
	plan: z.object({
		title: line,
		steps: z.array(z.object({ id: z.string(), on: z.string(), title: line, changes: line.nullable() })),
	}),
	/** Of a proof: what its plan is made of. */
	proof: proofShape.optional(),
	/** Portworx's cluster UUIDs, as far as they were known: names of what was made are made of them. */
	uuids: z.object({ source: z.string().optional(), destination: z.string().optional() }),
	/** Who the clusters are, from the first change on. */
	clusters: z
		.object({ source: clusterIdentity.optional(), destination: clusterIdentity.optional() })
		.optional(),
	attempts: z.array(
		z.object({
			kind: z.enum(['run', 'undo']),
			startedAt: line,
			// Their shape is the runner's business; anyone who reads them takes what it knows.
			events: z.array(z.looseObject({ type: z.string() })),
		}),
	),
});

export type RunRecord = z.infer<typeof recordShape>;

/** The answers with the sources of their secrets in place of the secrets. */
export function recordedAnswers(answers: Answers, objectStore: StoreInFile): AnswersFile {
	const { source, destination, location, pair, existing, ignore } = answers;
	return {
		apiVersion: 'pxpair/v1',
		source,
		destination,
		location,
		objectStore,
		pair,
		existing,
		...(ignore && { ignore: [...ignore] }),
	} as AnswersFile;
}

/**
 * What is kept in place of the secrets: where they came from, as far as that is known. Those that were typed in come from the
 * environment the next time, or are asked for again.
 */
export function sourcesFor(store: Answers['objectStore'], known: SecretSources = {}): StoreInFile {
	if (store.provider === 'none') {
		return store;
	}
	const sources = fieldsWith(store.provider, Reflect.get(store, 'auth')).map(entry => [
		entry.name,
		sourceOf(entry, store, known),
	]);
	return { provider: store.provider, ...defined(Object.fromEntries(sources)) } as StoreInFile;
}

export type SecretSources = Readonly<Partial<Record<SecretField, SecretReference>>>;

function sourceOf(entry: StoreField, store: Credential, known: SecretSources): unknown {
	const value = readField(store, entry);
	switch (entry.kind) {
		case 'secret':
			return value && (known[entry.id] ?? { env: entry.field.environment[0] });
		case 'key-file': {
			const file = known[entry.id];
			return file && 'file' in file ? file.file : 'key.json';
		}
		default:
			return value;
	}
}
