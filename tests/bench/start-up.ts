import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { makeExecutable } from '../scripts/package/make-executable.ts';
import { startOnTerminal } from './pseudo-terminal.ts';
import type { Effort, Row } from './row.ts';
import { median, middleOf, percentile, timed } from './statistics.ts';
import { type Command, kubeconfigOf, type Surroundings } from './surroundings.ts';

/** The row by which one sees how quiet the machine was. */
export const calibration = 'bare node, 95th percentile';

/**
 * Each round measures everything once, and each figure is the median of the rounds' own ratios: what else the machine is
 * doing meanwhile meets numerator and denominator alike. The practice clusters' own start does not count.
 */
export async function startUp(surroundings: Surroundings, effort: Effort): Promise<Row[]> {
	const kubeconfig = surroundings.file('one-context', kubeconfigOf(1));
	const without = {
		...surroundings,
		environment: { ...surroundings.environment, NODE_DISABLE_COMPILE_CACHE: '1' },
	};
	const executable = await asExecutable(surroundings);
	const measures = {
		version: () => toItsEnd(surroundings, surroundings.command('--version')),
		help: () => toItsEnd(surroundings, surroundings.command('--help')),
		frame: () => firstFrame(surroundings, kubeconfig),
		first: () => firstFrame(without, kubeconfig),
		ownVersion: () => toItsEnd(executable, executable.command('--version')),
		ownFrame: () => firstFrame(executable, kubeconfig),
	};
	// Each fills its compile cache.
	await firstFrame(surroundings, kubeconfig);
	await firstFrame(executable, kubeconfig);
	const ratios = Object.fromEntries(Object.keys(measures).map(name => [name, []])) as unknown as Record<
		keyof typeof measures,
		number[]
	>;
	const bares: number[] = [];
	for (let round = 0; round < (effort === 'quick' ? 5 : 21); round++) {
		const bare = await toItsEnd(surroundings, [process.execPath, '-e', '0']);
		bares.push(bare);
		for (const [name, measure] of Object.entries(measures)) {
			ratios[name as keyof typeof measures].push((await measure()) / bare);
		}
	}
	const unit = '× bare node';
	return [
		{
			what: calibration,
			measured: percentile(bares, 0.95) / median(bares),
			unit,
			remark: `half take ${median(bares).toFixed(0)} ms; far above 1, something else keeps the machine busy, and no figure here is worth much`,
		},
		{ what: '--version', ...middleOf(ratios.version), unit, budget: 1.3 },
		{ what: '--help', ...middleOf(ratios.help), unit, budget: 1.3 },
		{
			what: 'first frame of the wizard',
			...middleOf(ratios.frame),
			unit,
			budget: 3.5,
			remark:
				'compiled before, as from the second start on; what is left is code that runs for the first time in each process, React, Ink and Yoga above all: see docs/decisions.md',
		},
		{ what: 'first frame, nothing compiled yet', ...middleOf(ratios.first), unit },
		{ what: 'executable: --version', ...middleOf(ratios.ownVersion), unit, budget: 1.3 },
		{ what: 'executable: first frame', ...middleOf(ratios.ownFrame), unit, budget: 3.5 },
	];
}

/** The same program as one file with a Node.js inside, as `npm run package` makes it. */
async function asExecutable(surroundings: Surroundings): Promise<Surroundings> {
	const { folder } = surroundings;
	const output = join(folder, 'pxpair');
	await makeExecutable({ node: process.execPath, dist: join(folder, 'dist'), folder, output });
	return { ...surroundings, command: (...args) => [output, ...args] };
}

const toItsEnd = ({ environment }: Surroundings, [file, ...args]: Command): Promise<number> =>
	timed(() => {
		const { status } = spawnSync(file, args, { stdio: 'ignore', env: environment });
		if (status !== 0) {
			throw new Error(`${[file, ...args].join(' ')} ended with ${status}`);
		}
	});

async function firstFrame(surroundings: Surroundings, kubeconfig: string): Promise<number> {
	const started = performance.now();
	const terminal = startOnTerminal(surroundings, '--kubeconfig', kubeconfig);
	await terminal.until('Which cluster is');
	const time = performance.now() - started;
	// Node keeps what it compiled when it ends by itself, and only then.
	await terminal.leave();
	return time;
}
