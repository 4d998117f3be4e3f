// Measures the built program in one run, as ratios and counts: the machine's own speed cancels out.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPractice } from '../../source/practice/practice.ts';
import { startTerminal } from '../helpers/terminal.ts';

type Row = Readonly<{
	what: string;
	measured: number;
	unit: '× bare node' | 'requests' | 'MB';
	budget?: number;
}>;

const oneContext = JSON.stringify({
	apiVersion: 'v1',
	kind: 'Config',
	clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
	users: [{ name: 'u', user: { token: 'none' } }],
	contexts: [{ name: 'bench', context: { cluster: 'c', user: 'u' } }],
});

const rounds = 7;
const program = 'dist/pxpair.js';

execFileSync(process.execPath, ['build.js', '--if-stale']);
const bare = await median(() => timed(() => start(['-e', '0'])));
const rows: Row[] = [
	await ratio('--version', () => timed(() => start([program, '--version'])), 1.3),
	await ratio('--help', () => timed(() => start([program, '--help'])), 1.3),
	await ratio('first frame of the wizard', firstFrame, 4),
	await ratio('pairing the practice clusters, whole', () => timed(() => start([program, '--practice']))),
	...(await requestCounts()),
];
print();

async function ratio(what: string, measure: () => number | Promise<number>, budget?: number): Promise<Row> {
	const measured = (await median(measure)) / bare;
	return { what, measured, unit: '× bare node', ...(budget !== undefined && { budget }) };
}

async function median(measure: () => number | Promise<number>): Promise<number> {
	const times: number[] = [];
	for (let round = 0; round < rounds; round++) {
		times.push(await measure());
	}
	return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
}

function timed(work: () => void): number {
	const started = performance.now();
	work();
	return performance.now() - started;
}

function start(args: readonly string[]): void {
	const { status, stderr } = spawnSync(process.execPath, args, {
		stdio: ['ignore', 'ignore', 'pipe'],
		encoding: 'utf8',
	});
	if (status !== 0) {
		throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
	}
}

/** On a kubeconfig, as a newcomer has one; the practice clusters' own start does not count. */
async function firstFrame(): Promise<number> {
	const folder = mkdtempSync(join(tmpdir(), 'pxpair-bench-'));
	const kubeconfig = join(folder, 'config');
	writeFileSync(kubeconfig, oneContext);
	const started = performance.now();
	const terminal = startTerminal(process.execPath, [program, '--kubeconfig', kubeconfig]);
	await terminal.waitFor('Which cluster is the source');
	const time = performance.now() - started;
	terminal.type('\u0003');
	await terminal.exit;
	rmSync(folder, { recursive: true });
	return time;
}

/** What a run costs both API servers, counted by them. */
async function requestCounts(): Promise<Row[]> {
	const practice = await startPractice();
	const folder = mkdtempSync(join(tmpdir(), 'pxpair-bench-'));
	const kubeconfig = join(folder, 'config');
	writeFileSync(kubeconfig, practice.kubeconfig, { mode: 0o600 });
	const { requests: east } = practice.clusters.east;
	const { requests: west } = practice.clusters.west;
	const count = async (what: string, command: string): Promise<Row> => {
		const before = east.length + west.length;
		const { execa } = await import('execa');
		await execa(
			process.execPath,
			[
				program,
				command,
				'examples/practice-s3.yaml',
				'--source',
				'east',
				'--destination',
				'west',
				'--kubeconfig',
				kubeconfig,
			],
			{ stdio: 'ignore' },
		);
		return { what, measured: east.length + west.length - before, unit: 'requests' };
	};
	const rows = [await count('plan', 'plan'), await count('run', 'run'), await count('second run', 'run')];
	await practice.close();
	rmSync(folder, { recursive: true });
	return rows;
}

function print(): void {
	if (process.argv.includes('--json')) {
		process.stdout.write(`${JSON.stringify({ schema: 'pxpair.bench/v1', rows })}\n`);
		return;
	}
	for (const { what, measured, unit, budget } of rows) {
		const value = unit === 'requests' ? String(measured) : measured.toFixed(2);
		const verdict =
			budget === undefined
				? ''
				: measured <= budget
					? `  (budget ${budget}: met)`
					: `  (budget ${budget}: NOT met)`;
		process.stdout.write(`${what.padEnd(40)} ${value.padStart(7)} ${unit}${verdict}\n`);
	}
}
