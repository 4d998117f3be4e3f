// Measures the built program in one run, as ratios and counts: the machine's own speed cancels out.
// --quick measures less often, --json prints one JSON object.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { byHand } from './by-hand.ts';
import { cost } from './cost.ts';
import { keystrokes } from './keystrokes.ts';
import { memory } from './memory.ts';
import { type Effort, type Row, verdictOf } from './row.ts';
import { calibration, startUp } from './start-up.ts';
import { openSurroundings, type Surroundings } from './surroundings.ts';
import { table } from './table.ts';

type Measurement = (surroundings: Surroundings, effort: Effort) => Promise<Row[]>;

const measurements: Readonly<Record<string, Measurement>> = {
	'start-up': startUp,
	memory,
	keystrokes,
	'run and script': byHand,
	'cost and growth': cost,
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => process.exit(130));
}
const effort: Effort = process.argv.includes('--quick') ? 'quick' : 'whole';
execFileSync(process.execPath, ['build.js', '--if-stale'], { cwd: join(import.meta.dirname, '../..') });
const rows = await measureAll();
/** A bare Node.js takes its time as well. */
const isBusy = rows.some(({ what, measured }) => what === calibration && Number(measured) > 1.25);
process.stdout.write(
	process.argv.includes('--json')
		? `${JSON.stringify({ schema: 'pxpair.bench/v2', node: process.version, effort, rows: rows.map(row => ({ ...row, verdict: verdictOf(row, isBusy) })) })}\n`
		: table(rows, isBusy),
);

async function measureAll(): Promise<Row[]> {
	using surroundings = openSurroundings();
	const all: Row[] = [];
	for (const [name, measure] of Object.entries(measurements)) {
		process.stderr.write(`measuring ${name}…\n`);
		all.push(...(await attempt(name, () => measure(surroundings, effort))));
	}
	return all;
}

/** One part that cannot be measured does not take the others along. */
async function attempt(name: string, measure: () => Promise<Row[]>): Promise<Row[]> {
	try {
		return await measure();
	} catch (error) {
		const [why = ''] = String(error instanceof Error ? error.message : error).split('\n');
		return [{ what: name, measured: why, unit: '× bare node' }];
	}
}
