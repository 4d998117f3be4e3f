import { expect, test } from 'vitest';
import type { Plan, Step, StepContext, Verdict } from '../../source/pairing/step/step.ts';
import { defined } from '../../source/pairing/words/json.ts';
import { clusterProblem, PairingError, type Problem } from '../../source/pairing/words/problem.ts';
import type { Outcome, RunEvent, RunResult } from '../../source/runner/run-event.ts';
import { type RunOptions, runPlan, undoSteps } from '../../source/runner/run-plan.ts';
import { type FakeClock, fakeClock } from '../helpers/fake-clock.ts';
import { problemOf } from '../helpers/problem.ts';
import { worldWith } from '../pairing/hand-made-world.ts';

test('steps follow each other; what holds is unchanged, what is made is proven by checking again', async () => {
	const { story, result } = await run([
		[step('a', [holds('fine')])],
		[step('b', [absent('not there'), holds('there now')], 'done')],
	]);

	expect(story).toEqual([
		'0 a started',
		'0 a unchanged: fine',
		'0 b started',
		'0 b changing',
		'0 b apply',
		'0 b changed: made b: there now',
		'0 run done, 1 changes',
	]);
	expect(result).toEqual({ kind: 'done', changes: 1 });
});

test('asked before each step, they come one by one, and the time to think is no one’s', async () => {
	const { story, events } = await run(
		[
			[step('a', [takes(100, holds('ok'))]), step('b', [takes(100, holds('ok'))])],
			[step('c', [holds('ok')])],
		],
		{
			before: async () => {
				await clock.sleep(5000, new AbortController().signal);
				return 'go';
			},
		},
	);
	expect(story).toEqual([
		'5000 a started',
		'5100 a unchanged: ok',
		'10100 b started',
		'10200 b unchanged: ok',
		'15200 c started',
		'15200 c unchanged: ok',
		'15200 run done, 0 changes',
	]);
	expect(events).toContainEqual(expect.objectContaining({ type: 'step-finished', step: 'b', elapsed: 100 }));
});

test('anyone who stops before a step stops all that follow, and none of them has begun', async () => {
	const { story, result } = await run(
		[[step('a', [absent('no'), holds('yes')], 'done')], [step('b', [])], [step('c', [])]],
		{ before: async ({ id }) => (id === 'b' ? 'stop' : 'go') },
	);
	expect(story.filter(line => /started|cancelled|skipped/.test(line))).toEqual([
		'0 a started',
		'0 b skipped: the run was stopped',
		'0 c skipped: the run was stopped',
		'0 run cancelled after 1 changes',
	]);
	expect(result).toEqual({ kind: 'cancelled', changes: 1 });
});

test('a run is stopped from outside while it asks', async () => {
	const { result } = await run([[step('a', [])]], { stopAt: 100, before: () => new Promise(() => {}) });
	expect(result).toEqual({ kind: 'cancelled', changes: 0 });
});

test('a plan without steps is done', async () => {
	expect((await run([])).story).toEqual(['0 run done, 0 changes']);
});

test('events are these and no others, field by field', async () => {
	const { events } = await run([
		[step('a', [absent('no'), holds('yes')], 'done')],
		[step('b', [throws(problem('broken'))])],
	]);

	expect(events).toEqual([
		{ type: 'step-started', step: 'a', at: 0 },
		{ type: 'step-changing', step: 'a', makes: 'a', at: 0 },
		{
			type: 'step-finished',
			step: 'a',
			outcome: { kind: 'changed', made: 'a', evidence: 'yes' },
			elapsed: 0,
			at: 0,
		},
		{ type: 'step-started', step: 'b', at: 0 },
		{
			type: 'step-finished',
			step: 'b',
			outcome: { kind: 'failed', problem: problem('broken'), trace: 'none' },
			elapsed: 0,
			at: 0,
		},
		{
			type: 'run-finished',
			result: { kind: 'failed', changes: 1, problem: problem('broken'), trace: 'none' },
			at: 0,
		},
	]);
});

