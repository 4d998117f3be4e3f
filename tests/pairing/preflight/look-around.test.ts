import { expect, test } from 'vitest';
import { lookAround } from '../../../source/pairing/preflight/look-around.ts';
import { fakeClock } from '../../helpers/fake-clock.ts';
import { worldWith } from '../hand-made-world.ts';

test('a person who logs in to one cluster uses up no time of a look, and holds up no look at the other', async () => {
	const clock = fakeClock();
	const login = Promise.withResolvers<void>();
	const world = worldWith();
	const told: string[] = [];
	const never = () => new Promise<never>(() => {});
	const looking = lookAround(
		[
			{ topic: 'cluster', on: 'source', look: never },
			{ topic: 'stork', on: 'destination', look: never },
		],
		{
			clock,
			signal: new AbortController().signal,
			ignore: [],
			world: { ...world, source: { ...world.source, logIn: () => login.promise } },
			tell: findings => {
				told.push(...findings.map(finding => (finding.level === 'fact' ? '' : finding.problem.title)));
				login.resolve();
			},
		},
	);
	expect(await clock.until(looking)).toHaveLength(2);
	expect(told).toEqual(['The destination cluster timed out', 'The source cluster timed out']);
	expect(clock.now()).toBeGreaterThanOrEqual(50_000);
});
