import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
	type ClusterIdentity,
	type RunRecord,
	recordSchema,
	recordShape,
} from '../../pairing/answers/record.ts';
import { parseJson } from '../../pairing/words/json.ts';
import { printableJson } from '../../pairing/words/outside-text.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { inputProblem, PairingError } from '../../pairing/words/problem.ts';
import type { RunEvent } from '../../runner/run-event.ts';
import { fileTrouble, systemCode } from './file-error.ts';
import { runsFolder } from './runs-folder.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a run tells while it goes, kept on disk. */
export type Recorder = Readonly<{
	id: string;
	path: string;
	add(event: RunEvent): void;
	/** So that what was made can be found again when the cluster that its name is made of is gone. */
	learnCluster(side: Side, identity: ClusterIdentity): void;
	/** As it stands now. */
	record(): RunRecord;
	/** Resolves when all that was added is on disk. @returns why it could not be kept, if so */
	flush(): Promise<string | undefined>;
}>;

export type NewRecord = Omit<RunRecord, 'schema' | 'id' | 'uuids' | 'clusters' | 'attempts'>;

/** Opens the record of a new run. A disk that does not take it never stops the run: `flush` says so. */
export function openRecord(subject: NewRecord, environment: Environment): Recorder {
	const id = newId(new Date());
	const record: RunRecord = { schema: recordSchema, id, ...subject, uuids: {}, attempts: [] };
	return continueRecord(record, 'run', environment);
}

/** Sorts by time, to the millisecond: the latest of two runs in one second is the one that undo begins with. */
function newId(now: Date): string {
	const [seconds = '', milliseconds = ''] = now.toISOString().slice(0, 23).replaceAll(':', '-').split('.');
	return `${seconds}-${milliseconds}${randomBytes(2).toString('hex').slice(0, 3)}`;
}

/** A further attempt at the same run, or its taking back. */
export function continueRecord(
	record: RunRecord,
	kind: RunRecord['attempts'][number]['kind'],
	environment: Environment,
): Recorder {
	const folder = runsFolder(environment);
	const path = join(folder, `${record.id}.json`);
	const events: RunEvent[] = [];
	const uuids = { ...record.uuids };
	const clusters = { ...record.clusters };
	const attempts = [...record.attempts, { kind, startedAt: new Date().toISOString(), events }];
	let written: Promise<string | undefined> = Promise.resolve(undefined);
	let isDue = false;
	const current = (): RunRecord => ({ ...record, uuids, clusters, attempts });
	const write = () => {
		if (isDue) {
			return;
		}
		isDue = true;
		written = written.then(() => {
			isDue = false;
			return replaceFile(folder, path, printableJson(current(), '\t'));
		});
	};
	write();
	return {
		id: record.id,
		path,
		add(event) {
			// Signs of life are for the moment, not for later.
			if (event.type !== 'step-waiting') {
				events.push(event);
				write();
			}
		},
		learnCluster(side, identity) {
			// Who it was at the first change counts.
			clusters[side] ??= identity;
			if (identity.portworx !== undefined) {
				uuids[side] = identity.portworx;
			}
			write();
		},
		record: current,
		flush: () => written,
	};
}

/** The newest first. What is in the folder and is no record of a run is passed over. */
export async function listRecords(environment: Environment): Promise<readonly RunRecord[]> {
	const folder = runsFolder(environment);
	const names = await readdir(folder).catch((error: unknown) => {
		if (systemCode(error) === 'ENOENT') {
			return [];
		}
		throw unreadable(folder, fileTrouble(error));
	});
	const texts = await Promise.all(
		names
			.filter(name => name.endsWith('.json'))
			.map(name => readFile(join(folder, name), 'utf8').catch(() => '')),
	);
	return texts
		.flatMap(text => {
			const parsed = recordShape.safeParse(parseJson(text));
			return parsed.success ? [parsed.data] : [];
		})
		.sort((a, b) => (a.id < b.id ? 1 : -1));
}

/**
 * @param name what its name begins with, or the path of a record that somebody sent
 * @throws PairingError when there is none, or more than one
 */
export async function readRecord(name: string, environment: Environment): Promise<RunRecord> {
	if (name.includes('/') || name.endsWith('.json')) {
		return readRecordFile(name);
	}
	const records = await listRecords(environment);
	const found = records.filter(({ id }) => id.startsWith(name));
	const [record] = found;
	if (record && found.length === 1) {
		return record;
	}
	throw new PairingError(
		inputProblem({
			id: 'run-unknown',
			title: found.length > 1 ? `More than one run begins with "${name}"` : `There is no run "${name}"`,
			evidence: `${runsFolder(environment)} has ${
				records.length === 0
					? 'none'
					: records
							.map(({ id }) => id)
							.slice(0, 5)
							.join(', ')
			}`,
			remedies: ['List them: pxpair runs'],
		}),
	);
}

async function readRecordFile(path: string): Promise<RunRecord> {
	const text = await readFile(path, 'utf8').catch((error: unknown) => {
		throw unreadable(path, fileTrouble(error));
	});
	const parsed = recordShape.safeParse(parseJson(text));
	if (!parsed.success) {
		throw unreadable(path, 'it is not the record of a run');
	}
	return parsed.data;
}

const unreadable = (path: string, because: string): PairingError =>
	new PairingError(
		inputProblem({
			id: 'record-unreadable',
			title: `${path} can't be read as the record of a run`,
			evidence: because,
			remedies: ['List the runs there are: pxpair runs'],
		}),
	);

/** A reader never finds half a record: it is written beside and put in place whole. */
async function replaceFile(folder: string, path: string, text: string): Promise<string | undefined> {
	try {
		await mkdir(folder, { recursive: true, mode: 0o700 });
		await writeFile(`${path}.new`, `${text}\n`, { mode: 0o600 });
		await rename(`${path}.new`, path);
		return undefined;
	} catch (error) {
		return `${path}: ${fileTrouble(error)}`;
	}
}