test('the steps of one stage run side by side, and the next stage waits for all of them', async () => {
	const { story } = await run([
		[step('slow', [takes(700, holds('ok'))]), step('quick', [takes(300, holds('ok'))])],
		[step('after', [holds('ok')])],
	]);

	expect(story).toEqual([
		'0 slow started',
		'0 quick started',
		'300 quick unchanged: ok',
		'700 slow unchanged: ok',
		'700 after started',
		'700 after unchanged: ok',
		'700 run done, 0 changes',
	]);
});

test('after a failure its neighbour goes on to its end, and all that follows is skipped', async () => {
	const { story, result } = await run([
		[
			step('bad', [throws(problem('broken'))]),
			step('neighbour', [takes(300, absent('no')), holds('ok')], 'done'),
		],
		[step('next', [holds('ok')])],
		[step('last', [holds('ok')])],
	]);

	expect(story).toEqual([
		'0 bad started',
		'0 neighbour started',
		'0 bad failed (none): broken',
		'300 neighbour changing',
		'300 neighbour apply',
		'300 neighbour changed: made neighbour: ok',
		'300 next skipped: an earlier step failed',
		'300 last skipped: an earlier step failed',
		'300 run failed after 1 changes (none): broken',
	]);
	expect(result).toEqual({ kind: 'failed', changes: 1, problem: problem('broken'), trace: 'none' });
});

test('of two failures side by side, the first is the result, and doubt about either is doubt', async () => {
	const { story } = await run([
		[
			step('late', [takes(200, throws(problem('late')))]),
			step('early', [absent('no'), throws(problem('early'))], 'done'),
		],
	]);
	expect(story.at(-1)).toBe('200 run failed after 0 changes (unknown): early');
});

test('a step that only looks fails when it does not hold', async () => {
	const { events } = await run([[step('a', [absent('it is not so')])]]);
	expect(outcomes(events)).toEqual([
		{
			kind: 'failed',
			trace: 'none',
			problem: expect.objectContaining({
				id: 'not-as-required',
				kind: 'cluster',
				side: 'source',
				evidence: 'it is not so',
			}),
		},
	]);
});

test('a long step shows that it lives, every second', async () => {
	const { story } = await run([[step('a', [takes(3500, holds('ok'))])]]);
	expect(story).toEqual([
		'0 a started',
		'1000 a waiting 1000',
		'2000 a waiting 2000',
		'3000 a waiting 3000',
		'3500 a unchanged: ok',
		'3500 run done, 0 changes',
	]);
});

test('a note is told once, until there is another', async () => {
	const { story } = await run([
		[
			step('a', [
				context => {
					for (const note of ['one', 'one', 'two', 'one']) context.note(note);
					return holds('ok')(context);
				},
			]),
		],
	]);
	expect(story.slice(1, 4)).toEqual(['0 a notes: one', '0 a notes: two', '0 a notes: one']);
});

test('what clusters say comes out as single lines that move no cursor', async () => {
	const said = 'one\n\u001b[2Jtwo\u2028\u009bthree\r\n';
	const { events, result } = await run([
		[
			step('a', [
				context => {
					context.note(said);
					return holds(said)(context);
				},
			]),
		],
		[step('b', [throws(problemOf({ ...problem('b'), title: said, evidence: said, remedies: [said] }))])],
	]);
	const line = 'one [2Jtwo three';
	expect(events[1]).toMatchObject({ note: line });
	expect(outcomes(events)).toMatchObject([
		{ evidence: line },
		{ problem: { title: line, evidence: 'one\n[2Jtwo three\n', remedies: [line] } },
	]);
	expect(result).toMatchObject({ problem: { evidence: 'one\n[2Jtwo three\n' } });
});

// What becomes of a change.

