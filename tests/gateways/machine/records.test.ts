import { execFileSync } from 'node:child_process';
import {
	chmodSync,
	chownSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmdirSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listRecords, readRecord, surveyRecords } from '../../../source/gateways/machine/recorded.ts';
import { continueRecord, type NewRecord, openRecord } from '../../../source/gateways/machine/records.ts';
import {
	lastUsedContexts,
	mayHaveUnfinished,
	recordPaths,
	runsFolder,
} from '../../../source/gateways/machine/runs-folder.ts';
import { type RunRecord, recordedAnswers, sourcesFor } from '../../../source/pairing/answers/record.ts';
import type { RunEvent } from '../../../source/runner/run-event.ts';
import { answersWith, stores } from '../../helpers/answers.ts';
import { problemFrom } from '../../helpers/problem-from.ts';
import { temporaryFolder } from '../../helpers/program/temporary-folder.ts';

const subject: NewRecord = {
	version: '1.0.0',
	practice: false,
	answers: recordedAnswers(answersWith(), sourcesFor(stores.s3)),
	plan: {
		title: 'Pair east → west',
		steps: [{ id: 'a', on: 'source', title: 'Make a', changes: 'a thing' }],
	},
};
const started: RunEvent = { type: 'step-started', step: 'a', at: 0 };
const waiting: RunEvent = { type: 'step-waiting', step: 'a', elapsed: 1000, at: 1000 };

test('a run is kept, readable by no one else', async () => {
	const environment = await home();
	const recorder = openRecord(subject, environment);
	recorder.add(started);
	recorder.add(waiting);
	recorder.learnCluster('source', { context: 'east', portworx: 'uuid of east' });
	expect(await recorder.flush()).toBeUndefined();

	expect(recorder.id).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-[0-9a-f]{6}$/);
	expect(recorder.path).toBe(join(runsFolder(environment), `${recorder.id}.json`));
	expect(statSync(recorder.path).mode & 0o777).toBe(0o600);
	expect(statSync(runsFolder(environment)).mode & 0o777).toBe(0o700);
	expect(readdirSync(runsFolder(environment))).toEqual([`${recorder.id}.json`]);
	const kept = JSON.parse(readFileSync(recorder.path, 'utf8'));
	expect(kept).toEqual({
		schema: 'pxpair.record/v2',
		id: recorder.id,
		...JSON.parse(JSON.stringify(subject)),
		uuids: { source: 'uuid of east' },
		clusters: { source: { context: 'east', portworx: 'uuid of east' } },
		attempts: [{ kind: 'run', startedAt: expect.stringMatching(/^\d{4}-.*Z$/), events: [started] }],
	});
	expect(JSON.parse(JSON.stringify(recorder.record()))).toEqual(kept);
	expect(await readRecord(recorder.id, environment)).toEqual(kept);
});

test('it is there from the first moment, and each flush has all that came before it', async () => {
	const recorder = openRecord(subject, await home());
	await recorder.flush();
	const events = () => JSON.parse(readFileSync(recorder.path, 'utf8')).attempts[0].events;
	expect(events()).toEqual([]);
	for (const step of ['a', 'b', 'c']) {
		recorder.add({ ...started, step });
		await recorder.flush();
		expect(events().at(-1)).toMatchObject({ step });
	}
});

test('anyone who reads while it is written finds a whole record', async () => {
	const environment = await home();
	const recorder = openRecord(subject, environment);
	await recorder.flush();
	for (let index = 0; index < 40; index++) {
		recorder.add({ type: 'step-noted', step: 'a', note: 'x'.repeat(10_000), at: index });
		const flushed = recorder.flush();
		expect(JSON.parse(readFileSync(recorder.path, 'utf8')).id).toBe(recorder.id);
		expect(await listRecords(environment)).toHaveLength(1);
		await flushed;
	}
});

