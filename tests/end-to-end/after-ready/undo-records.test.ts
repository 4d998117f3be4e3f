import { mkdirSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { lockRuns, pairLock, recordLock } from '../../../source/gateways/machine/run-lock.ts';
import { defaultPair } from '../../../source/pairing/answers/answers.ts';
import { everythingIn, failureOf, type Ground, openGround } from '../../helpers/program/ground.ts';

vi.setConfig({ testTimeout: 120_000 });

test('while another process works on the pair or its record, nothing else touches either', async () => {
	await using ground = await openGround({ scenario: 'token-reset', storkInterval: 100 });
	const beginning = everythingIn(ground);
	await ground.run(['run', 'answers.yaml', '--timeout', '1']);
	const [entry] = await ground.sandbox.records();
	const [id = '', text = ''] = entry ?? [];
	const standing = everythingIn(ground);
	const { east, west } = ground.practice.clusters;
	const servers = { source: { server: east.url }, destination: { server: west.url } };
	for (const name of [recordLock(id), pairLock(servers, defaultPair)]) {
		const lock = await lockRuns([name], { XDG_STATE_HOME: stateOf(ground) });
		for (const args of [
			['undo', '--yes'],
			['run', '--resume'],
			['run', 'answers.yaml'],
		]) {
			// A new run has no record yet: it is the pair that is held.
			if (args[1] === 'answers.yaml' && name === recordLock(id)) continue;
			const { exitCode, out, err } = await ground.run(args);
			expect({ exitCode, out, title: err[0] }).toEqual({
				exitCode: 2,
				out: [],
				title: 'pxpair: Another pxpair is working on this pair: nothing was changed',
			});
			expect(err[1]).toContain(`process ${process.pid}, since `);
		}
		await lock.release();
	}
	const lock = await lockRuns([recordLock(id)], { XDG_STATE_HOME: stateOf(ground) });
	const [, running, ...more] = (await ground.run(['runs'])).out;
	expect({ running, more }).toEqual({ running: expect.stringMatching(/^RUN +\d+s ago +running /), more: [] });
	await lock.release();
	expect([...(await ground.sandbox.records()).values()]).toEqual([text]);
	expect(everythingIn(ground)).toEqual(standing);
	expect(await ground.run(['undo', '--yes'])).toMatchObject({ exitCode: 0, err: [] });
	expect(everythingIn(ground)).toEqual(beginning);
	expect(readdirSync(join(stateOf(ground), 'pxpair/locks'))).toEqual([]);
});

test('a damaged, newer or renamed record is named with its path, and never read as no run', async () => {
	await using ground = await openGround();
	expect(failureOf(await ground.run(['run', 'answers.yaml']))).toEqual([]);
	const [entry] = await ground.sandbox.records();
	const [id = '', text = ''] = entry ?? [];
	const path = (name: string) => join(stateOf(ground), 'pxpair/runs', name);
	const shown = (name: string) => path(name).replace(`${ground.sandbox.work}/`, '');
	for (const [content, because] of [
		[text.slice(0, 900), 'it is damaged: JSON that ends early or is not valid'],
		[
			text.replace('pxpair.record/v2', 'pxpair.record/v9'),
			'a newer pxpair wrote it (pxpair.record/v9): use that one',
		],
		[text.replace('"attempts"', '"lost"'), 'it is damaged: fields are missing or have other types'],
	] as const) {
		writeFileSync(path(`${id}.json`), content, { mode: 0o600 });
		const found = shown(`${id}.json`).replace(id, 'RUN');
		expect((await ground.run(['runs'])).out).toEqual([found, `    ${because}`]);
		expect(await ground.run(['undo', '--yes'])).toMatchObject({
			exitCode: 2,
			err: [
				'pxpair: No run has anything left to undo',
				`  ${found}: ${because}`,
				'  → List the runs:',
				'      pxpair runs',
			],
		});
		expect((await ground.run(['undo', id, '--yes'])).err.slice(0, 2)).toEqual([
			`pxpair: ${found} can't be read as the record of a run`,
			`  ${because}`,
		]);
	}
	writeFileSync(path(`${id}.json`), text, { mode: 0o600 });
	writeFileSync(path('mine.json'), text, { mode: 0o600 });
	expect((await ground.run(['runs'])).out.slice(-2)).toEqual([
		shown('mine.json'),
		'    a copy of the record of RUN',
	]);
	expect(await ground.run(['undo', '--yes'])).toMatchObject({ exitCode: 0 });
});

test('a record that cannot be finished is said, exit 3, and what was begun can still be undone', async () => {
	let block = () => {};
	await using ground = await openGround({
		fault: {
			east: ({ method, url }) => {
				// The check before it tries the same without storing it.
				const isReal = method === 'PATCH' && !url.includes('dryRun');
				if (isReal && url.includes('/clusterpairs/')) block();
				return undefined;
			},
		},
	});
	const beginning = everythingIn(ground);
	const folder = join(stateOf(ground), 'pxpair/runs');
	let blocked = '';
	block = () => {
		const [record = ''] = readdirSync(folder).filter(name => name.endsWith('.json'));
		blocked = join(folder, `${record}.new`);
		mkdirSync(blocked, { recursive: true });
	};
	const { exitCode, err } = await ground.run(['run', 'answers.yaml']);
	expect({ exitCode, err }).toEqual({
		exitCode: 3,
		err: [expect.stringMatching(/^The record of this run is incomplete: .*RUN\.json: it is a directory$/)],
	});
	expect((await ground.run(['runs'])).out.slice(2)).toEqual([
		'    4 objects created, not undone, 1 more may exist: how that change ended is not recorded',
		'    Resume it: pxpair run --resume RUN',
		'    Undo it: pxpair undo RUN',
	]);
	expect(await ground.run(['undo', '--yes'])).toMatchObject({
		exitCode: 2,
		err: ['pxpair: The record of this run could not be written: nothing further was changed', ...anyLines(3)],
	});
	rmdirSync(blocked);
	expect(await ground.run(['undo', '--yes'])).toMatchObject({ exitCode: 0 });
	expect(everythingIn(ground)).toEqual(beginning);
});

const stateOf = ({ sandbox }: Ground): string => join(sandbox.work, '../home/.local/state');

const anyLines = (count: number) => Array<unknown>(count).fill(expect.any(String));