test.each<[string, Look[], 'done' | 'throws', string]>([
	['done and proven', [absent('no'), holds('yes')], 'done', 'changed: made a: yes'],
	['its answer was lost, but it holds', [absent('no'), holds('yes')], 'throws', 'changed: made a: yes'],
	['refused, and all is as it was', [absent('no'), absent('no')], 'throws', 'failed (none): refused'],
	[
		'refused, and something is different now',
		[absent('the old one differs'), absent('nothing there')],
		'throws',
		'failed (unknown): refused',
	],
	[
		'refused, and it cannot be read any more',
		[absent('no'), throws(problem('unreadable'))],
		'throws',
		'failed (unknown): refused',
	],
	[
		'done, and does not hold',
		[absent('no'), absent('still not')],
		'done',
		'failed (unknown): plan a: applied, but did not take effect',
	],
	[
		'done, and cannot be read any more',
		[absent('no'), throws(problem('unreadable'))],
		'done',
		'failed (unknown): unreadable',
	],
	[
		'done, and not so yet',
		[absent('no'), pending('half done')],
		'done',
		'failed (unknown): problem of half done',
	],
])('a change: %s', async (_, looks, change, ending) => {
	const { story } = await run([[step('a', looks, change)]]);
	expect(story.slice(0, 4)).toEqual(['0 a started', '0 a changing', '0 a apply', `0 a ${ending}`]);
});

test('nothing is sent before it is kept that it will be', async () => {
	const disk = Promise.withResolvers<void>();
	const { story } = await run([[step('a', [absent('no'), holds('yes')], 'done')]], {
		kept() {
			told('asked to keep');
			clock.at(700, disk.resolve);
			return disk.promise;
		},
	});
	expect(story).toEqual([
		'0 a started',
		'0 a changing',
		'0 asked to keep',
		'700 a apply',
		'700 a changed: made a: yes',
		'700 run done, 1 changes',
	]);
});

test('what changes nothing is not waited for to be kept', async () => {
	const kept = async () => told('asked to keep');
	const { story } = await run([[step('a', [holds('ok')])], [step('b', [absent('no')])]], { kept });
	expect(story).not.toContain('0 asked to keep');
});

test('warnings come along with what holds', async () => {
	const warnings = [problemOf({ ...problem('clock-off'), title: 'one\nline' })];
	const { events } = await run([
		[step('a', [() => ({ kind: 'holds', evidence: 'ok', warnings })])],
		[step('b', [() => ({ kind: 'holds', evidence: 'ok', warnings: [] })])],
	]);
	expect(outcomes(events)).toEqual([
		{ kind: 'unchanged', evidence: 'ok', warnings: [{ ...problem('clock-off'), title: 'one line' }] },
		{ kind: 'unchanged', evidence: 'ok' },
	]);
});

// Waiting.

test('what is pending is looked at again at each change', async () => {
	const { story, asked } = await run([
		[waiting([pending('one', '17'), pending('two', '18'), holds('ready')], 60, 400)],
	]);

	expect(story).toEqual([
		'0 a started',
		'0 a notes: one',
		'400 a notes: two',
		'800 a unchanged: ready',
		'800 run done, 0 changes',
	]);
	expect(asked).toEqual(['17', '18']);
});

test('without a change, or when watching is not possible, it looks every five seconds', async () => {
	for (const watch of ['never', 'fails'] as const) {
		const { story } = await run([[waiting([pending('one'), pending('one'), holds('ready')], 60, watch)]]);
		expect(withoutBeats(story)).toEqual([
			'0 a started',
			'0 a notes: one',
			'10000 a unchanged: ready',
			'10000 run done, 0 changes',
		]);
	}
});

test('patience ends with the Problem of the last look', async () => {
	const { story, result } = await run([
		[waiting([pending('one'), pending('two'), pending('three'), pending('four')], 12, 'never')],
	]);

	expect(withoutBeats(story)).toEqual([
		'0 a started',
		'0 a notes: one',
		'5000 a notes: two',
		'10000 a notes: three',
		'12000 a failed (none): problem of four',
		'12000 run failed after 0 changes (none): problem of four',
	]);
	expect(result).toMatchObject({ kind: 'failed', problem: { evidence: 'four' } });
});

