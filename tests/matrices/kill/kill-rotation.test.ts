import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { answersFor } from '../../helpers/program/ground.ts';
import { isFull, type Tally, tryAll } from '../pool.ts';
import type { Ended } from '../program.ts';
import { stateOf } from '../state.ts';
import { type KillRange, type KillScenario, openKillRange, refuseUnlessDone } from './kill-ground.ts';
import { isAboutChange, type KillPoint, nameOf, pointsOf } from './kill-points.ts';

// Bounded by the number of cases; a machine may be busy with others.
vi.setConfig({ testTimeout: isFull ? 7_200_000 : 1_200_000 });

/** A pair, and what its undisturbed rotation comes to. */
type Rotating = KillRange &
	Readonly<{
		beginning: readonly string[];
		end: readonly string[];
		points: readonly KillPoint[];
	}>;

type Row = KillScenario & Readonly<{ what: string; every: number }>;
type Case = Readonly<{ point: KillPoint; wayOut: 'resume' | 'undo' }>;

const login = { login: 'service-account' };
const rows: readonly Row[] = [
	{ name: 'the key', what: 'key', scenario: 's3', store: 's3', every: 2 },
	{ name: 'the login', what: 'login', scenario: 's3', store: 's3', answers: { pair: login }, every: 2 },
	{ name: 'the cluster token', what: 'token', scenario: 's3', store: 's3', every: 1 },
	{
		name: 'all of it, both ways, secured',
		what: 'key,login,token',
		scenario: 'secured',
		store: 's3',
		answers: { pair: { ...login, back: {} } },
		every: 8,
	},
];

const tally: Tally = { tried: 0, passed: 0 };
afterAll(() =>
	console.log(
		`kill matrix of rotations: ${tally.tried} cases tried, ${tally.passed} passed${isFull ? '' : ' (MATRIX=full tries them all)'}`,
	),
);

describe('a rotation that is killed', () => {
	test.for(rows)('comes to the same end, or goes with its pair: $name', async row => {
		const first = await open(row);
		const failures = await tryAll(
			{
				workers: 2,
				tally,
				first,
				open: () => open(row),
				name: ({ point, wayOut }) => `${nameOf(point)}, then ${wayOut}`,
			},
			casesOf(first.points, isFull ? 1 : row.every),
			(ground, one) => attempt(ground, one, row),
		);
		expect(failures).toEqual([]);
	});
});

const casesOf = (points: readonly KillPoint[], every: number): readonly Case[] =>
	points
		.filter(isAboutChange)
		.filter((_, index) => index % every === 0)
		.flatMap((point, index) =>
			isFull
				? (['resume', 'undo'] as const).map(wayOut => ({ point, wayOut }))
				: [{ point, wayOut: index % 3 === 2 ? ('undo' as const) : ('resume' as const) }],
		);

const rotationOf = ({ what }: Row): readonly string[] => [
	...['rotate', '--answers', 'new-key.yaml', '--what', what],
	...['--yes', '--json'],
];

const pairing = ['run', 'answers.yaml', '--json'];
const undoing = ['undo', '--yes', '--json'];

async function open(row: Row): Promise<Rotating> {
	const range = await openKillRange(row);
	const { practice, home, run, requests } = range;
	const { objectStore, ...rest } = { ...answersFor(row.store), ...row.answers };
	const fresh = { ...objectStore, accessKeyId: { env: 'NEW_ID' }, secretAccessKey: { env: 'NEW_SECRET' } };
	await writeFile(join(home.folder, 'new-key.yaml'), stringify({ ...rest, objectStore: fresh }));
	const beginning = stateOf(practice);
	const paired = await run(pairing);
	const before = requests();
	const rotated = await run(rotationOf(row));
	const end = stateOf(practice);
	const points = [
		...pointsOf(practice, before, rotated, 'create'),
		...(row.what.includes('key') ? pointsOf(practice, requests(), rotated, 'delete') : []).filter(
			({ kind }) => kind === 'pxctl',
		),
	].filter(point => row.what.includes('key') || point.kind !== 'pxctl');
	const undone = await run(undoing);
	refuseUnlessDone(paired, rotated, undone);
	return { ...range, beginning, end, points };
}

async function attempt(ground: Rotating, { point, wayOut }: Case, row: Row): Promise<readonly string[]> {
	const rotation = rotationOf(row);
	const paired = await ground.call(pairing);
	const { reached, ended, record } = await ground.killedAt(point, rotation);
	if (!reached) {
		return [`it never came to that: ${said(ended)}`];
	}
	// Whichever of the two tokens the pair has, it works: a run finds all as planned.
	const meanwhile = row.what === 'login' ? await ground.run(pairing) : undefined;
	const resumed =
		wayOut === 'resume'
			? // Killed before there was a record, it has to begin again.
				await ground.run(record ? ['run', '--resume', record, '--json'] : rotation)
			: undefined;
	const atTheEnd = resumed ? await ground.differences(ground.end) : [];
	const undone = await ground[resumed ? 'call' : 'run'](undoing);
	return [
		...(paired.code === 0 ? [] : [`pairing ended with ${paired.code}: ${said(paired)}`]),
		...(!meanwhile || meanwhile.code === 0
			? []
			: [`a run meanwhile ended with ${meanwhile.code}: ${said(meanwhile)}`]),
		...(!resumed || resumed.code === 0 ? [] : [`resumed, it ended with ${resumed.code}: ${said(resumed)}`]),
		...atTheEnd,
		...(undone.code === 0 ? [] : [`undo ended with ${undone.code}: ${said(undone)}`]),
		...(await ground.differences(ground.beginning)),
	];
}

const said = ({ lines, err }: Ended): string => `${JSON.stringify(lines.at(-1))} ${err}`;
