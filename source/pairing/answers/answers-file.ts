import { LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import { defined } from '../words/json.ts';
import type { Secret } from '../words/secret.ts';
import { yamlValue } from '../words/yaml-value.ts';
import type { Answers, PairAnswers } from './answers.ts';
import { describeIssue, fileError } from './answers-mistakes.ts';
import {
	type AnswersFile,
	answersFileShape,
	type CredentialInFile,
	partialShape,
	practiceShape,
	type SecretReference,
} from './answers-shape.ts';
import type { Credential } from './credential.ts';
import { providersInWords } from './providers.ts';
import { fieldsWith, propertyOf, type StoreField } from './store-fields.ts';

export type AnswersFileOptions = Readonly<{
	/** The practice clusters are east and west: with them the file need not name contexts. */
	clusters: 'required' | 'optional';
}>;

/** The published JSON Schema of the file. */
export const answersJsonSchema = (): unknown => ({
	title: 'Answers for pxpair run and pxpair plan',
	...z.toJSONSchema(practiceShape, { io: 'input' }),
});

/**
 * Reads the YAML text of an answers file.
 * @throws PairingError that lists every mistake: where it is, what was found, what is allowed
 */
export function parseAnswersFile(yaml: string, fileName: string, options: AnswersFileOptions): AnswersFile {
	const shape = options.clusters === 'required' ? answersFileShape : practiceShape;
	return checkTogether(shaped(shape, parseYaml(yaml, fileName), fileName), fileName);
}

/**
 * The same for a file that need not be complete: what it lacks is asked for.
 * @throws PairingError that lists every mistake in what there is
 */
export const parsePartialAnswers = (yaml: string, fileName: string): Partial<AnswersFile> =>
	shaped(partialShape, parseYaml(yaml, fileName), fileName) as Partial<AnswersFile>;

/** Characters. The time that a parser takes for keys and aliases grows with their square. */
const mostText = 32 * 1024;

function parseYaml(yaml: string, fileName: string): unknown {
	if (yaml.length > mostText) {
		throw fileError(fileName, ['it is larger than 32 KiB, and no answers file is']);
	}
	// Such as UTF-16, in which PowerShell writes what `>` has for it.
	if (/[\0\uFFFD]/.test(yaml)) {
		throw fileError(fileName, ['it is not text in UTF-8']);
	}
	const lineCounter = new LineCounter();
	const document = parseDocument(yaml, { prettyErrors: false, uniqueKeys: true, lineCounter });
	const syntax = document.errors[0];
	if (syntax) {
		const { line, col } = lineCounter.linePos(syntax.pos[0]);
		const fault = syntax.code === 'RESOURCE_EXHAUSTION' ? 'nested too deeply' : syntax.code;
		throw fileError(fileName, [`not YAML: ${fault} in line ${line}, column ${col}`]);
	}
	return readDocument(document, fileName);
}

function shaped<Shape extends z.ZodType>(shape: Shape, value: unknown, fileName: string): z.infer<Shape> {
	const result = shape.safeParse(value, { reportInput: true });
	if (!result.success) {
		const mistakes = result.error.issues.flatMap(issue => describeIssue(issue, value));
		throw fileError(fileName, [...new Set(mistakes)]);
	}
	return result.data;
}

/** Answers from a file, once its secrets are at hand. `secrets` turns each reference into its value. */
export async function answersOf(file: AnswersFile, secrets: ReadSecret): Promise<Answers> {
	const store = file.objectStore;
	return {
		...defined({ ...file, apiVersion: undefined }),
		source: defined(file.source),
		destination: defined(file.destination),
		pair: pairOf(file.pair),
		objectStore: store.provider === 'none' ? store : await credentialOf(store, secrets),
	};
}

function pairOf({ back, ...pair }: AnswersFile['pair']): PairAnswers {
	return { ...defined(pair), ...(back && { back: defined(back) }) };
}

/** `kind` says whether all of a file is wanted, or one line. */
export type ReadSecret = (
	reference: SecretReference,
	field: string,
	kind: 'secret' | 'key-file',
) => Promise<Secret>;

async function credentialOf(store: CredentialInFile, read: ReadSecret): Promise<Credential> {
	const values: (readonly [string, unknown])[] = [];
	// One after the other: a value may have to be asked for.
	for (const entry of fieldsWith(store.provider, Reflect.get(store, 'auth'))) {
		values.push([propertyOf(entry), await valueFrom(store, entry, read)]);
	}
	return { provider: store.provider, ...defined(Object.fromEntries(values)) } as Credential;
}

async function valueFrom(
	store: CredentialInFile,
	{ name, kind }: StoreField,
	read: ReadSecret,
): Promise<unknown> {
	const written: unknown = Reflect.get(store, name);
	if (written === undefined) {
		return undefined;
	}
	switch (kind) {
		case 'secret':
			return read(written as SecretReference, `objectStore.${name}`, kind);
		case 'key-file':
			return read({ file: String(written) }, `objectStore.${name}`, kind);
		default:
			return written;
	}
}

/** Rules that span fields. */
function checkTogether(file: AnswersFile, fileName: string): AnswersFile {
	const mistakes: string[] = [];
	if (file.location === 'cloud' && file.objectStore.provider === 'none' && file.pair.storage === 'paired') {
		mistakes.push(
			`objectStore.provider: found "none"; clusters in a cloud need an object store: ${providersInWords}`,
		);
	}
	if (file.pair.storage === 'none' && (file.pair.mode || file.pair.endpoint)) {
		mistakes.push('pair.storage: found "none"; remove mode and endpoint, which need storage');
	}
	if (mistakes.length > 0) {
		throw fileError(fileName, mistakes);
	}
	return file;
}

/** Aliases that unfold without end, and other things that are YAML but cannot be read as values. */
function readDocument(document: ReturnType<typeof parseDocument>, fileName: string): unknown {
	try {
		return yamlValue(document, 20);
	} catch {
		throw fileError(fileName, ['it repeats itself through YAML aliases; write the values out']);
	}
}