test('a step without patience does not wait', async () => {
	expect((await run([[step('a', [pending('one')])]])).story.at(1)).toBe('0 a failed (none): problem of one');
});

// Stopping.

test('stopped while waiting: it ends at once, and what follows is not begun', async () => {
	const plan = [[waiting([pending('one'), pending('one')], 60, 'never')], [step('b', [holds('ok')])]];
	const { story, result } = await run(plan, { stopAt: 2500 });

	expect(story).toEqual([
		'0 a started',
		'0 a notes: one',
		'1000 a waiting 1000',
		'2000 a waiting 2000',
		'2500 a cancelled',
		'2500 b skipped: the run was stopped',
		'2500 run cancelled after 0 changes',
	]);
	expect(result).toEqual({ kind: 'cancelled', changes: 0 });
});

test('stopped while looking: the look is not waited for, even if it fails later', async () => {
	const { story } = await run([[step('a', [takes(5000, throws(problem('late')))])]], { stopAt: 300 });
	expect(story).toEqual(['0 a started', '300 a cancelled', '300 run cancelled after 0 changes']);
});

test('stopped while changing: the change is completed and proven, then it stops', async () => {
	const changing = step('a', [absent('no'), holds('yes')], 'done', 2500);
	const { story, result } = await run([[changing], [step('b', [holds('ok')])]], { stopAt: 1500 });

	expect(story).toEqual([
		'0 a started',
		'0 a changing',
		'0 a apply',
		'1000 a waiting 1000',
		'2000 a waiting 2000',
		'2500 a changed: made a: yes',
		'2500 b skipped: the run was stopped',
		'2500 run cancelled after 1 changes',
	]);
	expect(result).toEqual({ kind: 'cancelled', changes: 1 });
});

test('stopped before it began: nothing is begun', async () => {
	expect((await run([[step('a', [holds('ok')])]], { stopAt: 0 })).story).toEqual([
		'0 a skipped: the run was stopped',
		'0 run cancelled after 0 changes',
	]);
});

test('a failure weighs more than a stop', async () => {
	const { story } = await run([[step('a', [absent('no'), absent('no')], 'throws', 500)], [step('b', [])]], {
		stopAt: 100,
	});
	expect(story.slice(-2)).toEqual([
		'500 b skipped: an earlier step failed',
		'500 run failed after 0 changes (none): refused',
	]);
});

// Our own mistakes.

test.each<[string, () => never]>([
	[
		'an Error',
		() => {
			throw new TypeError('canary of the message');
		},
	],
	[
		'a text',
		() => {
			throw 'canary of the text';
		},
	],
	[
		'an error from a child process',
		() => {
			throw Object.assign(new Error('canary'), { command: 'canary', stderr: 'canary' });
		},
	],
])('%s no one expected is a bug of ours; its message is not repeated', async (_, mistake) => {
	const { events } = await run([[step('a', [mistake])]]);

	expect(outcomes(events)).toEqual([
		{
			kind: 'failed',
			trace: 'none',
			problem: {
				id: 'unexpected',
				kind: 'bug',
				title: 'Internal error. This is a bug in pxpair in the step "plan a"',
				side: 'source',
				evidence: expect.any(String),
				remedies: ['Please report this bug with the evidence above. Running it again is safe.'],
				more: 'docs/problems.md#unexpected',
			},
		},
	]);
	expect(JSON.stringify(events)).not.toContain('canary');
});

test('its place is named: that is what a report needs', async () => {
	const { events } = await run([
		[
			step('a', [
				() => {
					throw new TypeError('x');
				},
			]),
		],
	]);
	expect(events[1]).toHaveProperty(
		'outcome.problem.evidence',
		expect.stringMatching(/^TypeError at .*run-plan\.test\.ts:\d+:\d+/),
	);
});

// undoing.

