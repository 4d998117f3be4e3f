import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { startPractice } from '../../../source/practice/practice.ts';
import { type FrontOptions, openFront } from '../../helpers/clusters/endless-front.ts';
import { programStart } from '../../helpers/program/under-test.ts';
import { makeHome } from '../program.ts';
import { endless, endlessExecs, endlessProxies, endlessWatches } from './endless-answers.ts';

// A machine may be busy with others.
vi.setConfig({ testTimeout: 300_000 });

/** MB: twice what the wizard takes when it only waits for a key, which is 91 by the bench. */
const most = 182;
/** Seconds, after which it is ended: it gives up by its own clocks in a fourth of that, also where the machine is busy. */
const longest = 240;

describe.concurrent('an API server that does not come to an end', () => {
	test.for(Object.entries(endless))('answers with %s', async ([, spoil]) => {
		expect(await attempt({ answers: () => spoil }, ['check', 'answers.yaml'])).toMatchObject(bounded);
	});

	test.for(Object.entries(endlessExecs))('execs with %s', async ([, exec]) => {
		expect(await attempt({ exec }, ['check', 'answers.yaml'])).toMatchObject(bounded);
	});

	test.for(Object.entries(endlessProxies))('is behind a proxy that answers with %s', async ([, proxy]) => {
		expect(await attempt({ proxy }, ['check', 'answers.yaml'])).toMatchObject(bounded);
	});

	test.for(Object.entries(endlessWatches))('watches with %s', async ([, spoil]) => {
		const answers = (line: string) => (line.includes('watch=1') ? spoil : undefined);
		const ended = await attempt({ answers }, ['run', 'answers.yaml', '--timeout=20']);
		expect(ended).toMatchObject({ ...bounded, code: 0 });
	});
});

const bounded = { memory: 'small', gaveUp: true, wasSpoiled: true, stayed: false };

async function attempt(options: FrontOptions, args: readonly string[]) {
	const practice = await startPractice({ storkPause: 2000 });
	await using front = await openFront(practice.kubeconfig, options);
	await using home = await makeHome(front.kubeconfig, 's3');
	const started = performance.now();
	const child = spawn(...programStart(args), {
		cwd: home.folder,
		env: home.environment,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let said = started;
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', () => {
			said = performance.now();
		});
	}
	const ended = once(child, 'close');
	let peak = 0;
	while (child.exitCode === null && child.signalCode === null) {
		peak = Math.max(peak, peakOf(child.pid ?? 0));
		if (performance.now() - started > longest * 1000) {
			child.kill('SIGKILL');
		}
		await pause(10);
	}
	await ended;
	const seconds = (performance.now() - started) / 1000;
	await practice.close();
	return {
		code: child.exitCode,
		memory: peak < most ? 'small' : `${Math.round(peak)} MB`,
		gaveUp: child.signalCode === null,
		/** Whether the process outlived its last word. */
		stayed: performance.now() - said > 20_000,
		wasSpoiled: front.spoiled() > 0,
		seconds,
	};
}

function peakOf(pid: number): number {
	try {
		return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
	} catch {
		return 0;
	}
}
