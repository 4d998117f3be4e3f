import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createSlots } from '../../../source/practice/api/slots.ts';

/** Five who come at once, through two slots. Each ends when it is told to. */
function five() {
	const slots = createSlots(2);
	const inside: number[] = [];
	const all = [0, 1, 2, 3, 4].map(number => {
		const ended = Promise.withResolvers<string>();
		const patience = new AbortController();
		const work = () => {
			inside.push(number);
			return ended.promise.finally(() => inside.splice(inside.indexOf(number), 1));
		};
		return { ...ended, patience, done: slots.within(work, patience.signal) };
	});
	/** Who is inside, once all that can go on has gone on. */
	const now = async () => {
		await nextTurn();
		return inside.join(' ');
	};
	return { now, all };
}

test('two are inside at once, in the order in which they came, and all come through', async () => {
	const { now, all } = five();
	const seen: string[] = [];
	for (const { resolve } of all) {
		seen.push(await now());
		resolve('done');
	}
	expect(seen).toEqual(['0 1', '1 2', '2 3', '3 4', '4']);
	expect(await Promise.all(all.map(({ done }) => done))).toEqual(Array(5).fill('done'));
	expect(await now()).toBe('');
});

test('work that fails gives its slot to the next', async () => {
	const { now, all } = five();
	all[1]?.reject(new Error('broken'));
	await expect(all[1]?.done).rejects.toThrow('broken');
	expect(await now()).toBe('0 2');
});

test('anyone who stops waiting is passed over', async () => {
	const { now, all } = five();
	all[2]?.patience.abort(new Error('gone'));
	await expect(all[2]?.done).rejects.toThrow('gone');
	all[0]?.resolve('done');
	expect(await now()).toBe('1 3');
});

test('anyone who has left before does not come in', async () => {
	const slots = createSlots(2);
	const work = () => Promise.reject(new Error('came in'));
	await expect(slots.within(work, AbortSignal.abort(new Error('left before')))).rejects.toThrow(
		'left before',
	);
});