test('steps are undone in the order given; what stays says why', async () => {
	const { story, result } = await undo([undoable('c'), undoable('b', 'it is in use'), undoable('a')]);

	expect(story.filter(line => !line.endsWith('started'))).toEqual([
		'0 c undo',
		'0 c undone',
		'0 b undo',
		'0 b stays: it is in use',
		'0 a undo',
		'0 a undone',
		expect.stringMatching(/^0 run done/),
	]);
	expect(result).toMatchObject({ kind: 'done' });
});

test('a failure does not keep the others from being undone', async () => {
	const { story, result } = await undo([undoable('c'), undoable('b', problem('held')), undoable('a')]);

	expect(story.filter(line => /undone|failed \(/.test(line))).toEqual([
		'0 c undone',
		'0 b failed (unknown): held',
		'0 a undone',
	]);
	expect(result).toMatchObject({ kind: 'failed', problem: { title: 'held' } });
});

test('a stop lets the deletion under way come to its end, and begins no other', async () => {
	const { story, result } = await undo([undoable('c', 10), undoable('b'), undoable('a')], 5);

	expect(story.filter(line => !line.endsWith('started'))).toEqual([
		'0 c undo',
		'10 c undone',
		'10 b skipped: the undo was stopped',
		'10 a skipped: the undo was stopped',
		expect.stringMatching(/^10 run cancelled/),
	]);
	expect(result).toEqual({ kind: 'cancelled', changes: 1 });
});

test('a step that changes nothing has nothing to undo', async () => {
	expect((await undo([step('a', [])])).events).toHaveLength(1);
});

type Look = (context: StepContext, clock?: FakeClock) => Promise<Verdict> | Verdict;

let clock = fakeClock();
let told: (line: string) => void = () => {};
let asked: (string | undefined)[] = [];

type Story = { events: RunEvent[]; story: string[]; result: RunResult; asked: (string | undefined)[] };

async function run(
	stages: Step[][],
	options: { stopAt?: number; kept?: () => Promise<unknown>; before?: RunOptions['before'] } = {},
): Promise<Story> {
	return play(options, ({ signal, observe }) => {
		const plan: Plan = { title: 'a plan', stages, remarks: [] };
		const { kept, before } = options;
		return runPlan(plan, {
			world: worldWith(),
			clock,
			runId: 'run-1',
			signal,
			observe,
			...(kept && { kept }),
			...(before && { before }),
		});
	});
}

const undo = (steps: Step[], stopAt?: number) =>
	play(defined({ stopAt }), ({ signal, observe }) =>
		undoSteps(steps, { world: worldWith(), clock, runId: 'run-1', signal, observe }),
	);

async function play(
	{ stopAt }: { stopAt?: number },
	start: (options: { signal: AbortSignal; observe: (event: RunEvent) => void }) => Promise<RunResult>,
): Promise<Story> {
	clock = fakeClock();
	asked = [];
	const events: RunEvent[] = [];
	const story: string[] = [];
	told = line => void story.push(`${clock.now()} ${line}`);
	const stop = new AbortController();
	if (stopAt === 0) {
		stop.abort();
	} else if (stopAt !== undefined) {
		clock.at(stopAt, () => stop.abort());
	}
	const result = await clock.until(
		start({
			signal: stop.signal,
			observe: event => {
				events.push(event);
				story.push(lineOf(event));
			},
		}),
	);
	expect(events.at(-1)).toMatchObject({ type: 'run-finished', result });
	return { events, story, result, asked };
}

function lineOf(event: RunEvent): string {
	switch (event.type) {
		case 'step-started':
			return `${event.at} ${event.step} started`;
		case 'step-noted':
			return `${event.at} ${event.step} notes: ${event.note}`;
		case 'step-changing':
			return `${event.at} ${event.step} changing`;
		case 'step-waiting':
			return `${event.at} ${event.step} waiting ${event.elapsed}`;
		case 'step-finished':
			return `${event.at} ${event.step} ${outcomeLine(event.outcome)}`;
		case 'run-finished':
			return `${event.at} run ${resultLine(event.result)}`;
	}
}

function outcomeLine(outcome: Outcome): string {
	switch (outcome.kind) {
		case 'unchanged':
			return `unchanged: ${outcome.evidence}`;
		case 'changed':
			return `changed: made ${outcome.made}: ${outcome.evidence}`;
		case 'undone':
			return outcome.kept === undefined ? 'undone' : `stays: ${outcome.kept}`;
		case 'failed':
			return `failed (${outcome.trace}): ${outcome.problem.title}`;
		case 'skipped':
			return `skipped: ${outcome.because}`;
		case 'cancelled':
			return 'cancelled';
	}
}

function resultLine(result: RunResult): string {
	switch (result.kind) {
		case 'done':
			return `done, ${result.changes} changes`;
		case 'failed':
			return `failed after ${result.changes} changes (${result.trace}): ${result.problem.title}`;
		case 'cancelled':
			return `cancelled after ${result.changes} changes`;
	}
}

const outcomes = (events: RunEvent[]) =>
	events.flatMap(event => (event.type === 'step-finished' ? [event.outcome] : []));
const withoutBeats = (story: string[]) => story.filter(line => !line.includes(' waiting '));

/** A step whose checks answer in turn; one more check than listed fails the test. */
function step(id: string, looks: Look[], change?: 'done' | 'throws', takesMilliseconds = 0): Step {
	const left = [...looks];
	return {
		id,
		title: { plan: `plan ${id}`, doing: `doing ${id}`, holds: `${id} holds` },
		on: 'source',
		docs: 'https://docs.example',
		preview: [],
		needs: [],
		check: async context => {
			const look = left.shift();
			if (!look) {
				throw new Error(`${id} was checked once too often`);
			}
			return look(context);
		},
		...(change && {
			change: {
				makes: id,
				async apply() {
					told(`${id} apply`);
					await clock.sleep(takesMilliseconds, new AbortController().signal);
					if (change === 'throws') {
						throw new PairingError(problem('refused'));
					}
				},
				async remains() {
					throw new Error('no one asked for that');
				},
			},
		}),
	};
}

/** One that waits; `watch` is when its watch tells of a change. */
function waiting(looks: Look[], seconds: number, watch: number | 'never' | 'fails'): Step {
	return {
		...step('a', looks),
		patience: {
			seconds,
			async change({ signal }, since) {
				if (watch === 'fails') {
					throw new PairingError(problem('watching is forbidden'));
				}
				asked.push(since);
				await clock.sleep(watch === 'never' ? 1_000_000 : watch, signal);
			},
		},
	};
}

/** @param hindrance why it stays, or how long its deletion takes */
function undoable(id: string, hindrance?: string | Problem | number): Step {
	return {
		...step(id, []),
		change: {
			makes: id,
			async apply() {
				throw new Error('no one asked for that');
			},
			async remains() {
				told(`${id} undo`);
				if (typeof hindrance === 'object') {
					throw new PairingError(hindrance);
				}
				return typeof hindrance === 'string'
					? { kind: 'kept', because: hindrance }
					: {
							kind: 'deletable',
							identity: undefined,
							async delete() {
								await clock.sleep(hindrance ?? 0, new AbortController().signal);
								return { kind: 'removed' };
							},
						};
			},
		},
	};
}

function holds(evidence: string): Look {
	return () => ({ kind: 'holds', evidence });
}

function absent(because: string): Look {
	return () => ({ kind: 'absent', because });
}

function pending(latest: string, since?: string): Look {
	const waitingFor = problemOf({ ...problem(`problem of ${latest}`), evidence: latest });
	return () => ({ kind: 'pending', latest, problem: waitingFor, ...(since && { since }) });
}

function throws(found: Problem): Look {
	return () => {
		throw new PairingError(found);
	};
}

function takes(milliseconds: number, look: Look): Look {
	return async context => {
		await clock.sleep(milliseconds, new AbortController().signal);
		return look(context);
	};
}

function problem(title: string): Problem {
	return clusterProblem({ id: 'unexpected', title, remedies: ['Try again.'] });
}
