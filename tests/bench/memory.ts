import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { openClusters } from './clusters.ts';
import { startOnTerminal } from './pseudo-terminal.ts';
import type { Row } from './row.ts';
import { type Command, kubeconfigOf, type Surroundings } from './surroundings.ts';

/** Resident memory at its peak. */
export async function memory(surroundings: Surroundings): Promise<Row[]> {
	const bare = await peakUntilExit([process.execPath, '-e', 'setTimeout(() => {}, 300)'], surroundings);
	const idle = await ofIdleWizard(surroundings);
	await using clusters = await openClusters(surroundings);
	const run = await peakUntilExit(surroundings.command('run', ...clusters.args), surroundings);
	return [row('peak memory, idle wizard', idle, bare), row('peak memory, full run', run, bare)];
}

const row = (what: string, peak: number, bare: number): Row => ({
	what,
	measured: peak / bare,
	unit: '× bare node',
	remark: `${peak.toFixed(0)} MB; a bare node takes ${bare.toFixed(0)}`,
});

async function ofIdleWizard(surroundings: Surroundings): Promise<number> {
	const kubeconfig = surroundings.file('for-memory', kubeconfigOf(1));
	const terminal = startOnTerminal(surroundings, '--kubeconfig', kubeconfig);
	await terminal.until('Which cluster is');
	await terminal.quiet(300);
	const peak = peakOf(terminal.pid) ?? Number.NaN;
	await terminal.leave();
	return peak;
}

async function peakUntilExit(command: Command, { environment }: Surroundings): Promise<number> {
	const [file, ...args] = command;
	const child = spawn(file, args, { stdio: 'ignore', env: environment });
	const ended = once(child, 'exit');
	let peak = Number.NaN;
	while (child.exitCode === null) {
		const now = peakOf(child.pid ?? 0);
		peak = now === undefined ? peak : Math.max(now, Number.isNaN(peak) ? 0 : peak);
		await pause(5);
	}
	const [code] = await ended;
	if (code !== 0) {
		throw new Error(`${command.join(' ')} ended with ${code}`);
	}
	return peak;
}

/** In MB. Linux remembers the peak itself; elsewhere it is the highest of what was seen. */
function peakOf(pid: number): number | undefined {
	try {
		const kilobytes =
			process.platform === 'linux'
				? /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
				: execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).trim();
		return kilobytes ? Number(kilobytes) / 1024 : undefined;
	} catch {
		// It has ended.
		return undefined;
	}
}
