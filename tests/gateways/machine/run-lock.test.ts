import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockRuns, pairLock, recordLock } from '../../../source/gateways/machine/run-lock.ts';
import { problemFrom } from '../../helpers/problem-from.ts';
import { temporaryFolder } from '../../helpers/program/temporary-folder.ts';

const servers = { source: { server: 'https://east' }, destination: { server: 'https://west' } };
const pair = { namespace: 'apps', name: 'remote' };

test('one process at a time has a pair, and a record; given back, the next one has it', async () => {
	const { environment, folder } = await home();
	const names = [recordLock('one'), pairLock(servers, pair)];
	const first = await lockRuns(names, environment);
	expect(first.takenOver).toEqual([]);
	expect(readdirSync(folder)).toHaveLength(2);
	for (const name of names) {
		expect(await problemFrom(() => lockRuns([name], environment))).toMatchObject({
			id: 'run-in-progress',
			kind: 'input',
			evidence: expect.stringMatching(new RegExp(`${name}\\.lock: process ${process.pid}, since \\d{4}-`)),
		});
	}
	// All or none: what was taken before the one that is held is given back.
	await problemFrom(() => lockRuns([...names, 'a-third'], environment));
	expect(readdirSync(folder)).toHaveLength(2);
	expect(
		(await lockRuns([pairLock(servers, { ...pair, namespace: 'another' })], environment)).takenOver,
	).toEqual([]);
	await first.release();
	const second = await lockRuns(names, environment);
	expect(second.takenOver).toEqual([]);
	await second.release();
});

test('a lock whose process has ended is taken over, with a word', async () => {
	const { environment, folder } = await home();
	const child = spawn('true');
	await once(child, 'exit');
	const lock = await lockRuns(['a'], environment);
	const path = join(folder, 'a.lock');
	for (const [holder, word] of [
		[JSON.stringify({ pid: child.pid, since: '2026' }), `process ${child.pid}, which has ended`],
		// The same ID, of a process that began at another time.
		[
			JSON.stringify({ pid: process.pid, started: '1', since: '2026' }),
			`process ${process.pid}, which has ended`,
		],
		['half a lo', 'a process that is no longer known'],
	] as const) {
		writeFileSync(path, holder);
		expect((await lockRuns(['a'], environment)).takenOver).toEqual([word]);
		expect(JSON.parse(readFileSync(path, 'utf8')).pid).toBe(process.pid);
	}
	await lock.release();
	expect(readdirSync(folder)).toEqual([]);
});

test('where nothing can be written there is no lock: the record says so before anything is changed', async () => {
	const file = await (await temporaryFolder()).file('file', '');
	expect((await lockRuns(['a'], { HOME: file })).takenOver).toEqual([]);
});

async function home() {
	const { path } = await temporaryFolder();
	return { environment: { HOME: path }, folder: join(path, '.local/state/pxpair/locks') };
}
