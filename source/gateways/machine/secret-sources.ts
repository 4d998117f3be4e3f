import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ReadSecret } from '../../pairing/answers/answers-file.ts';
import type { SecretReference } from '../../pairing/answers/answers-shape.ts';
import { inputProblem, PairingError } from '../../pairing/words/problem.ts';
import { Secret } from '../../pairing/words/secret.ts';
import { fileTrouble } from './file-error.ts';
import { readBoundedFile } from './read-bounded-file.ts';

export type SecretSources = Readonly<{
	environment: Readonly<Record<string, string | undefined>>;
	/** All of standard input; asked for only when a reference needs it. */
	standardInput: () => Promise<string>;
	/** Where relative paths start: the folder of the answers file. */
	folder: string;
}>;

/**
 * Turns references into values. Key files keep their line breaks; elsewhere the last one is dropped and an inner one is refused,
 * since a value travels as one line.
 */
export function secretSources(sources: SecretSources): ReadSecret {
	return async (reference, field, kind) => {
		const value = await readReference(reference, field, sources);
		return new Secret(kind === 'key-file' ? value : singleLine(value, field, describe(reference)));
	};
}

async function readReference(
	reference: SecretReference,
	field: string,
	sources: SecretSources,
): Promise<string> {
	if ('env' in reference) {
		// Own fields alone: every object has a `constructor`.
		const value = Object.hasOwn(sources.environment, reference.env)
			? sources.environment[reference.env]
			: undefined;
		return value ?? missing(field, `the environment variable ${reference.env} is not set`);
	}
	if ('file' in reference) {
		return readSecretFile(resolveFrom(sources.folder, reference.file), field);
	}
	const lines = (await sources.standardInput()).split('\n');
	return lines[reference.stdin - 1] ?? missing(field, `standard input has no line ${reference.stdin}`);
}

async function readSecretFile(path: string, field: string): Promise<string> {
	try {
		return await readBoundedFile(path);
	} catch (error) {
		return missing(field, `${path}: ${fileTrouble(error)}`);
	}
}

function singleLine(value: string, field: string, where: string): string {
	const start = value.search(visible);
	const trimmed = start === -1 ? '' : value.slice(start, endOf(value));
	if (trimmed === '') {
		return missing(field, `${where} is empty`);
	}
	if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(trimmed)) {
		return missing(field, `${where} has a line break or another control character inside`);
	}
	return trimmed;
}

/** From the end, character by character: a pattern for it would try each run of blanks inside as well. */
function endOf(value: string): number {
	let end = value.length;
	while (end > 0 && !visible.test(value.charAt(end - 1))) {
		end--;
	}
	return end;
}

/** Not a blank, and none of the invisible characters that consoles put around what is copied. */
const visible = /[^\s\u0085\u00AD\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/;

const describe = (reference: SecretReference): string =>
	'env' in reference
		? `the environment variable ${reference.env}`
		: 'file' in reference
			? `the file ${reference.file}`
			: `line ${reference.stdin} of standard input`;

const resolveFrom = (folder: string, path: string): string =>
	path.startsWith('~/') ? join(homedir(), path.slice(2)) : resolve(folder, path);

function missing(field: string, evidence: string): never {
	throw new PairingError(
		inputProblem({
			id: 'secret-missing',
			title: `No value for ${field}`,
			evidence,
			remedies: ['Set it there, or name another place.'],
		}),
	);
}
