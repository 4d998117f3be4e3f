import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { kill, pid } from 'node:process';
import { shell } from '../../pairing/words/command.ts';
import type { Environment } from '../../pairing/words/environment.ts';
import { isRecord, parseJson } from '../../pairing/words/json.ts';
import type { Pair } from '../../pairing/words/pair.ts';
import { inputError, type PairingError } from '../../pairing/words/problem.ts';
import { command, thenRetry } from '../../pairing/words/way.ts';
import { systemCode } from './file-error.ts';
import { makeFolder } from './files.ts';
import { readBoundedFile } from './read-bounded-file.ts';
import { runsFolder } from './runs-folder.ts';

/** What one process at a time may change: a pair, and the record of a run. */
export type RunLock = Readonly<{
	/** Locks of processes that ended without giving them back: said to the person. */
	takenOver: readonly string[];
	release(): Promise<void>;
}>;

/** `started` tells a process from a later one that got the same ID; undefined where the system does not tell. */
type Holder = Readonly<{ pid: number; started: string | undefined; since: string }>;

/**
 * Takes all of them, or none. Where locks can't be written, records can't either, and then nothing is changed anyway.
 * @throws PairingError when another process holds one
 */
export async function lockRuns(names: readonly string[], environment: Environment): Promise<RunLock> {
	const held: string[] = [];
	const takenOver: string[] = [];
	const release = async () => {
		await Promise.all(held.map(path => rm(path, { force: true })));
	};
	try {
		for (const name of names.toSorted()) {
			const path = join(locksFolder(environment), `${name}.lock`);
			const taken = await take(path);
			if (taken.kind !== 'unwritable') held.push(path);
			if (taken.kind === 'taken-over') takenOver.push(taken.from);
		}
	} catch (error) {
		await release();
		throw error;
	}
	return { takenOver, release };
}

export const recordLock = (id: string): string => `run-${id}`;

const locksFolder = (environment: Environment): string => join(dirname(runsFolder(environment)), 'locks');

/** Names of the records on which a process is working now. */
export async function runsUnderWay(environment: Environment): Promise<ReadonlySet<string>> {
	const folder = locksFolder(environment);
	const names = await readdir(folder).catch((): string[] => []);
	const ids = await Promise.all(
		names.map(async name => {
			const id = /^run-(.+)\.lock$/.exec(name)?.[1];
			const holder = id && holderIn(await readBoundedFile(join(folder, name)).catch(() => ''));
			return id && holder && (await isAlive(holder)) ? [id] : [];
		}),
	);
	return new Set(ids.flat());
}

/** The same for all runs that would write the same ClusterPair, whatever kubeconfig and context they come through. */
export function pairLock(
	{ source, destination }: Pair<Readonly<{ server: string }>>,
	{ namespace, name }: Readonly<{ namespace: string; name: string }>,
): string {
	const what = [source.server, destination.server, namespace, name];
	return `pair-${createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 32)}`;
}

type Taken = Readonly<{ kind: 'free' } | { kind: 'unwritable' } | { kind: 'taken-over'; from: string }>;

async function take(path: string): Promise<Taken> {
	let from: string | undefined;
	const own = { pid, started: await startOf(pid), since: new Date().toISOString() };
	// Anyone who is faster in taking a lock over has it, and then it is held.
	for (let tries = 0; tries < 5; tries++) {
		const code = await create(path, JSON.stringify(own));
		if (code === undefined) {
			return from === undefined ? { kind: 'free' } : { kind: 'taken-over', from };
		}
		if (code !== 'EEXIST') {
			return { kind: 'unwritable' };
		}
		const text = await readBoundedFile(path).catch(() => '');
		const holder = holderIn(text);
		if (holder && (await isAlive(holder))) {
			throw held(path, holder);
		}
		from = holder ? `process ${holder.pid}, which has ended` : 'a process that is no longer known';
		await putAside(path, text);
	}
	throw held(path, undefined);
}

async function create(path: string, text: string): Promise<string | undefined> {
	try {
		makeFolder(dirname(path));
		await writeFile(path, `${text}\n`, { mode: 0o600, flag: 'wx' });
		return undefined;
	} catch (error) {
		return systemCode(error) ?? 'unwritable';
	}
}

/** Only the lock that was read: one that another process has taken since is put back. */
async function putAside(path: string, text: string): Promise<void> {
	const aside = `${path}.${pid}`;
	try {
		await rename(path, aside);
		if ((await readBoundedFile(aside)) !== text) {
			await rename(aside, path);
		}
	} catch {
		// Gone already: the next try finds out what is there now.
	}
	await rm(aside, { force: true });
}

function holderIn(text: string): Holder | undefined {
	const value = parseJson(text);
	return isRecord(value) && Number.isInteger(value.pid) && Number(value.pid) > 0
		? {
				pid: Number(value.pid),
				started: typeof value.started === 'string' ? value.started : undefined,
				since: String(value.since).slice(0, 30),
			}
		: undefined;
}

async function isAlive(holder: Holder): Promise<boolean> {
	try {
		kill(holder.pid, 0);
	} catch (error) {
		// EPERM: it is there, and someone else's.
		return systemCode(error) === 'EPERM';
	}
	const [state, started] = await stateOf(holder.pid);
	// A process that was killed keeps its number until its parent has asked how it ended.
	const isOver = state === 'Z' || state === 'X';
	return !isOver && (started === undefined || holder.started === undefined || started === holder.started);
}

const startOf = async (id: number): Promise<string | undefined> => (await stateOf(id))[1];

/** Its state and when it began, in clock ticks since boot; on Linux alone. The name in parentheses may hold blanks. */
async function stateOf(
	id: number,
): Promise<readonly [state: string | undefined, started: string | undefined]> {
	const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return [fields[0], fields[19]];
}

const held = (path: string, holder: Holder | undefined): PairingError =>
	inputError({
		id: 'run-in-progress',
		title: 'Another pxpair is working on this pair: nothing was changed',
		evidence: `${path}: ${holder ? `process ${holder.pid}, since ${holder.since}` : 'taken by others repeatedly'}`,
		remedies: [
			thenRetry('Wait until it has finished'),
			...(holder ? [command('Or stop it; its record says what it did', shell`kill -INT ${holder.pid}`)] : []),
		],
	});
