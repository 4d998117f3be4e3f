import { secretSources } from '../../gateways/machine/secret-sources.ts';
import type { AnswersFile, SecretReference, StoreInFile } from '../../pairing/answers/answers-shape.ts';
import { type Draft, draftOf } from '../../pairing/answers/draft.ts';
import { doubtAbout, fieldsOf, type StoreField } from '../../pairing/answers/store-fields.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { PairingError } from '../../pairing/words/problem.ts';
import type { Secret } from '../../pairing/words/secret.ts';
import { problemText } from '../../plain/lines.ts';
import { type Host, printer } from '../line/host.ts';
import type { KnownSource } from './known-sources.ts';
import { terminalOf } from './lend-terminal.ts';
import { placed, placedReference } from './placed.ts';
import { secretPrograms } from './secret-programs.ts';

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
		programs: secretPrograms(host, file.objectStore, terminalOf(host)),
	});
	const sources: KnownSource[] = [];
	// One after the other, as the values of any other run are read.
	for (const { entry, reference } of references) {
		const secret = await read(reference, `objectStore.${entry.name}`, entry.kind).catch(error =>
			absent(host, reference, error),
		);
		const mistake = secret && mistakeIn(entry, secret);
		if (secret && mistake === undefined) {
			sources.push({ field: entry.id, secret, reference });
		} else if (mistake !== undefined) {
			printer(host.err)(`objectStore.${entry.name} of the answers file is asked for. ${mistake}`);
		}
	}
	const secrets = Object.fromEntries(sources.map(({ field, secret }) => [field, secret]));
	const draft = draftOf(located, secrets);
	const paths = references.flatMap(({ entry, reference }) =>
		entry.kind === 'key-file' && 'file' in reference ? [[entry.id, reference.file]] : [],
	);
	return { draft: { ...draft, texts: { ...draft.texts, ...Object.fromEntries(paths) } }, sources };
}

/** What looks like the other half of a key is left to the person, who sees why. */
const mistakeIn = (entry: Referenced['entry'], secret: Secret): string | undefined =>
	entry.kind === 'key-file' ? entry.field.mistake(secret) : doubtAbout(entry, secret);

/** A program may have taken its time: why nothing came of it stays in the scrollback. */
function absent(host: Host, reference: SecretReference, error: unknown): undefined {
	if (!(error instanceof PairingError) || host.stop.aborted) {
		throw error;
	}
	if ('command' in reference) {
		problemText(error.problem).forEach(printer(host.err));
	}
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
			case 'secret':
				return [{ entry, reference: placedReference(written as SecretReference, folder) }];
			case 'key-file':
				return [{ entry, reference: { file: placed(String(written), folder) } }];
			default:
				return [];
		}
	});
}
