import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import { attempt, isRecord } from '../../pairing/words/json.ts';
import { systemCode } from './file-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

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

/**
 * Whether one of the runs from here may not have come to its end. Mostly none is like that, and then what reads records
 * properly need not be loaded before the first frame: in doubt, it may.
 */
export function mayHaveUnfinished(environment: Environment): boolean {
	const folder = runsFolder(environment);
	try {
		return readdirSync(folder)
			.filter(name => name.endsWith('.json'))
			.some(name => mayBeUnfinished(join(folder, name)));
	} catch (error) {
		return systemCode(error) !== 'ENOENT';
	}
}

/** Bytes. What is more is read by who reads records properly, and so is a pipe: it would be waited for without end. */
const mostBytes = 4 * 1024 * 1024;

function mayBeUnfinished(path: string): boolean {
	const found = statSync(path);
	return !found.isFile() || found.size > mostBytes || !isOver(readFileSync(path, 'utf8'));
}

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
