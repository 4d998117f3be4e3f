import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { type Scenario, scenarios } from '../../../source/practice/scenarios.ts';
import { drillsPage } from '../../helpers/pages/drills-page.ts';
import { openGround } from '../../helpers/program/ground.ts';
import { makeSandbox } from '../../helpers/program/program.ts';

vi.setConfig({ testTimeout: 60_000 });

const all: readonly (readonly [string, Scenario])[] = Object.entries(scenarios);
const healthy = all.filter(([, { drill }]) => drill === undefined).map(([name]) => name);
const withWayOut = all.flatMap(([name, { drill }]) => (drill?.wayOut ? [[name, drill.wayOut] as const] : []));

test('the page of drills is as the scenarios are; npm run drills writes it', () => {
	expect(readFileSync('docs/drills.md', 'utf8')).toBe(drillsPage());
});

test.concurrent.each(healthy)('%s has nothing to teach: it is healthy', async name => {
	await using sandbox = await makeSandbox();
	const { exitCode, out } = await sandbox.run(['check', `--practice=${name}`], {});
	expect(exitCode).toBe(0);
	expect(out.join('\n')).not.toContain('teaches');
});

test.concurrent.each(withWayOut)('%s: the way out that the drill names leads out', async (name, wayOut) => {
	await using sandbox = await makeSandbox();
	const lines = (await sandbox.run(['run', `--practice=${name}`], {})).out;
	expect(lines).toContain(`What the drill "${name}" teaches`);
	expect(lines.map(line => line.trim()).join(' ')).toContain(`pxpair run --practice=${name} ${wayOut}`);

	const { exitCode, out } = await sandbox.run(['run', `--practice=${name}`, wayOut], {});
	expect(exitCode).toBe(0);
	expect(out).toContainEqual(expect.stringMatching(/is Ready on the source/));
	expect(out.join('\n')).not.toContain('practice the fix');
});

const ofRotation = all.filter(([, { drill }]) => drill?.command === 'rotate').map(([name]) => name);

test.concurrent.each(ofRotation)('%s: a rotation ends before anything changes, and says why', async name => {
	await using sandbox = await makeSandbox();
	const paired = await sandbox.run(['check', `--practice=${name}`], {});
	expect(paired.out.join('\n')).toContain(`pxpair rotate --practice=${name}`);
	const { exitCode, out } = await sandbox.run(['rotate', `--practice=${name}`, '--yes'], {});
	expect(exitCode).toBe(1);
	expect(out).toContain('Failed. Nothing was changed.');
	expect(out).toContain(`What the drill "${name}" teaches`);
});

test.concurrent.each([
	['s3', 'key,login,token', 7],
	['azure', 'key', 2],
	['google', 'key', 2],
	['secured', 'login,token', 5],
])('a rotation is practised on %s: %s', async (name, what, changes) => {
	await using sandbox = await makeSandbox();
	const { exitCode, out, err } = await sandbox.run(
		['rotate', `--practice=${name}`, '--what', what, '--yes'],
		{},
	);
	expect({ exitCode, err }).toEqual({ exitCode: 0, err: [] });
	expect(out[0]).toMatch(/^PRACTICE: /);
	expect(out.at(-1)).toBe(`Done. ${changes} changes were made.`);
});

test('a network that drops in the middle is told with what was made, and the run is done by running it again', async () => {
	await using ground = await openGround({ scenario: 'network-drops' });
	const first = await ground.run(['run', 'answers.yaml']);
	expect(first.exitCode).toBe(3);
	expect(first.out).toContainEqual('The source cluster (east) closed the connection');
	const second = await ground.run(['run', 'answers.yaml']);
	expect(second.exitCode).toBe(0);
	expect(second.out.at(-1)).toMatch(/^Done\./);
});
