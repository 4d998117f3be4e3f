import { resolve } from 'node:path';
import { expect, test, vi } from 'vitest';
import { startWizard } from '../../wizard/start-wizard.ts';

vi.setConfig({ testTimeout: 120_000 });

/** What it shows of one run in practice. */
async function linesAt(columns: number): Promise<readonly string[]> {
	await using run = await startWizard(['run', resolve('examples/practice-s3.yaml'), '--practice'], {
		columns,
	});
	expect((await run.exit).code).toBe(0);
	const env = { XDG_STATE_HOME: `${run.home}/state` };
	await using list = await startWizard(['runs'], { columns, env });
	expect((await list.exit).code).toBe(0);
	return list.scrollback().filter(line => line !== '');
}

const begins = /^2\d{3}-[\w-]+ {2}\d+s ago {1,2} done/;

test('on a terminal a run is one line, which is cut in its middle', async () => {
	const [head = '', row = '', about] = await linesAt(80);
	expect(head).toMatch(/^RUN {25}AGE {5,6}RESULT {2}WHAT$/);
	expect(row.length).toBeLessThanOrEqual(80);
	expect(row).toMatch(begins);
	expect(row).toMatch(/Pair .*….*remotecluster$/);
	expect(about).toBe('    practice: its clusters no longer exist');
});

test('on a narrow one, what it was has lines of its own', async () => {
	const [, , row = '', ...rest] = await linesAt(60);
	expect(row).toMatch(begins);
	expect(rest.join(' ').replaceAll(/ +/g, ' ')).toContain(
		'Pair east → west as migrationnamespace/remotecluster',
	);
});
