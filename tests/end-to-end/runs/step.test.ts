import { expect, test, vi } from 'vitest';
import { makeSandbox } from '../../helpers/program/program.ts';
import { keys, startWizard } from '../../wizard/start-wizard.ts';

vi.setConfig({ testTimeout: 120_000 });

const question = '[q] stop:';

test.concurrent('each step is shown as in the plan and waits; an answer that is none asks again; a does the rest', async () => {
	await using run = await startWizard(['run', '--practice', '--step']);
	await run.converse(
		[/1\. both +Check both clusters/],
		[question, 'what?', keys.enter],
		['Not one of these. [Enter] run this step', keys.enter],
		[/2\. source +Reach the source cluster/],
		[/is Ready|kubectl/, 'a', keys.enter],
		['Done. 5 changes were made.'],
	);
	expect((await run.exit).code).toBe(0);
	expect(run.output()).not.toContain('practice-only-secret-access-key');
});

test.concurrent('q before the first change leaves both clusters as they were', async () => {
	await using run = await startWizard(['run', '--practice', '--step']);
	await run.converse([question, 'q', keys.enter], ['Nothing was changed.']);
	expect((await run.exit).code).toBe(130);
});

test.concurrent('Ctrl-C where it waits stops it, too', async () => {
	await using run = await startWizard(['run', '--practice', '--step']);
	await run.converse([question, keys.ctrlC], ['Nothing was changed.']);
	expect((await run.exit).code).toBe(130);
});

test.concurrent.each([
	[[], '✔  6/16 source      Stork runs on the source', 'Stork runs on the source: version'],
	[['-v'], ' 6/16 source      checked   Stork runs on the source: version 24.3.0', '✔'],
])('on a terminal a step is one line, with its evidence on request: %j', async (flags, line, absent) => {
	await using run = await startWizard(['run', '--practice', ...flags]);
	await run.converse(['Done. 5 changes were made.']);
	expect((await run.exit).code).toBe(0);
	const lines = run.scrollback().join('\n');
	expect(lines).toContain(line);
	expect(lines).not.toContain(absent);
	expect(run.output()).not.toContain('practice-only-secret-access-key');
});

test.concurrent.each([
	[['run', '--practice', '--step'], '--step asks before each step, and there is no terminal to ask on'],
	[
		['run', '--practice', '--step', '--json'],
		'--step asks before each step, and --json is for programs: use one of them',
	],
])('%j is refused', async (args, title) => {
	await using sandbox = await makeSandbox();
	const { exitCode, out, err } = await sandbox.run(args, {});
	expect({ exitCode, out, first: err[0] }).toEqual({ exitCode: 2, out: [], first: `pxpair: ${title}` });
});