test.each(['s3', 'azure', 'google', 'none'] as const)('no secret is kept: %s', async store => {
	const environment = await home();
	const answers = recordedAnswers(answersWith({ objectStore: stores[store] }), sourcesFor(stores[store]));
	const recorder = openRecord({ ...subject, answers }, environment);
	await recorder.flush();
	const text = readFileSync(recorder.path, 'utf8');
	expect(text).not.toMatch(/canary|••••/);
	expect((await readRecord(recorder.id, environment)).answers.objectStore.provider).toBe(store);
});

test('the newest first; what is no record is passed over', async () => {
	const environment = await home();
	const ids = ['2026-01-02T00-00-00-aaaaaa', '2026-01-01T00-00-00-ffffff', '2026-01-03T00-00-00-000000'];
	for (const id of ids) {
		keep(environment, `${id}.json`, recordOf(id));
	}
	keep(environment, 'half.json', '{"schema": "pxpair.record/v2"');
	keep(environment, 'older.json', { ...recordOf('x'), schema: 'pxpair.record/v1' });
	keep(environment, 'sly.json', recordOf('../x'));
	keep(environment, 'text.txt', recordOf('x'));
	keep(environment, `${ids[0]}.json.new`, recordOf('x'));
	mkdirSync(join(runsFolder(environment), 'folder.json'));
	expect((await listRecords(environment)).map(({ id }) => id)).toEqual(ids.toSorted().reverse());
});

test('without a folder there are none', async () => {
	const environment = await home();
	expect(await listRecords(environment)).toEqual([]);
	expect(mayHaveUnfinished(recordPaths(environment))).toBe(false);
	await openRecord(subject, environment).flush();
	expect(mayHaveUnfinished(recordPaths(environment))).toBe(true);
});

test('a folder that is none is a Problem', async () => {
	const environment = await home();
	mkdirSync(join(runsFolder(environment), '..'), { recursive: true });
	writeFileSync(runsFolder(environment), '');
	expect(await problemFrom(() => listRecords(environment))).toMatchObject({
		id: 'record-unreadable',
		kind: 'input',
		evidence: 'part of its path is not a directory',
	});
});

test('a record is found by what its name begins with, or by its path', async () => {
	const environment = await home();
	const [one, two] = [recordOf('2026-01-01T00-00-00-aaaaaa'), recordOf('2026-01-02T00-00-00-bbbbbb')];
	keep(environment, 'one.json', one);
	keep(environment, 'two.json', two);
	expect((await readRecord('2026-01-02', environment)).id).toBe(two.id);
	expect((await readRecord(one.id, environment)).id).toBe(one.id);
	const path = join(runsFolder(environment), 'two.json');
	expect((await readRecord(path, { HOME: '/nowhere' })).id).toBe(two.id);
});

test.each([
	['2026-01', 'run-unknown', 'More than one run begins with "2026-01"'],
	['2027', 'run-unknown', 'There is no run "2027"'],
	['./nothing.json', 'record-unreadable', "./nothing.json can't be read as the record of a run"],
	['nothing.json', 'record-unreadable', "nothing.json can't be read as the record of a run"],
])('%s is a Problem', async (name, id, title) => {
	const environment = await home();
	for (const name of ['2026-01-01T00-00-00-aaaaaa', '2026-01-02T00-00-00-bbbbbb']) {
		keep(environment, `${name}.json`, recordOf(name));
	}
	expect(await problemFrom(() => readRecord(name, environment))).toMatchObject({ id, title, kind: 'input' });
});

test('a file that is no record is a Problem that does not repeat it', async () => {
	const folder = await temporaryFolder();
	const path = await folder.file('kubeconfig', 'canary');
	const problem = await problemFrom(() => readRecord(path, {}));
	expect(problem).toMatchObject({ id: 'record-unreadable', evidence: 'it is not the record of a run' });
	expect(JSON.stringify(problem)).not.toContain('canary');
});

