import { expect, test } from 'vitest';
import { remember } from '../../../source/pairing/words/remember.ts';

test('asks once, however many ask at the same time', async () => {
	let asked = 0;
	const answer = remember(async () => ++asked);
	expect(await Promise.all([answer(), answer(), answer()])).toEqual([1, 1, 1]);
	expect(await answer()).toBe(1);
});

test('a failure reaches everyone who waits, and the next one asks again', async () => {
	let asked = 0;
	const answer = remember(async () => {
		asked += 1;
		if (asked === 1) {
			throw new Error('not yet');
		}
		return asked;
	});
	const together = await Promise.allSettled([answer(), answer()]);
	expect(together.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	expect([await answer(), await answer(), asked]).toEqual([2, 2, 2]);
});
