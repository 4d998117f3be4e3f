import { resolve } from 'node:path';
import { secretSources } from '../gateways/secret-sources.ts';
import type { AnswersFile, SecretReference } from '../pairing/answers-file.ts';
import { type Draft, draftOf, type SecretField } from '../pairing/draft.ts';
import { jsonKeyMistake } from '../pairing/json-key.ts';
import type { Side } from '../pairing/pair.ts';
import { PairingError } from '../pairing/problem.ts';
import type { Secret } from '../pairing/secret.ts';
import type { Host } from './host.ts';
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
	const references = referencesIn(file.objectStore ?? {}, folder);
	const read = secretSources({
		environment: host.environment,
		folder,
		// A person sits there, and types.
		standardInput: async () => '',
	});
	const found = await Promise.all(
		references.map(async ({ field, reference }): Promise<KnownSource | undefined> => {
			const secret = await read(
				reference,
				`objectStore.${field === 'jsonKey' ? 'jsonKeyFile' : field}`,
			).catch(absent);
			return secret && (field !== 'jsonKey' || jsonKeyMistake(secret) === undefined)
				? { field, secret, reference }
				: undefined;
		}),
	);
	const sources = found.filter(source => source !== undefined);
	const secrets = Object.fromEntries(sources.map(({ field, secret }) => [field, secret]));
	const draft = draftOf(located, secrets);
	const { jsonKeyFile } = draft.texts;
	return {
		draft: {
			...draft,
			...(jsonKeyFile && { texts: { ...draft.texts, jsonKeyFile: placed(jsonKeyFile, folder) } }),
		},
		sources,
	};
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

function referencesIn(
	store: object,
	folder: string,
): readonly Readonly<{ field: SecretField; reference: SecretReference }>[] {
	const fields: readonly SecretField[] = ['accessKeyId', 'secretAccessKey', 'accountKey'];
	const plain = fields.flatMap(field => {
		const reference = Reflect.get(store, field) as SecretReference | undefined;
		return reference
			? [
					{
						field,
						reference: 'file' in reference ? { file: placed(reference.file, folder) } : reference,
					},
				]
			: [];
	});
	const path: unknown = Reflect.get(store, 'jsonKeyFile');
	return typeof path === 'string'
		? [...plain, { field: 'jsonKey', reference: { file: placed(path, folder) } }]
		: plain;
}

const placed = (path: string, folder: string): string =>
	path.startsWith('~/') ? path : resolve(folder, path);
