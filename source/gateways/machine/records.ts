import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type ClusterIdentity, type RunRecord, recordSchema } from '../../pairing/answers/record.ts';
import type { Environment } from '../../pairing/words/environment.ts';
import { isRecord } from '../../pairing/words/json.ts';
import { printableJson } from '../../pairing/words/outside-text.ts';
import type { Side } from '../../pairing/words/pair.ts';
import type { RunEvent } from '../../runner/run-event.ts';
import { replacePrivateFile } from './replace-file.ts';
import { runsFolder } from './runs-folder.ts';

/** What a run tells while it goes, kept on disk. */
export type Recorder = Readonly<{
	id: string;
	path: string;
	add(event: RunEvent): void;
	/** So that what was made can be found again when the cluster that its name is made of is gone. */
	learnCluster(side: Side, identity: ClusterIdentity): void;
	/** As it is now. */
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

/** A further attempt at the same run, or its undo. */
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
			return replacePrivateFile(folder, path, printableJson(current(), '\t'));
		});
	};
	write();
	return {
		id: record.id,
		path,
		add(event) {
			// Signs of life are for the moment, not for later.
			if (event.type !== 'step-waiting') {
				keepSmall(events, event);
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

/** Characters of one text, items of one list, and notes of one step: a record is read by people, and written at every event. */
const most = { text: 2000, items: 100, notes: 20 };

/** Of the notes of a step the first ones and the last one stay. */
function keepSmall(events: RunEvent[], event: RunEvent): void {
	const notes = events.filter(({ type }) => type === 'step-noted' && type === event.type);
	const own = notes.filter(note => 'step' in note && 'step' in event && note.step === event.step);
	const last = own.at(-1);
	if (last && own.length >= most.notes) {
		events.splice(events.indexOf(last), 1);
	}
	events.push(cut(event));
}

function cut<T>(value: T): T;
function cut(value: unknown): unknown {
	if (typeof value === 'string') {
		return value.length > most.text ? `${value.slice(0, most.text)}…` : value;
	}
	if (Array.isArray(value)) {
		return value.slice(0, most.items).map(item => cut(item));
	}
	return isRecord(value)
		? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, cut(item)]))
		: value;
}
