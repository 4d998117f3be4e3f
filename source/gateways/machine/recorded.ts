import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunRecord, recordSchema, recordShape } from '../../pairing/answers/record.ts';
import { shell } from '../../pairing/words/command.ts';
import type { Environment } from '../../pairing/words/environment.ts';
import { isRecord, parseJson } from '../../pairing/words/json.ts';
import { outsideText } from '../../pairing/words/outside-text.ts';
import { inputError, type PairingError, refuse } from '../../pairing/words/problem.ts';
import { command } from '../../pairing/words/way.ts';
import { fileTrouble, systemCode } from './file-error.ts';
import { folderNotOnesOwn, notOnesOwn } from './not-ones-own.ts';
import { readBounded, readBoundedFile } from './read-bounded-file.ts';
import { runsFolder } from './runs-folder.ts';

/** A file that lies among the records and is none that can be used, or not under its name. */
export type OddFile = Readonly<{ path: string; because: string }>;

export type Recorded = Readonly<{ records: readonly RunRecord[]; odd: readonly OddFile[] }>;

type Found = Readonly<{ name: string; path: string } & ({ record: RunRecord } | { because: string })>;

/** All records there are, the newest first, and what lies among them besides: nothing is passed over in silence. */
export async function surveyRecords(environment: Environment): Promise<Recorded> {
	const folder = runsFolder(environment);
	const foreign = folderNotOnesOwn(folder);
	if (foreign !== undefined) {
		throw noFolder(folder, foreign);
	}
	const names = await readdir(folder).catch((error: unknown) => {
		if (systemCode(error) === 'ENOENT') {
			return [];
		}
		throw noFolder(folder, fileTrouble(error));
	});
	const found = await Promise.all(
		names.filter(name => name.endsWith('.json')).map(name => readFound(folder, name)),
	);
	const isInPlace = (file: Found) => 'record' in file && file.name === `${file.record.id}.json`;
	const inPlace = new Set(found.flatMap(file => ('record' in file && isInPlace(file) ? file.record.id : [])));
	const isCopy = (file: Found) => 'record' in file && !isInPlace(file) && inPlace.has(file.record.id);
	return {
		records: found
			.flatMap(file => ('record' in file && !isCopy(file) ? file.record : []))
			.sort((a, b) => (a.id < b.id ? 1 : -1)),
		odd: found
			.filter(file => !isInPlace(file))
			.map(file => ({
				path: outsideText(file.path),
				because:
					'because' in file
						? file.because
						: `${isCopy(file) ? 'a copy of' : 'renamed: it is'} the record of ${file.record.id}`,
			})),
	};
}

export const listRecords = async (environment: Environment): Promise<readonly RunRecord[]> =>
	(await surveyRecords(environment)).records;

/** For a refusal that would read as "there was no run". */
export const oddLines = (odd: readonly OddFile[]): string | undefined =>
	odd.length === 0 ? undefined : odd.map(({ path, because }) => `${path}: ${because}`).join('\n');

/**
 * @param name what its name begins with, or the path of a record that someone sent
 * @throws PairingError when there is none, or more than one
 */
export async function readRecord(name: string, environment: Environment): Promise<RunRecord> {
	if (name.includes('/') || name.endsWith('.json')) {
		return readRecordFile(name);
	}
	const { records, odd } = await surveyRecords(environment);
	const found = records.filter(({ id }) => id.startsWith(name));
	const [record] = found;
	if (record && found.length === 1) {
		return record;
	}
	const folder = runsFolder(environment);
	const damaged = odd.find(({ path }) => name !== '' && path.startsWith(join(folder, name)));
	if (damaged && found.length === 0) {
		throw unreadable(damaged.path, damaged.because);
	}
	const ids = records.map(({ id }) => id).slice(0, 5);
	refuse({
		id: 'run-unknown',
		title: found.length > 1 ? `More than one run begins with "${name}"` : `There is no run "${name}"`,
		evidence: `${folder} has ${ids.length === 0 ? 'none' : ids.join(', ')}`,
		remedies: [command('List them', shell`pxpair runs`)],
	});
}

async function readRecordFile(path: string): Promise<RunRecord> {
	const text = await readBoundedFile(path).catch((error: unknown) => {
		throw unreadable(path, fileTrouble(error));
	});
	const read = recordIn(text);
	if ('because' in read) {
		throw unreadable(path, read.because);
	}
	return read.record;
}

async function readFound(folder: string, name: string): Promise<Found> {
	const path = join(folder, name);
	const read = await readBounded(path).then(
		({ bytes, stats }) => {
			const because = notOnesOwn(stats);
			return because === undefined ? recordIn(bytes.toString('utf8')) : { because };
		},
		(error: unknown) => ({ because: fileTrouble(error) }),
	);
	return { name, path, ...read };
}

function recordIn(text: string): Readonly<{ record: RunRecord } | { because: string }> {
	const value = parseJson(text);
	const parsed = recordShape.safeParse(value);
	return parsed.success ? { record: parsed.data } : { because: whyNone(text, value) };
}

function whyNone(text: string, value: unknown): string {
	if (value === undefined && /^\s*\{/.test(text)) {
		return 'it is damaged: JSON that ends early or is not valid';
	}
	const schema = isRecord(value) && typeof value.schema === 'string' ? value.schema : '';
	const version = Number(/^pxpair\.record\/v(\d{1,6})$/.exec(schema)?.[1]);
	const own = Number(recordSchema.split('/v')[1]);
	return version > own
		? `a newer pxpair wrote it (${schema}): use that one`
		: version < own
			? `an older pxpair wrote it (${schema}): use that one`
			: version === own
				? 'it is damaged: fields are missing or have other types'
				: 'it is not the record of a run';
}

const unreadable = (path: string, because: string): PairingError =>
	inputError({
		id: 'record-unreadable',
		title: `${path} can't be read as the record of a run`,
		evidence: because,
		remedies: [command('List the runs', shell`pxpair runs`)],
	});

const noFolder = (folder: string, because: string): PairingError =>
	inputError({
		id: 'record-unreadable',
		title: `The folder with the records of runs, ${folder}, can't be read`,
		evidence: because,
		remedies: ['Fix that folder, or set XDG_STATE_HOME to another one.'],
	});