test('a further attempt keeps those before it', async () => {
	const environment = await home();
	const first = openRecord(subject, environment);
	first.add(started);
	first.learnCluster('source', { context: 'east', portworx: 'uuid of east' });
	await first.flush();
	const second = continueRecord(await readRecord(first.id, environment), 'undo', environment);
	second.add({ ...started, step: 'b' });
	second.learnCluster('destination', { context: 'east', portworx: 'uuid of west' });
	await second.flush();

	expect(second).toMatchObject({ id: first.id, path: first.path });
	expect(await readRecord(first.id, environment)).toMatchObject({
		uuids: { source: 'uuid of east', destination: 'uuid of west' },
		attempts: [
			{ kind: 'run', events: [started] },
			{ kind: 'undo', events: [{ step: 'b' }] },
		],
	});
	expect(first.record().attempts).toHaveLength(1);
});

test('a disk that does not take it stops nothing, and says why', async () => {
	const folder = await temporaryFolder();
	const environment = { HOME: await folder.file('file', '') };
	const recorder = openRecord(subject, environment);
	recorder.add(started);
	expect(await recorder.flush()).toBe(`${recorder.path}: part of its path is not a directory`);
	expect(recorder.record().attempts[0]?.events).toEqual([started]);
});

test('a disk that takes it again later has all of it', async () => {
	const environment = await home();
	const recorder = openRecord(subject, environment);
	await recorder.flush();
	mkdirSync(`${recorder.path}.new`);
	recorder.add(started);
	expect(await recorder.flush()).toBe(`${recorder.path}: it is a directory`);
	rmdirSync(`${recorder.path}.new`);
	recorder.add({ ...started, step: 'b' });
	expect(await recorder.flush()).toBeUndefined();
	expect((await readRecord(recorder.id, environment)).attempts[0]?.events).toHaveLength(2);
});

test.each([
	[{ XDG_STATE_HOME: '/state', HOME: '/home/me' }, 'linux', '/state/pxpair/runs'],
	[{ XDG_STATE_HOME: 'state', HOME: '/home/me' }, 'linux', '/home/me/.local/state/pxpair/runs'],
	[{ XDG_STATE_HOME: '', HOME: '/home/me' }, 'darwin', '/home/me/.local/state/pxpair/runs'],
	[{ LOCALAPPDATA: '/local', HOME: '/home/me' }, 'win32', '/local/pxpair/runs'],
	// WSL may hand over what Windows has.
	[{ LOCALAPPDATA: 'C:\\Local', HOME: '/home/me' }, 'linux', '/home/me/.local/state/pxpair/runs'],
] as const)('%o on %s: %s', (environment, system, folder) => {
	expect(runsFolder(environment, system)).toBe(folder);
});

const home = async () => ({ HOME: (await temporaryFolder()).path });

function recordOf(id: string): RunRecord {
	return { schema: 'pxpair.record/v2', id, ...subject, uuids: {}, attempts: [] };
}

function keep(environment: { HOME: string }, name: string, content: unknown): void {
	mkdirSync(runsFolder(environment), { recursive: true });
	const text = typeof content === 'string' ? content : JSON.stringify(content);
	writeFileSync(join(runsFolder(environment), name), text);
}

test.each<readonly [string, boolean, Partial<NewRecord>, RunEvent | undefined]>([
	['done', false, {}, { type: 'run-finished', at: 9, result: { kind: 'done', changes: 1 } }],
	['stopped', true, {}, { type: 'run-finished', at: 9, result: { kind: 'cancelled', changes: 1 } }],
	['killed', true, {}, undefined],
	['killed in practice', false, { practice: true }, undefined],
])('a run that was %s may be one to go on with: %s', async (_, may, changes, end) => {
	const { path: XDG_STATE_HOME } = await temporaryFolder();
	const recorder = openRecord({ ...subject, ...changes }, { XDG_STATE_HOME });
	recorder.add(started);
	if (end) recorder.add(end);
	await recorder.flush();
	expect(mayHaveUnfinished(recordPaths({ XDG_STATE_HOME }))).toBe(may);
});

