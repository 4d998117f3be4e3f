import { afterAll, describe, expect, test, vi } from 'vitest';
import { type KillGround, type KillScenario, openKillGround } from './kill-ground.ts';
import { isAboutChange, type KillPoint, nameOf } from './kill-points.ts';
import { isFull, type Tally, tryAll } from './pool.ts';

// Bounded by the number of cases; a machine may be busy with others.
vi.setConfig({ testTimeout: isFull ? 7_200_000 : 1_200_000 });

/** How it goes on after the kill. `again` is a run that knows nothing of the first. */
type WayOut = 'resume' | 'undo' | 'again' | 'undo-again';
type Case = Readonly<{ point: KillPoint; wayOut: WayOut }>;
type Row = KillScenario & Readonly<{ pick: (cases: readonly Case[]) => readonly Case[] }>;

/** Every third, and another third for the next scenario. */
const third =
	(which: number) =>
	(cases: readonly Case[]): readonly Case[] =>
		cases.filter((_, index) => index % 3 === which);

const rows: readonly Row[] = [
	{ name: 's3', scenario: 's3', store: 's3', pick: cases => cases },
	{
		name: 'both ways with a service account',
		scenario: 's3',
		store: 's3',
		answers: { pair: { login: 'service-account', back: {} } },
		pick: cases => cases.filter(({ point }) => point.kind !== 'line'),
	},
	{ name: 'on premises, no store', scenario: 'on-premises', store: 'none', pick: third(0) },
	{ name: 'google', scenario: 'google', store: 'google', pick: third(1) },
	{ name: 'secured', scenario: 'secured', store: 's3', pick: third(2) },
];

const tally: Tally = { tried: 0, passed: 0 };
afterAll(() => console.log(`kill matrix: ${tally.tried} cases tried, ${tally.passed} passed`));

describe('a run that is killed', () => {
	test.for(rows)('at any moment, $name', async row => {
		const first = await openKillGround(row);
		const cases = isFull ? casesOf(first) : row.pick(casesOf(first));
		const failures = await tryAll(
			{ workers: 3, tally, first, open: () => openKillGround(row) },
			cases,
			async (own, { point, wayOut }) =>
				(await wayOuts[wayOut](own, point)).map(found => `${nameOf(point)}, then ${wayOut}: ${found}`),
		);
		expect(failures).toEqual([]);
	});
});

/** Where nothing is being changed, what to take back is the same as at the last change. */
function casesOf({ points, undoPoints }: KillGround): readonly Case[] {
	const changes = points.filter(isAboutChange);
	return [
		...points.map((point): Case => ({ point, wayOut: 'resume' })),
		...(isFull ? points : changes).map((point): Case => ({ point, wayOut: 'undo' })),
		...(isFull ? points : changes.filter((_, index) => index % 4 === 0)).map(
			(point): Case => ({ point, wayOut: 'again' }),
		),
		...(isFull ? undoPoints : undoPoints.filter(({ kind }) => kind !== 'line')).map(
			(point): Case => ({ point, wayOut: 'undo-again' }),
		),
	];
}

const run = ['run', 'answers.yaml', '--json'];

const wayOuts: Readonly<
	Record<WayOut, (ground: KillGround, point: KillPoint) => Promise<readonly string[]>>
> = {
	async resume(ground, point) {
		const id = await ground.killedAt(point, run);
		const resumed = await ground.run(id ? ['run', '--resume', id, '--json'] : run);
		const [last = ''] = (await ground.home.records()).slice(-1);
		return [
			...(resumed.code === 0 ? [] : [`run --resume ended with ${resumed.code}: ${said(resumed)}`]),
			...(await ground.differences(ground.end)),
			...(await takenBack(ground, last)),
		];
	},
	async undo(ground, point) {
		const id = await ground.killedAt(point, run);
		return id ? takenBack(ground, id) : ground.differences(ground.beginning);
	},
	async again(ground, point) {
		const first = await ground.killedAt(point, run);
		const again = await ground.run(run);
		const [last = ''] = (await ground.home.records()).slice(-1);
		const reached = await ground.differences(ground.end);
		// Each takes back what it made itself, the later one first.
		for (const id of [last, first ?? last]) {
			await ground.run(['undo', id, '--yes', '--json']);
		}
		return [
			...(again.code === 0 ? [] : [`the second run ended with ${again.code}: ${said(again)}`]),
			...reached,
			...(await ground.differences(ground.beginning)),
		];
	},
	async 'undo-again'(ground, point) {
		await ground.run(run);
		const [id = ''] = (await ground.home.records()).slice(-1);
		await ground.killedAt(point, ['undo', id, '--yes', '--json']);
		return takenBack(ground, id);
	},
};

async function takenBack(ground: KillGround, id: string): Promise<readonly string[]> {
	const undone = await ground.run(['undo', id, '--yes', '--json']);
	// It was not killed too late for anything to stand.
	const nothingStood = JSON.stringify(undone.lines.at(-1)).includes('"nothing-to-undo"');
	const standing = await ground.home.standing(id);
	return [
		...(undone.code === 0 || nothingStood ? [] : [`undo ended with ${undone.code}: ${said(undone)}`]),
		...(nothingStood || standing === 'taken-back' ? [] : [`the record says ${standing}`]),
		...(await ground.differences(ground.beginning)),
	];
}

const said = ({ lines, err }: Awaited<ReturnType<KillGround['run']>>): string =>
	`${JSON.stringify(lines.at(-1))} ${err}`;
