import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../../pairing/words/environment.ts';
import { attempt, isRecord } from '../../pairing/words/json.ts';
import { systemCode } from './file-error.ts';

/** Where the records of runs lie. Apart from reading them: who has none need not load what reads them. */
export const runsFolder = (environment: Environment, system: NodeJS.Platform = platform()): string =>
	join(stateFolder(environment, system), 'runs');

/** The answers of a conversation that was left before its run. */
export const keptAnswersPath = (environment: Environment): string =>
	join(stateFolder(environment), 'answers.json');

export const mayHaveKeptAnswers = (environment: Environment): boolean =>
	existsSync(keptAnswersPath(environment));

function stateFolder(
	{ XDG_STATE_HOME, LOCALAPPDATA, HOME }: Environment,
	system: NodeJS.Platform = platform(),
): string {
	// Relative XDG paths are invalid by its specification. Inside WSL, LOCALAPPDATA may be there, and names a folder of Windows.
	const base = XDG_STATE_HOME?.startsWith('/')
		? XDG_STATE_HOME
		: system === 'win32' && LOCALAPPDATA
			? LOCALAPPDATA
			: join(HOME ?? homedir(), '.local', 'state');
	return join(base, 'pxpair');
}

/** Names begin with the time: the latest come first. undefined: the folder can't be read. */
export function recordPaths(environment: Environment): readonly string[] | undefined {
	const folder = runsFolder(environment);
	try {
		return readdirSync(folder)
			.filter(name => name.endsWith('.json'))
			.sort()
			.reverse()
			.map(name => join(folder, name));
	} catch (error) {
		return systemCode(error) === 'ENOENT' ? [] : undefined;
	}
}

/**
 * Whether one of the runs from here may not have come to its end. Mostly none is like that, and then what reads records
 * properly need not be loaded before the first frame: in doubt, it may.
 */
export const mayHaveUnfinished = (paths: readonly string[] | undefined): boolean =>
	paths?.every(path => isOver(attempt(() => smallText(path)) ?? '')) !== true;

/** Bytes. What is more is read by who reads records properly, and so is a pipe: it would be waited for without end. */
const mostBytes = 4 * 1024 * 1024;

function smallText(path: string): string | undefined {
	const found = statSync(path);
	return found.isFile() && found.size <= mostBytes ? readFileSync(path, 'utf8') : undefined;
}

/** Of so many runs: the first frame does not wait for a long history. */
const latest = 10;

/**
 * Contexts of the latest runs, the last used first. Only the order of a list follows from it, so what can't be read is
 * left out without a word: anyone who needs the records reads them properly.
 */
export function lastUsedContexts(paths: readonly string[] = []): readonly string[] {
	const names = paths.slice(0, latest).flatMap(path => {
		const record = attempt(() => JSON.parse(smallText(path) ?? ''));
		return isRecord(record) && record.practice !== true && isRecord(record.answers)
			? [contextOf(record.answers.source), contextOf(record.answers.destination)]
			: [];
	});
	return [...new Set(names.filter(name => name !== undefined))];
}

/** One of a file that was named in the conversation is not in the list. */
const contextOf = (side: unknown): string | undefined =>
	isRecord(side) && typeof side.context === 'string' && side.kubeconfig === undefined
		? side.context
		: undefined;

/** Of practice, or with a last attempt that was done. */
function isOver(text: string): boolean {
	const record = attempt(() => JSON.parse(text));
	if (!isRecord(record) || record.practice === true) {
		return isRecord(record);
	}
	const last = Array.isArray(record.attempts) ? record.attempts.at(-1) : undefined;
	const end = isRecord(last) && Array.isArray(last.events) ? last.events.at(-1) : undefined;
	return isRecord(end) && end.type === 'run-finished' && isRecord(end.result) && end.result.kind === 'done';
}
