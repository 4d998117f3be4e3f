import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ReadSecret } from '../../pairing/answers/answers-file.ts';
import type { SecretReference } from '../../pairing/answers/answers-shape.ts';
import type { Environment } from '../../pairing/words/environment.ts';
import { refuse } from '../../pairing/words/problem.ts';
import { Secret } from '../../pairing/words/secret.ts';
import { fileTrouble } from './file-error.ts';
import { readSecretFile } from './read-secret-file.ts';
import { type SecretPrograms, secretFromCommand } from './secret-command.ts';

export type SecretSources = Readonly<{
	environment: Environment;
	/** All of standard input; asked for only when a reference needs it. */
	standardInput: () => Promise<string>;
	/** Where relative paths start: the folder of the answers file. */
	folder: string;
	/** For programs that print a secret. */
	programs: SecretPrograms;
}>;

/**
 * Turns references into values. Key files keep their line breaks; elsewhere the last one is dropped and an inner one is refused,
 * since a value travels as one line.
 */
export function secretSources(sources: SecretSources): ReadSecret {
	// What a program says may quote a secret that was read before it.
	const known: Secret[] = [];
	return async (reference, field, kind) => {
		const found = await readReference(reference, field, sources, known);
		const secret = kind === 'key-file' ? found : singleLine(found, field, describe(reference));
		known.push(secret);
		return secret;
	};
}

async function readReference(
	reference: SecretReference,
	field: string,
	{ environment, folder, standardInput, programs }: SecretSources,
	known: readonly Secret[],
): Promise<Secret> {
	if ('env' in reference) {
		// Own fields alone: every object has a `constructor`.
		const value = Object.hasOwn(environment, reference.env) ? environment[reference.env] : undefined;
		return new Secret(value ?? missing(field, `the environment variable ${reference.env} is not set`));
	}
	if ('file' in reference) {
		return fromFile(resolveFrom(folder, reference.file), field);
	}
	if ('command' in reference) {
		const where = resolveFrom(folder, reference.folder ?? '.');
		return new Secret(
			await secretFromCommand(reference.command, field, { ...programs, folder: where, known }),
		);
	}
	const lines = (await standardInput()).split('\n');
	return new Secret(
		lines[reference.stdin - 1] ?? missing(field, `standard input has no line ${reference.stdin}`),
	);
}

async function fromFile(path: string, field: string): Promise<Secret> {
	try {
		return await readSecretFile(path);
	} catch (error) {
		return missing(field, `${path}: ${fileTrouble(error)}`);
	}
}

function singleLine(found: Secret, field: string, where: string): Secret {
	const value = found.reveal();
	const start = value.search(visible);
	const trimmed = start === -1 ? '' : value.slice(start, endOf(value));
	if (trimmed === '') {
		return missing(field, `${where} is empty`);
	}
	if (trimmed.includes('\uFFFD')) {
		return missing(field, `${where} is not text in UTF-8`);
	}
	if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(trimmed)) {
		return missing(field, `${where} has a line break or another control character inside`);
	}
	return new Secret(trimmed, found.exposure);
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

function describe(reference: SecretReference): string {
	if ('env' in reference) {
		return `the environment variable ${reference.env}`;
	}
	if ('file' in reference) {
		return `the file ${reference.file}`;
	}
	return 'command' in reference
		? `what ${reference.command[0]} printed`
		: `line ${reference.stdin} of standard input`;
}

const resolveFrom = (folder: string, path: string): string =>
	path.startsWith('~/') ? join(homedir(), path.slice(2)) : resolve(folder, path);

function missing(field: string, evidence: string): never {
	refuse({
		id: 'secret-missing',
		title: `No value for ${field}`,
		evidence,
		remedies: ['Set it there, or name another place.'],
	});
}
