import { resolve } from 'node:path';
import { secretSources } from '../../gateways/machine/secret-sources.ts';
import type { AnswersFile, SecretReference, StoreInFile } from '../../pairing/answers/answers-shape.ts';
import { type Draft, draftOf } from '../../pairing/answers/draft.ts';
import { fieldsOf, type StoreField } from '../../pairing/answers/store-fields.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { PairingError } from '../../pairing/words/problem.ts';
import type { Secret } from '../../pairing/words/secret.ts';
import type { Host } from '../line/host.ts';
import type { KnownSource } from './known-sources.ts';

/** An answers file, or as much of one as there is, to begin the conversation with. */
export type GivenAnswers = Readonly<{
	file: Partial<AnswersFile>;
	/** Where it lies: relative paths in it start there. */
	folder: string;
}>;

export type GivenDraft = Readonly<{ draft: Draft; sources: readonly KnownSource[] }>;

/** What can be had of the secrets is not asked for; what cannot is no mistake, but a question. */
export async function draftOfGiven(host: Host, { file, folder }: GivenAnswers): Promise<GivenDraft> {
	const located = { ...file, ...clustersFrom(file, folder) };
	const references = referencesIn(file.objectStore, folder);
	const read = secretSources({
		environment: host.environment,
		folder,
		// A person sits there, and types.
		standardInput: async () => '',
	});
	const found = await Promise.all(
		references.map(async ({ entry, reference }): Promise<KnownSource | undefined> => {
			const secret = await read(reference, `objectStore.${entry.name}`, entry.kind).catch(absent);
			return secret && (entry.kind !== 'key-file' || entry.field.mistake(secret) === undefined)
				? { field: entry.id, secret, reference }
				: undefined;
		}),
	);
	const sources = found.filter(source => source !== undefined);
	const secrets = Object.fromEntries(sources.map(({ field, secret }) => [field, secret]));
	const draft = draftOf(located, secrets);
	const paths = references.flatMap(({ entry, reference }) =>
		entry.kind === 'key-file' && 'file' in reference ? [[entry.id, reference.file]] : [],
	);
	return { draft: { ...draft, texts: { ...draft.texts, ...Object.fromEntries(paths) } }, sources };
}

function absent(error: unknown): Secret | undefined {
	if (error instanceof PairingError) {
		return undefined;
	}
	throw error;
}

function clustersFrom(file: GivenAnswers['file'], folder: string): Partial<Pick<AnswersFile, Side>> {
	const located = (side: Side) => {
		const cluster = file[side];
		return cluster?.kubeconfig
			? { [side]: { ...cluster, kubeconfig: placed(cluster.kubeconfig, folder) } }
			: {};
	};
	return { ...located('source'), ...located('destination') };
}

type Referenced = Readonly<{
	entry: Extract<StoreField, { kind: 'secret' | 'key-file' }>;
	reference: SecretReference;
}>;

function referencesIn(store: Partial<StoreInFile> | undefined, folder: string): readonly Referenced[] {
	if (store?.provider === undefined || store.provider === 'none') {
		return [];
	}
	return fieldsOf(store.provider).flatMap((entry): readonly Referenced[] => {
		const written: unknown = Reflect.get(store, entry.name);
		if (written === undefined) {
			return [];
		}
		switch (entry.kind) {
			case 'secret': {
				const reference = written as SecretReference;
				return [
					{ entry, reference: 'file' in reference ? { file: placed(reference.file, folder) } : reference },
				];
			}
			case 'key-file':
				return [{ entry, reference: { file: placed(String(written), folder) } }];
			default:
				return [];
		}
	});
}

const placed = (path: string, folder: string): string =>
	path.startsWith('~/') ? path : resolve(folder, path);
