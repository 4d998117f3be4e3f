import { afterAll, describe, expect, test, vi } from 'vitest';
import { isFull, type Tally, tryAll } from '../pool.ts';
import { type KillGround, type KillScenario, openKillGround } from './kill-ground.ts';
import { isAboutChange, type KillPoint, nameOf } from './kill-points.ts';

// Bounded by the number of cases; a machine may be busy with others.
vi.setConfig({ testTimeout: isFull ? 7_200_000 : 1_200_000 });

/** How it goes on after the kill. `again` is a run that knows nothing of the first; `undo-again` is about a kill while undoing. */
type WayOut = 'resume' | 'undo' | 'again' | 'undo-again';
type Case =
	| Readonly<{ kind: 'once'; point: KillPoint; wayOut: WayOut }>
	/** Killed at the first line, gone on with, killed at the second, and so on to the end. */
	| Readonly<{ kind: 'at-every-line' }>;
type Row = KillScenario & Readonly<{ pick: (ground: KillGround) => readonly Case[] }>;

/** A part of all cases, chosen so that each kind of point and each way out is among them; MATRIX=full tries the rest as well. */
const rows: readonly Row[] = [
	{
		name: 's3',
		scenario: 's3',
		store: 's3',
		pick: ({ points, undoPoints }) => [
			...ways(every(4, changesAmong(points)), ['resume']),
			...ways(every(4, changesAmong(points), 2), ['undo']),
			...ways(every(9, changesAmong(points), 1), ['again']),
			...ways(every(6, writesAmong(undoPoints)), ['undo-again']),
		],
	},
	{
		name: 'both ways with a service account',
		scenario: 's3',
		store: 's3',
		answers: { pair: { login: 'service-account', back: {} } },
		pick: ({ points }) => [
			...ways(every(8, writesAmong(points)), ['undo']),
			...ways(every(8, writesAmong(points), 4), ['resume']),
		],
	},
	{
		name: 'on premises, no store',
		scenario: 'on-premises',
		store: 'none',
		pick: ({ points }) => [{ kind: 'at-every-line' }, ...ways(every(6, changesAmong(points)), ['resume'])],
	},
	{
		name: 'google',
		scenario: 'google',
		store: 'google',
		pick: ({ points }) => ways(every(9, changesAmong(points), 1), ['resume']),
	},
	{
		name: 'secured',
		scenario: 'secured',
		store: 's3',
		pick: ({ points }) => ways(every(9, changesAmong(points), 2), ['undo']),
	},
];

const tally: Tally = { tried: 0, passed: 0 };
afterAll(() =>
	console.log(
		`kill matrix: ${tally.tried} cases tried, ${tally.passed} passed${isFull ? '' : ' (MATRIX=full tries them all)'}`,
	),
);

describe('a run that is killed', () => {
	test.for(rows)('comes to the same end, or back to the beginning: $name', async row => {
		const first = await openKillGround(row);
		const failures = await tryAll(
			{ workers: 3, tally, first, open: () => openKillGround(row), name: nameOfCase },
			isFull ? allOf(first) : row.pick(first),
			(ground, one) => (one.kind === 'once' ? wayOuts[one.wayOut](ground, one.point) : atEveryLine(ground)),
		);
		expect(failures).toEqual([]);
	});
});

const nameOfCase = (one: Case): string =>
	one.kind === 'once' ? `killed at ${nameOf(one.point)}, then ${one.wayOut}` : 'killed at every line';

const allOf = ({ points, undoPoints }: KillGround): readonly Case[] => [
	{ kind: 'at-every-line' },
	...ways(points, ['resume', 'undo', 'again']),
	...ways(undoPoints, ['undo-again']),
];

const ways = (points: readonly KillPoint[], wayOuts: readonly WayOut[]): readonly Case[] =>
	points.flatMap(point => wayOuts.map(wayOut => ({ kind: 'once', point, wayOut }) as const));

