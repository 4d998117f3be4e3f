import { vi } from 'vitest';
import type { FaultHook } from '../../../source/practice/contract.ts';
import { type Practice, startPractice } from '../../../source/practice/practice.ts';
import type { ScenarioName } from '../../../source/practice/scenarios.ts';
import type { Store } from '../../helpers/program/ground.ts';
import { type Ended, type Home, makeHome } from '../program.ts';
import { stateOf } from '../state.ts';
import { type PxctlGate, putGate } from '../stores/pxctl-gate.ts';
import { type ClusterName, isCounted, type KillPoint, pointsOf } from './kill-points.ts';

export type KillScenario = Readonly<{
	name: string;
	scenario: ScenarioName;
	store: Store;
	answers?: Readonly<Record<string, unknown>>;
}>;

export type Killed = Readonly<{
	/** false: it ended before it came to that point. */
	reached: boolean;
	ended: Ended;
	/** The id of the record that it began, if any. */
	record: string | undefined;
}>;

/** Two practice clusters and a home for the program, which can be killed there. */
export type KillRange = AsyncDisposable &
	Readonly<{
		practice: Practice;
		home: Home;
		run(args: readonly string[]): Promise<Ended>;
		/** In this process: what is done before the kill, or after the way out. */
		call(args: readonly string[]): Promise<Ended>;
		/** Resolves when the program is dead and nothing that it began goes on. */
		killedAt(point: KillPoint, args: readonly string[]): Promise<Killed>;
		/** What of the state differs from this, once it comes to rest. */
		differences(expected: readonly string[]): Promise<readonly string[]>;
		/** How many requests each cluster has received. */
		requests(): readonly number[];
	}>;

/** The same, where what an undisturbed run makes of them is known. */
export type KillGround = Omit<KillRange, 'practice' | 'requests'> &
	Readonly<{
		beginning: readonly string[];
		/** After an undisturbed run. */
		end: readonly string[];
		points: readonly KillPoint[];
		/** Those of the undo. */
		undoPoints: readonly KillPoint[];
	}>;

export async function openKillGround(scenario: KillScenario): Promise<KillGround> {
	const range = await openKillRange(scenario);
	const { practice, run, requests } = range;
	const beginning = stateOf(practice);
	const before = requests();
	const undisturbed = await run(['run', 'answers.yaml', '--json']);
	const points = pointsOf(practice, before, undisturbed, 'create');
	const end = stateOf(practice);
	const between = requests();
	const credentials = pointsOf(practice, between, undisturbed, 'delete');
	const undone = await run(['undo', '--yes', '--json']);
	const undoPoints = [
		...pointsOf(practice, between, undone, 'delete'),
		...credentials.filter(({ kind }) => kind === 'pxctl'),
	];
	refuseUnlessDone(undisturbed, undone);
	return { ...range, beginning, end, points, undoPoints };
}

export function refuseUnlessDone(...ended: readonly Ended[]): void {
	if (ended.some(({ code }) => code !== 0)) {
		throw new Error(`not even undisturbed: ${JSON.stringify(ended.map(({ lines }) => lines.at(-1)))}`);
	}
}

export async function openKillRange({ scenario, store, answers }: KillScenario): Promise<KillRange> {
	const hooks: { [name in ClusterName]?: FaultHook } = {};
	const practice = await startPractice({
		scenario,
		storkInterval: 20,
		fault: { east: request => hooks.east?.(request), west: request => hooks.west?.(request) },
	});
	const { east, west } = practice.clusters;
	const gates = { east: putGate(east), west: putGate(west) };
	const home = await makeHome(practice.kubeconfig, store, answers);
	return {
		practice,
		home,
		run: args => home.start(args).ended,
		call: home.call,
		async killedAt(point, args) {
			const known = new Set(await home.records());
			const { ended, reached } = await kill(point, args, home, hooks, gates);
			await vi.waitFor(() => rests(practice), { timeout: 60_000, interval: 5 });
			const record = (await home.records()).find(id => !known.has(id));
			return { reached, ended, record };
		},
		async differences(expected) {
			await vi.waitFor(() => rests(practice), { timeout: 60_000, interval: 5 });
			return differencesOf(stateOf(practice), expected);
		},
		requests: () => [east.requests.length, west.requests.length],
		async [Symbol.asyncDispose]() {
			await Promise.all([practice.close(), home[Symbol.asyncDispose]()]);
		},
	};
}

async function kill(
	point: KillPoint,
	args: readonly string[],
	home: Home,
	hooks: { [name in ClusterName]?: FaultHook },
	gates: Readonly<Record<ClusterName, PxctlGate>>,
): Promise<{ ended: Ended; reached: boolean }> {
	let reached = false;
	switch (point.kind) {
		case 'line': {
			let told = 0;
			const running = home.start(args, line => {
				told += isCounted(line) ? 1 : 0;
				if (told === point.number) {
					reached = true;
					running.kill();
				}
			});
			const ended = await running.ended;
			return { ended, reached };
		}
		case 'write': {
			const running = home.start(args);
			hooks[point.cluster] = ({ method, url }) => {
				if (reached || `${method} ${url.split('?')[0]}` !== point.what) {
					return undefined;
				}
				reached = true;
				running.kill();
				// What is not dropped is handled after this: the program is not there any more to read the answer.
				return point.moment === 'dropped' ? { kind: 'reset', when: 'before', afterBytes: 0 } : undefined;
			};
			const ended = await running.ended;
			delete hooks[point.cluster];
			return { ended, reached };
		}
		case 'pxctl': {
			const gate = gates[point.cluster];
			const met = gate.expect(point.moment === 'done' ? 'after' : 'before', point.command, point.credential);
			const running = home.start(args);
			reached = await Promise.race([met.reached.then(() => true), running.ended.then(() => false)]);
			running.kill();
			const ended = await running.ended;
			await met.release(point.moment === 'dropped' ? 'drop' : 'go');
			return { ended, reached };
		}
	}
}

/** A command in a pod goes on though who asked for it is dead. */
function rests({ clusters }: Practice): void {
	const running = Object.values(clusters).flatMap(cluster => cluster.running());
	if (running.length > 0) {
		throw new Error(`still running: ${running.join(', ')}`);
	}
}

const differencesOf = (found: readonly string[], expected: readonly string[]): readonly string[] => [
	...found.filter(line => !expected.includes(line)).map(line => `unexpected: ${line}`),
	...expected.filter(line => !found.includes(line)).map(line => `missing: ${line}`),
	...(found.length === expected.length ? [] : [`${found.length} things instead of ${expected.length}`]),
];