test('the contexts of the latest runs, the last used first, and each once', async () => {
	const environment = await home();
	expect(lastUsedContexts(recordPaths(environment))).toEqual([]);
	const between = (source: string, destination: string, changes: Partial<RunRecord> = {}) => ({
		...recordOf('2026-01-01T00-00-00-aaaaaa'),
		answers: { ...subject.answers, source: { context: source }, destination: { context: destination } },
		...changes,
	});
	keep(environment, '2026-01-01T00-00-00-aaaaaa.json', between('oldest', 'west'));
	keep(environment, '2026-01-02T00-00-00-aaaaaa.json', between('east', 'west'));
	keep(environment, '2026-01-03T00-00-00-aaaaaa.json', between('p1', 'p2', { practice: true }));
	keep(environment, '2026-01-04T00-00-00-aaaaaa.json', 'torn {');
	keep(environment, '2026-01-05T00-00-00-aaaaaa.json', { answers: { source: { context: 7 } } });
	execFileSync('mkfifo', [join(runsFolder(environment), '2026-01-06T00-00-00-aaaaaa.json')]);
	expect(lastUsedContexts(recordPaths(environment))).toEqual(['east', 'west', 'oldest']);
});

test('a pipe, a device or a file without an end among the records is named, and not waited for', async () => {
	const environment = await home();
	const folder = runsFolder(environment);
	mkdirSync(folder, { recursive: true });
	execFileSync('mkfifo', [join(folder, 'pipe.json')]);
	symlinkSync('/dev/zero', join(folder, 'zero.json'));
	writeFileSync(join(folder, 'large.json'), ' '.repeat(8_388_609));
	expect((await surveyRecords(environment)).odd).toEqual([
		{ path: join(folder, 'large.json'), because: 'it is larger than 8 MiB' },
		{ path: join(folder, 'pipe.json'), because: expect.stringContaining('a pipe or a device') },
		{ path: join(folder, 'zero.json'), because: expect.stringContaining('a pipe or a device') },
	]);
	expect(mayHaveUnfinished(recordPaths(environment))).toBe(true);
});

test('a record that others can write to, or that is theirs, is named and not used', async () => {
	const environment = await home();
	const [own, open, theirs] = await Promise.all(
		Array.from({ length: 3 }, async () => {
			const recorder = openRecord(subject, environment);
			await recorder.flush();
			return recorder;
		}),
	);
	chmodSync(open?.path ?? '', 0o622);
	const expected = [
		{ path: open?.path, because: 'other users can write to it; take that away with chmod go-w' },
	];
	// Only root can give a file away.
	if (process.getuid?.() === 0) {
		chownSync(theirs?.path ?? '', 12_345, 12_345);
		expected.push({ path: theirs?.path, because: 'it belongs to another user' });
	}
	const { records, odd } = await surveyRecords(environment);
	expect(records.map(({ id }) => id)).toContain(own?.id);
	expect(odd).toHaveLength(expected.length);
	expect(odd).toEqual(expect.arrayContaining(expected));
	expect(await problemFrom(() => readRecord(open?.id ?? '', environment))).toMatchObject({
		id: 'record-unreadable',
	});
});

test('a folder that others can write to holds no record, and none is written there', async () => {
	const environment = await home();
	const folder = runsFolder(environment);
	await openRecord(subject, environment).flush();
	chmodSync(folder, 0o777);
	const because = 'other users can write to it; take that away with chmod go-w';
	expect(await problemFrom(() => surveyRecords(environment))).toMatchObject({
		id: 'record-unreadable',
		evidence: because,
	});
	expect(await openRecord(subject, environment).flush()).toBe(`${folder}: ${because}`);
	expect(readdirSync(folder)).toHaveLength(1);
});