/** Where nothing is being changed, what there is to undo is the same as at the last change. */
const changesAmong = (points: readonly KillPoint[]): readonly KillPoint[] => points.filter(isAboutChange);
const writesAmong = (points: readonly KillPoint[]): readonly KillPoint[] =>
	points.filter(({ kind }) => kind !== 'line');
const every = <T>(nth: number, all: readonly T[], which = 0): readonly T[] =>
	all.filter((_, index) => index % nth === which);

const run = ['run', 'answers.yaml', '--json'];
const resume = (id: string) => ['run', '--resume', id, '--json'];

const wayOuts: Readonly<
	Record<WayOut, (ground: KillGround, point: KillPoint) => Promise<readonly string[]>>
> = {
	async resume(ground, point) {
		const id = await killed(ground, point, run);
		// Killed before there was a record, it has to begin again.
		const resumed = await ground.run(id ? resume(id) : run);
		return [
			...(resumed.code === 0 ? [] : [`the second attempt ended with ${resumed.code}: ${said(resumed)}`]),
			...(await ground.differences(ground.end)),
			...(await takenBack(ground, id ?? (await latest(ground)), 'call')),
		];
	},
	async undo(ground, point) {
		const id = await killed(ground, point, run);
		return id ? takenBack(ground, id) : ground.differences(ground.beginning);
	},
	async again(ground, point) {
		const first = await killed(ground, point, run);
		const second = await ground.run(run);
		const atTheEnd = await ground.differences(ground.end);
		// Each made a part, and undoes its own: the later one first, whose pair lives in the namespace of the other.
		for (const id of new Set([await latest(ground), ...(first ? [first] : [])])) {
			await ground.call(['undo', id, '--yes', '--json']);
		}
		return [
			...(second.code === 0 ? [] : [`the second run ended with ${second.code}: ${said(second)}`]),
			...atTheEnd,
			...(await ground.differences(ground.beginning)),
		];
	},
	async 'undo-again'(ground, point) {
		await ground.call(run);
		const id = await latest(ground);
		await killed(ground, point, ['undo', id, '--yes', '--json']);
		return takenBack(ground, id);
	},
};

async function atEveryLine(ground: KillGround): Promise<readonly string[]> {
	let id: string | undefined;
	for (let number = 1; ; number += 1) {
		const point: KillPoint = { kind: 'line', number, about: 'one after the other' };
		const attempt = await ground.killedAt(point, id ? resume(id) : run);
		id ??= attempt.record;
		if (!attempt.reached) {
			return [
				...(attempt.ended.code === 0 ? [] : [`the last attempt ended with ${said(attempt.ended)}`]),
				...(await ground.differences(ground.end)),
				...(await takenBack(ground, id ?? '', 'call')),
			];
		}
		tally.tried += 1;
		tally.passed += 1;
	}
}

async function killed(ground: KillGround, point: KillPoint, args: readonly string[]) {
	const { reached, ended, record } = await ground.killedAt(point, args);
	if (!reached) {
		throw new Error(`it never came to that: ${said(ended)}`);
	}
	return record;
}

/** `run`: undone by a process, as the way out itself. */
async function takenBack(
	ground: KillGround,
	id: string,
	by: 'run' | 'call' = 'run',
): Promise<readonly string[]> {
	const undone = await ground[by](['undo', id, '--yes', '--json']);
	// Killed so early that there is nothing to undo, or so late that nothing is left.
	const nothingStood = JSON.stringify(undone.lines.at(-1)).includes('"nothing-to-undo"');
	const standing = await ground.home.standing(id);
	return [
		...(undone.code === 0 || nothingStood ? [] : [`undo ended with ${undone.code}: ${said(undone)}`]),
		...(nothingStood || standing === 'taken-back' ? [] : [`the record says ${standing}`]),
		...(await ground.differences(ground.beginning)),
	];
}

const latest = async ({ home }: KillGround): Promise<string> => (await home.records()).at(-1) ?? '';

const said = ({ lines, err }: Awaited<ReturnType<KillGround['run']>>): string =>
	`${JSON.stringify(lines.at(-1))} ${err}`;
