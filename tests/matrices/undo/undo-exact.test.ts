import { afterAll, describe, expect, test, vi } from 'vitest';
import { type ScenarioName, scenarios } from '../../../source/practice/scenarios.ts';
import { isFull, type Tally } from '../pool.ts';
import { openExactGround } from './exact-ground.ts';

vi.setConfig({ testTimeout: 300_000, maxConcurrency: 6 });

const names = Object.keys(scenarios) as readonly ScenarioName[];

/** Answers that make a run create all that it can, besides those that a scenario has. */
const ways = {
	'as it is': {},
	'both ways with a service account': { login: 'service-account', back: {} },
} as const;

const cases = names.flatMap(name =>
	(Object.keys(ways) as (keyof typeof ways)[])
		.filter((_, index) => isFull || index === names.indexOf(name) % 2)
		.map(way => [name, way] as const),
);

const tally: Tally & { changed: number } = { tried: 0, passed: 0, changed: 0 };
afterAll(() =>
	console.log(
		`undo is exact: ${tally.tried} cases tried, ${tally.passed} passed, in ${tally.changed} there was something to undo${isFull ? '' : ' (MATRIX=full tries them all)'}`,
	),
);

describe.concurrent('after a run and its undo both clusters hold what they held before:', () => {
	test.for(cases)('%s, %s', async ([name, way]) => {
		tally.tried += 1;
		await using ground = await openExactGround({ scenario: name }, ways[way]);
		const before = await ground.objects();
		const refused = await ground.run();
		// What a check refuses is tried again with its errors as warnings: then there is more to undo.
		const ended =
			refused.code === 1 && errorsIn(refused.out).length > 0
				? await ground.run(`--ignore=${errorsIn(refused.out).join()}`)
				: refused;
		const between = await ground.objects();
		const undone = await ground.call(['undo', '--yes', '--json']);
		if (between.join() === before.join()) {
			expect(undone.out).toContain('"nothing-to-undo"');
		} else {
			tally.changed += 1;
			expect({ code: undone.code, said: undone.code === 0 ? '' : undone.out + ended.out }).toEqual({
				code: 0,
				said: '',
			});
		}
		expect(await ground.objects()).toEqual(before);
		tally.passed += 1;
	});
});

/** Ids of all that the check found against it. */
function errorsIn(out: string): readonly string[] {
	const end = JSON.parse(out.trim().split('\n').at(-1) ?? '') as { result?: { problem?: Found } };
	const problem = end.result?.problem;
	return [...new Set([problem, ...(problem?.others ?? [])].flatMap(found => found?.id ?? []))];
}

type Found = Readonly<{ id: string; others?: readonly Found[] }>;
